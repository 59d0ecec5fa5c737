"""The list behind letters: who has not, in the tree of the office that writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from localgov.lib.unit_types import UnitType
from localgov.monitoring.selectors.lagging import Cause, LaggingUnit, lagging_units
from localgov.organisations import areas
from localgov.reports.addressing import LetterToBe, letters_for
from localgov.reports.kinds import LetterKind
from localgov.reports.selectors.offices import WritingOffice
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter


@dataclass(frozen=True)
class Question:
    """What is asked of the list: for which cause, of which round (None for causes without one), narrowed to what."""

    cause: Cause
    round: Round | None
    fiscal_year: int
    province_code: str = ""
    district_code: str = ""
    unit_type: str = ""

    @property
    def filter(self) -> dict[str, str]:
        """What the list is narrowed by, as a run keeps it."""
        names = ("province_code", "district_code", "unit_type")
        return {name: value for name in names if (value := getattr(self, name))}

    @property
    def filter_words(self) -> str:
        """The same for people; empty when nothing is left out."""
        words = []
        if self.province_code:
            words.append(f"จังหวัด{areas.province_name(self.province_code)}")
        if self.district_code:
            words.append(f"อำเภอ{areas.district_name(self.district_code)}")
        if self.unit_type:
            words.append(UnitType(self.unit_type).label)
        return " ".join(words)


def chased(*, question: Question, office: WritingOffice, at: datetime, as_of: datetime | None) -> list[LaggingUnit]:
    """The units under the office that lag, at a past moment or now. Raises `CauseUnfit`."""
    wanted = RosterFilter(
        prefixes=(office.version.path,),
        province_code=question.province_code,
        district_code=question.district_code,
        unit_type=question.unit_type,
        as_of=as_of,
    )
    return lagging_units(cause=question.cause, wanted=wanted, at=at, round=question.round)


def letters_to_be(*, kind: LetterKind, units: list[LaggingUnit], office: WritingOffice) -> list[LetterToBe]:
    """The letters that a list would become."""
    return letters_for(kind=kind, units=units, district_title=office.head["district_title"])
