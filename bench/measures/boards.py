"""What the Department asks of the whole country: totals, the past, scores."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bench import country, limits, world
from bench.goals import Result
from bench.stage import Stage
from config.embedded_postgres import APP_ROLE
from localgov.accounts.models import User
from localgov.accounts.selectors import actor_for
from localgov.figures.models import Stage as Reading
from localgov.figures.selectors import country_total
from localgov.filings import services
from localgov.filings.selectors.standings import standings
from localgov.filings.services.changes import SetAnswer
from localgov.forms import selectors as forms
from localgov.forms.engine.model import QuestionType
from localgov.scoring import selectors as scoring

_QUESTIONS = 12


def measure(stage: Stage, *, as_of: datetime) -> list[Result]:
    """national_total_ms, status_as_of_ms, score_country_ms."""
    return [national_total(stage), status_as_of(stage, as_of), score_country(stage)]


def score_country(stage: Stage) -> Result:
    """Indicator 7 of every unit, now."""

    def work() -> None:
        list(scoring.score_lines(fiscal_year=country.YEAR, prefixes=["th."]))

    return _against_sql(stage, "score_country_ms", work)


def status_as_of(stage: Stage, as_of: datetime) -> Result:
    """Where every sheet stood at a past moment."""
    round_id = world.roster(country.YEAR, limit=1)[0].round_id

    def work() -> None:
        standings(round_id=round_id, as_of=as_of)

    return _against_sql(stage, "status_as_of_ms", work)


def national_total(stage: Stage) -> Result:
    """The total of a question over the country, each time right after a unit wrote it; the slowest question counts."""
    entry = next(entry for entry in world.roster(country.YEAR) if country.state_of(entry.pk) == "RECORDING")
    actor = actor_for(user=User.objects.get(username=world.recorder_of(entry)), on=timezone.localdate())
    form = forms.compiled(entry.round.form_version_id)
    numbers = [
        question
        for question in form.questions.values()
        if question.register is None
        and question.type in (QuestionType.INTEGER, QuestionType.DECIMAL)
        and world.is_asked(form, question.code, entry.unit_type)
    ][:: max(1, len(form.questions) // _QUESTIONS)]
    times: dict[str, list[float]] = {}
    for turn in range(6):
        for question in numbers:
            before = total_of(question.code)
            services.answers_save(
                actor=actor, at=timezone.now(), entry=entry, section=question.sheet, batch=uuid.uuid4(),
                changes=[SetAnswer(question.code, 1000 + turn, _sequence(entry, question))],
            )  # fmt: skip
            started = time.perf_counter()
            after = total_of(question.code)
            times.setdefault(question.code, []).append((time.perf_counter() - started) * 1000)
            if turn and after != before + 1:
                raise RuntimeError(f"the total of {question.code} was not fresh: {before} became {after}")
    slowest = max(times, key=lambda code: sorted(times[code])[3])
    with limits.statements() as asked:
        total_of(slowest)
    limit = _replay(stage, asked)
    return Result("national_total_ms", sorted(times[slowest])[3], limit, f"ข้อที่ช้าที่สุดจาก {len(times)} ข้อ: {slowest}")


def total_of(question: str) -> Decimal:
    """The total of a question over the country, as recorded."""
    total = country_total(fiscal_year=country.YEAR, question=question, stage=Reading.RECORDED)
    return total.number or Decimal(0)


def _sequence(entry: Any, question: Any) -> int:
    from localgov.filings.models import Sheet

    sheet = Sheet.objects.get(filing__roster_entry=entry, section=question.sheet, is_newest=True)
    return int(sheet.answers.get(question.code, {}).get("seq", 0))


def _against_sql(stage: Stage, name: str, work: Callable[[], None]) -> Result:
    """A selector's time beside that of its SQL alone."""
    value = limits.median_ms(work)
    with limits.statements() as asked:
        work()
    return Result(name, value, _replay(stage, asked))


def _replay(stage: Stage, statements: list[str]) -> float:
    with stage.connect("bench", role=APP_ROLE) as plain:

        def ask() -> None:
            for statement in statements:
                plain.execute(statement).fetchall()

        return limits.median_ms(ask)
