"""Ten years of figures against one: the same questions asked of 2.2 million rows and of 22 million."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, LiteralString

from bench import country, limits
from bench.goals import Result
from bench.stage import Connection, Stage
from config.embedded_postgres import APP_ROLE

DATABASE = "bench_growth"
YEARS = 10
_QUESTIONS_ASKED = 15

_SOURCES = ("localgov/figures/**/*.py", "bench/measures/growth.py", "config/embedded_postgres.py")

_QUERIES: dict[str, LiteralString] = {
    "จังหวัด": "SELECT sum(f.number) FROM figures_figure f WHERE f.fiscal_year_be = %(year)s AND f.question = %(question)s"
    " AND f.stage = 'RECORDED' AND f.organisation_id IN"
    " (SELECT organisation_id FROM organisations_organisationversion WHERE province_code = '30' AND unit_type <> '')",
    "ประเทศ": "SELECT sum(number), count(*) FROM figures_figure WHERE fiscal_year_be = %(year)s"
    " AND question = %(question)s AND stage = 'RECORDED'",
    "แห่งเดียว": "SELECT fiscal_year_be, number FROM figures_figure WHERE organisation_id = %(unit)s"
    " AND question = %(question)s AND stage = 'RECORDED' ORDER BY fiscal_year_be",
}


def measure(stage: Stage, *, anew: bool) -> list[Result]:
    """growth_ratio. What was found is kept with the database until the room of figures changes."""
    facts = (None if anew else kept(stage)) or _make(stage)
    ratios = {name: facts["ten"][name] / facts["one"][name] for name in _QUERIES}
    ratio = sorted(ratios.values())[len(ratios) // 2]
    times = " ".join(f"{name} {facts['one'][name]:.2f} → {facts['ten'][name]:.2f} ms" for name in _QUERIES)
    return [Result("growth_ratio", ratio, 1.0, f"{facts['rows']:,} แถว · {times}")]


def kept(stage: Stage) -> dict[str, Any] | None:
    """What an earlier run found; None where the room of figures has changed since, or nothing was ever measured."""
    return stage.remembered(DATABASE, sources=_SOURCES)


def _make(stage: Stage) -> dict[str, Any]:
    """One year of figures from the country, asked; then nine more by COPY, asked again."""
    stage.create(DATABASE, template="bench_seed")
    columns = "fiscal_year_be, organisation_id, question, stage, number, choice, missing, recorded_at"
    with stage.connect("bench_country") as source, stage.connect(DATABASE) as target:
        _copy_year(source, target, columns, 0)
        target.execute("VACUUM ANALYZE figures_figure")
        one = _ask(stage)
        for back in range(1, YEARS):
            _copy_year(source, target, columns, back)
        target.execute("VACUUM ANALYZE figures_figure")
        rows = _count(target)
    facts: dict[str, Any] = {"one": one, "ten": _ask(stage), "rows": rows}
    stage.remember(DATABASE, sources=_SOURCES, **facts)
    return facts


def _copy_year(source: Connection, target: Connection, columns: str, back: int) -> None:
    """One year's figures, so many years before the country's, in the order in which units saved them."""
    year, rest = columns.split(", ", 1)
    which = f"{year} = {country.YEAR} AND stage = 'RECORDED'"
    out = f"COPY (SELECT {year} - {back}, {rest} FROM figures_figure WHERE {which}) TO STDOUT"  # noqa: S608
    with (
        source.cursor().copy(out) as given,
        target.cursor().copy(f"COPY figures_figure ({columns}) FROM STDIN") as taken,
    ):
        for part in given:
            taken.write(part)


def _ask(stage: Stage) -> dict[str, float]:
    """The middle time of each kind of query over some questions of the newest year."""
    with stage.connect(DATABASE, role=APP_ROLE) as plain:
        questions = plain.execute(
            "SELECT question FROM figures_figure WHERE fiscal_year_be = %s AND number IS NOT NULL"
            " GROUP BY question ORDER BY count(*) DESC, question LIMIT %s",
            [country.YEAR, _QUESTIONS_ASKED],
        ).fetchall()
        unit = plain.execute("SELECT min(organisation_id) FROM figures_figure").fetchone()
        times = {}
        for name, query in _QUERIES.items():
            asked = []
            for (question,) in questions:
                values = {"year": country.YEAR, "question": question, "unit": unit[0] if unit else 0}
                asked.append(limits.median_ms(_asking(plain, query, values), times=9))
            times[name] = sorted(asked)[len(asked) // 2]
        return times


def _asking(plain: Connection, query: LiteralString, values: dict[str, Any]) -> Callable[[], None]:
    def ask() -> None:
        plain.execute(query, values).fetchall()

    return ask


def _count(target: Connection) -> int:
    row = target.execute("SELECT count(*) FROM figures_figure").fetchone()
    return int(row[0]) if row else 0
