"""Answers of the eight domains without an error, plausible for a unit's type and size, the same for the same seed.

Numbers hang together as the form's rules demand (sums, registers against counts, shares of the population). What a unit
truly may lack is ไม่มี or 0. The checks are the judge: a test holds the answers of every type against them.
"""

from __future__ import annotations

from random import Random

from localgov.web.demo.last_domains import AllDomains
from localgov.web.demo.maker import Answers
from localgov.web.demo.places import DemoUnit


def make_answers(unit: DemoUnit, *, fiscal_year: int, seed: int) -> Answers:
    """The answers of a unit for a fiscal year (พ.ศ.): question code to JSON, registers as lists of objects."""
    rng = Random(f"{seed}:{unit.code}")  # noqa: S311 - made-up data, the same every time
    maker = AllDomains(unit, fiscal_year, rng)
    maker.profile()
    for part in (
        maker.health,
        maker.education,
        maker.disaster,
        maker.infrastructure,
        maker.water,
        maker.governance,
        maker.society,
        maker.economy,
    ):
        part()
    return maker.answers
