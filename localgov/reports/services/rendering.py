"""Printing the letters of a run: each is made and kept once, in a transaction of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from localgov.organisations.services.reset import installation_is_demo
from localgov.reports import paper
from localgov.reports.composing import compose
from localgov.reports.models import Letter, LetterPdf, LetterRun


def run_render(*, key: UUID, at: datetime, progress: Callable[[int], None] = lambda done: None) -> LetterRun:
    """Print what is not printed yet of a run, telling after each letter how many are done.

    Broken off anywhere, it goes on where it was: a letter that has its PDF is left alone.
    """
    run = LetterRun.objects.select_related("round").get(key=key)
    is_demo = installation_is_demo()
    waiting = list(run.letters.filter(pdf__isnull=True).order_by("place").values_list("pk", flat=True))
    done = run.letter_count - len(waiting)
    for letter_id in waiting:
        letter_render(letter=run.letters.get(pk=letter_id), run=run, is_demo=is_demo, at=at)
        done += 1
        progress(done)
    return run


def letter_render(*, letter: Letter, run: LetterRun, is_demo: bool, at: datetime) -> None:
    """Print one letter; where another worker has, its PDF stays (both are the same bytes: the file is dated by the run)."""
    content = paper.letter_pdf(compose(run, letter, is_demo=is_demo), at=run.at)
    digest = hashlib.sha256(content).hexdigest()
    made = LetterPdf(letter=letter, content=content, sha256=digest, size=len(content), at=at)
    LetterPdf.objects.bulk_create([made], ignore_conflicts=True)
