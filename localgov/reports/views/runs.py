"""Letters that were made: the list, one run with what became of it, one letter with its units, the files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import format_date_short, format_datetime_short
from localgov.lib.unit_types import UnitType
from localgov.monitoring.selectors.lagging import Cause
from localgov.organisations import areas
from localgov.organisations.services.reset import installation_is_demo
from localgov.reports import paper, word, wording
from localgov.reports.composing import compose, number_of
from localgov.reports.forms import RunSearch
from localgov.reports.kinds import LetterKind
from localgov.reports.models import Letter, LetterRun
from localgov.reports.selectors import runs as selectors
from localgov.reports.selectors.answered import LetterAnswer, UnitAnswer, by_province, letters_answered
from localgov.reports.views.composing import GROUP
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page


class RunList(ListPage):
    """Letters made by the actor's office and by the offices below it."""

    permission: ClassVar[Permission | None] = Permission.LETTER_VIEW
    template = "reports/run_list.html"
    title = GROUP
    screen_code = "LTR01"
    file_name = "letters"
    lead = "หนังสือที่สำนักงานทำถึงผู้ที่ยังไม่ดำเนินการ พร้อมรายชื่อ ณ วันนั้น และผลหลังส่ง"
    empty_hint = "ยังไม่เคยทำหนังสือ กด “ทำหนังสือติดตาม” ที่หน้านี้หรือที่หน้าสถานะการบันทึก"
    search_form = RunSearch
    columns: ClassVar[tuple[Column, ...]] = (
        Column("at", "ทำเมื่อ", Kind.DATE, sort=("at",)),
        Column("subject", "เรื่อง", value=lambda row: told_subject(row), heading=True, url=lambda row: run_url(row)),
        Column("office_name", "สำนักงาน", sort=("office_name",)),
        Column("kind", "แบบหนังสือ", value=lambda row: LetterKind(row.kind).form.label, sort=("kind",)),
        Column("cause", "เรื่องที่ติดตาม", value=lambda row: Cause(row.cause).label, sort=("cause",)),
        Column("fiscal_year_be", "ปีงบประมาณ", sort=("fiscal_year_be",)),
        Column("letter_count", "หนังสือ", Kind.NUMBER, sort=("letter_count",), unit="ฉบับ"),
        Column("unit_count", "อปท.", Kind.NUMBER, sort=("unit_count",), unit="แห่ง"),
        Column("finish_by", "ขอให้แล้วเสร็จ", Kind.DATE, sort=("finish_by",)),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[LetterRun]:
        """Newest first."""
        return selectors.runs(actor=self.request.actor, search=search)

    def row_actions(self, row: LetterRun) -> Sequence[RowAction]:
        """Looking."""
        return (RowAction("view", run_url(row)),)

    def add_button(self) -> AddButton | None:
        """For who writes."""
        if not self.request.actor.scopes(Permission.LETTER_WRITE):
            return None
        return AddButton(reverse("reports:run-compose"), "ทำหนังสือติดตาม")

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Whether the office's own head can be set."""
        return {"writes": bool(self.request.actor.scopes(Permission.LETTER_WRITE))}


class _OfRun(Page):
    """A page of one run: not yours = 404."""

    permission: ClassVar[Permission | None] = Permission.LETTER_VIEW

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the run."""
        super().setup(request, *args, **kwargs)
        run = selectors.run_of(actor=self.request.actor, pk=kwargs["pk"])
        if run is None:
            raise Http404
        self.run = run


class _OfLetter(_OfRun):
    """A page of one letter."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the letter."""
        super().setup(request, *args, **kwargs)
        letter = selectors.letter_of(run=self.run, place=kwargs["place"])
        if letter is None:
            raise Http404
        self.letter = letter


class RunDetail(_OfRun, ListPage):
    """One run: how far the printing is, its letters, and who did it within how many days."""

    template = "reports/run_detail.html"
    screen_code = "LTR03"
    file_name = "letters-of-run"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("place", "ฉบับที่", value=lambda row: row.letter.place),
        Column("name", "ผู้รับ", heading=True, url=lambda row: letter_url(row.letter)),
        Column(
            "number",
            "เลขที่หนังสือ",
            value=lambda row: row.letter.number and number_of(row.letter.run, row.letter),
            blank="–",
        ),
        Column("count", "อปท. ในหนังสือ", Kind.NUMBER, unit="แห่ง"),
        Column("answered", "ทำแล้วหลังหนังสือ", Kind.NUMBER, unit="แห่ง"),
        Column("lagging", "ยังค้าง", Kind.NUMBER, unit="แห่ง"),
        Column("median_days", "ทำภายใน (มัธยฐาน)", Kind.NUMBER, unit="วัน", blank="–"),
        Column("last_at", "ล่าสุดเมื่อ", Kind.DATE, blank="–"),
    )

    def page_title(self) -> str:
        """The subject."""
        return told_subject(self.run)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(GROUP, reverse("reports:run-list")),)

    @cached_property
    def answers(self) -> list[LetterAnswer]:
        """Every letter with what became of it."""
        letters = list(selectors.letters_of(self.run))
        for letter in letters:
            letter.run = self.run
        answers = letters_answered(run=self.run, letters=letters, at=timezone.now())
        return by_province(answers[0]) if self.run.kind == LetterKind.PROVINCES else answers

    def rows(self, search: Mapping[str, Any]) -> Sequence[LetterAnswer]:
        """All of them."""
        return self.answers

    def row_actions(self, row: LetterAnswer) -> Sequence[RowAction]:
        """The units; the files once they are printed."""
        actions = [RowAction("view", letter_url(row.letter), "รายชื่อ")]
        if hasattr(row.letter, "pdf"):
            place = [self.run.pk, row.letter.place]
            actions.append(RowAction("view", reverse("reports:letter-pdf", args=place), "PDF"))
            actions.append(RowAction("edit", reverse("reports:letter-word", args=place), "Word"))
        return actions

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object]:
        """The row รวม."""
        return {
            "name": "รวม",
            "count": sum(row.count for row in self.answers),
            "answered": sum(row.answered for row in self.answers),
            "lagging": sum(row.lagging for row in self.answers),
        }

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The run's facts and its files."""
        return {
            "run": self.run,
            "job": self.run.job,
            "facts": run_facts(self.run),
            "is_printed": self.run.printed == self.run.letter_count,  # type: ignore[attr-defined]
            "total": self.totals({}),
        }


