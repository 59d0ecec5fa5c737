"""Letters that were made: an office's own and those of the offices below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, QuerySet

from localgov.access.actor import Actor
from localgov.reports.models import Letter, LetterPdf, LetterRun, LetterTemplate


def runs(*, actor: Actor, search: Mapping[str, Any]) -> QuerySet[LetterRun]:
    """Runs that the actor may see, newest first. `search`: words (of subject, number or office), kind, cause, fiscal_year."""
    found = LetterRun.objects.visible_to(actor).select_related("round")
    if words := (search.get("words") or "").strip():
        found = (
            found.filter(subject__icontains=words)
            | found.filter(office_name__icontains=words)
            | found.filter(number_prefix__icontains=words)
        )
    for name, column in (("kind", "kind"), ("cause", "cause"), ("fiscal_year", "fiscal_year_be")):
        if value := search.get(name):
            found = found.filter(**{column: value})
    return found.order_by("-pk")


def run_of(*, actor: Actor, pk: int) -> LetterRun | None:
    """One run with its job; None where it is not one that the actor may see."""
    found = LetterRun.objects.visible_to(actor).select_related("round", "job", "office").filter(pk=pk)
    return found.annotate(printed=Count("letters__pdf")).order_by("pk").first()


def letters_of(run: LetterRun) -> QuerySet[Letter]:
    """The letters of a run in their order, without the bytes of their PDFs."""
    return run.letters.select_related("pdf").defer("pdf__content").order_by("place")


def letter_of(*, run: LetterRun, place: int) -> Letter | None:
    """One letter of a run."""
    return letters_of(run).filter(place=place).first()


def pdf_of(letter: Letter) -> LetterPdf | None:
    """The kept PDF, None while it is not printed."""
    return LetterPdf.objects.filter(letter=letter).order_by("pk").first()


def pdfs_of(run: LetterRun) -> Iterator[tuple[Letter, bytes]]:
    """Each letter that is printed with its bytes, one at a time: the memory holds one."""
    for letter in list(letters_of(run).filter(pdf__isnull=False)):
        yield letter, bytes(LetterPdf.objects.values_list("content", flat=True).get(letter=letter.pk))


def templates_of(*, office_id: int) -> QuerySet[LetterTemplate]:
    """Every version of an office's words, newest first."""
    return LetterTemplate.objects.filter(office=office_id).order_by("-pk")