class LetterDetail(_OfLetter, ListPage):
    """One letter: the units that it named, as they stood then, and what they did since."""

    template = "reports/letter_detail.html"
    screen_code = "LTR04"
    file_name = "letter-units"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "อปท.", heading=True),
        Column("code", "รหัส"),
        Column("unit_type", "ประเภท", value=lambda row: UnitType(row.unit_type).abbreviation),
        Column("district", "อำเภอ", value=lambda row: areas.district_name(row.district_code)),
        Column("province", "จังหวัด", value=lambda row: areas.province_name(row.province_code)),
        Column("done_then", "สถานะในหนังสือ"),
        Column("now", "ปัจจุบัน", value=lambda row: "ยังค้าง" if row.lags else "ทำแล้ว" if row.at else "ไม่ต้องติดตามแล้ว"),
        Column("at", "ทำเมื่อ", Kind.DATE, blank="–"),
        Column("days", "หลังหนังสือ", Kind.NUMBER, unit="วัน", blank="–"),
    )

    def page_title(self) -> str:
        """To whom."""
        return f"หนังสือถึง{self.letter.addressee}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the run."""
        return (Crumb(GROUP, reverse("reports:run-list")), Crumb(told_subject(self.run), run_url(self.run)))

    @cached_property
    def answer(self) -> LetterAnswer:
        """The letter with what became of it."""
        return letters_answered(run=self.run, letters=[self.letter], at=timezone.now())[0]

    def rows(self, search: Mapping[str, Any]) -> Sequence[UnitAnswer]:
        """Its units in the order of the letter."""
        return self.answer.units

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The letter's facts and files."""
        printed = getattr(self.letter, "pdf", None)
        facts = [
            ("เรียน", self.letter.addressee),
            ("เลขที่หนังสือ", number_of(self.run, self.letter) if self.letter.number else "เขียนด้วยปากกา"),
            (
                "อปท. ในหนังสือ",
                f"{self.answer.count} แห่ง ทำแล้ว {self.answer.answered} แห่ง ยังค้าง {self.answer.lagging} แห่ง",
            ),
            ("ลายนิ้วมือไฟล์ PDF (SHA-256)", printed.sha256 if printed else "กำลังพิมพ์"),
        ]
        return {"run": self.run, "letter": self.letter, "facts": facts, "is_printed": printed is not None}


class LetterPdfFile(_OfLetter):
    """The kept PDF."""

    title = "หนังสือติดตาม (PDF)"

    def get(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        """Its bytes; 404 while it is not printed."""
        kept = selectors.pdf_of(self.letter)
        if kept is None:
            raise Http404("หนังสือฉบับนี้ยังพิมพ์ไม่เสร็จ")
        response = HttpResponse(bytes(kept.content), content_type=paper.CONTENT_TYPE)
        response["Content-Disposition"] = f'inline; filename="{file_name(self.letter, "pdf")}"'
        return response


class LetterWordFile(_OfLetter):
    """The same letter as a Word file."""

    title = "หนังสือติดตาม (Word)"

    def get(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        """Made when it is asked for, from what the letter keeps."""
        content = word.letter_docx(compose(self.run, self.letter, is_demo=installation_is_demo()), at=self.run.at)
        response = HttpResponse(content, content_type=word.CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{file_name(self.letter, "docx")}"'
        return response


class RunZip(_OfRun):
    """All letters of a run in one file, as PDF or (`?format=word`) as Word."""

    title = "หนังสือติดตามทั้งหมด"

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Sent while it is packed; 404 while letters are still being printed."""
        as_word = request.GET.get("format") == "word"
        if not as_word and self.run.printed < self.run.letter_count:  # type: ignore[attr-defined]
            raise Http404("หนังสือยังพิมพ์ไม่เสร็จทุกฉบับ")
        files = self._word_files() if as_word else self._pdf_files()
        response = StreamingHttpResponse(packed(files), content_type="application/zip")
        ending = "word" if as_word else "pdf"
        response["Content-Disposition"] = f'attachment; filename="letters-{self.run.pk}-{ending}.zip"'
        return response

    def _pdf_files(self) -> Iterator[tuple[str, bytes]]:
        return ((file_name(letter, "pdf"), content) for letter, content in selectors.pdfs_of(self.run))

    def _word_files(self) -> Iterator[tuple[str, bytes]]:
        is_demo = installation_is_demo()
        for letter in list(selectors.letters_of(self.run)):
            yield (
                file_name(letter, "docx"),
                word.letter_docx(compose(self.run, letter, is_demo=is_demo), at=self.run.at),
            )


class _Sink(io.RawIOBase):
    """Where the packer writes, emptied after each file."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: Any) -> int:
        """Keep it until it is taken."""
        self.parts.append(bytes(content))
        return len(content)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self.parts = b"".join(self.parts), []
        return taken


def packed(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A zip file piece by piece; the files are compressed already."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
            yield sink.take()
    yield sink.take()


def file_name(letter: Letter, ending: str) -> str:
    """`007-th-25-2501.pdf`: the order in the run, and the addressee's place."""
    return f"{letter.place:03d}-{letter.path.strip('.').replace('.', '-')}.{ending}"


def told_subject(run: LetterRun) -> str:
    """The subject with the fields of the run filled in; those of single letters stand as `…`."""
    values = {"ปีงบประมาณ": str(run.fiscal_year_be), "แบบข้อมูล": run.round.title if run.round else ""}
    values |= {"สำนักงาน": run.office_name, "วันที่ครบกำหนด": format_date_short(run.finish_by)}
    return wording.fill(run.subject, dict.fromkeys(wording.FIELDS, "…") | values)


def run_url(run: LetterRun) -> str:
    """Where a run is shown."""
    return reverse("reports:run-detail", args=[run.pk])


def letter_url(letter: Letter) -> str:
    """Where a letter is shown."""
    return reverse("reports:letter-detail", args=[letter.run_id, letter.place])


def run_facts(run: LetterRun) -> list[tuple[str, str]]:
    """A run in pairs of label and value."""
    return [
        ("แบบหนังสือ", LetterKind(run.kind).label),
        ("เรื่องที่ติดตาม", f"{Cause(run.cause).label} ปีงบประมาณ {run.fiscal_year_be}"),
        ("เฉพาะ", run.filter_words or "ทั้งหมดในความดูแล"),
        ("รายชื่อ ณ", format_datetime_short(run.as_of)),
        ("วันที่ของหนังสือ", format_date_short(run.letter_date) if run.letter_date else "เขียนด้วยปากกา"),
        ("ขอให้แล้วเสร็จภายใน", format_date_short(run.finish_by)),
        ("ในนาม", run.office_name),
        ("ผู้ทำ", f"{run.made_label} {format_datetime_short(run.at)}"),
    ]
