"""กำหนดการบันทึกข่าว สินค้า และสถานที่ของแต่ละปีงบประมาณ (R6.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.filings.selectors.filing_page import FORM_CODE
from localgov.publishing import policies, services
from localgov.publishing.models import EntryDuty
from localgov.publishing.models.duty import usual_due_on
from localgov.publishing.selectors import duties
from localgov.publishing.status_forms import DutyForm
from localgov.rounds.models import Round
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page

TITLE = "กำหนดการบันทึกข่าว สินค้า และสถานที่"


class EntryDutyList(ListPage):
    """INFO93: what every year asks for, newest first."""

    permission = Permission.MONITOR_VIEW
    title = TITLE
    screen_code = "INFO93"
    file_name = "entry-duties"
    lead = "วันที่ อปท. ต้องบันทึกข่าวประชาสัมพันธ์ สินค้าท้องถิ่น และสถานที่สำคัญของท้องถิ่นให้ครบ และจำนวนขั้นต่ำของแต่ละประเภท"
    empty_hint = "ยังไม่ได้กำหนดปีงบประมาณใด ปีที่ไม่กำหนดถือว่าขออย่างละ 1 รายการโดยไม่มีวันครบกำหนด"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("fiscal_year_be", "ปีงบประมาณ", heading=True),
        Column("due_on", "ครบกำหนด", Kind.DATE),
        Column("news", "ข่าวอย่างน้อย", Kind.NUMBER),
        Column("products", "สินค้าอย่างน้อย", Kind.NUMBER),
        Column("places", "สถานที่อย่างน้อย", Kind.NUMBER),
        Column("reference", "หนังสือแจ้งเวียน", blank="–"),
        Column("actor_label", "กำหนดโดย"),
        Column("at", "เมื่อ", Kind.DATETIME),
    )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group."""
        return (Crumb("ติดตาม"),)

    def rows(self, search: Mapping[str, Any]) -> Sequence[EntryDuty]:
        """A line for each year."""
        self.found = duties.newest_duties()
        return self.found

    def row_actions(self, row: EntryDuty) -> Sequence[RowAction]:
        """Saying it anew, for the Department."""
        if not policies.can_ask_for_entries(self.request.actor).allowed:
            return ()
        return (RowAction("edit", reverse("publishing:entry-duty", args=[row.fiscal_year_be])),)

    def add_button(self) -> AddButton | None:
        """The newest year that was opened and asks for nothing yet."""
        if not policies.can_ask_for_entries(self.request.actor).allowed:
            return None
        said = {one.fiscal_year_be for one in self.found}
        opened = Round.objects.filter(form_code=FORM_CODE).order_by("-fiscal_year_be")
        year = next((one for one in opened.values_list("fiscal_year_be", flat=True) if one not in said), None)
        return AddButton(reverse("publishing:entry-duty", args=[year]), f"กำหนดปีงบประมาณ {year}") if year else None


class EntryDutyEdit(Page):
    """INFO94: the day and the numbers of one year."""

    permission = Permission.ROUND_OPEN
    template = "publishing/duty_form.html"
    title = TITLE
    screen_code = "INFO94"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A year whose eight domains were opened, or 404."""
        super().setup(request, *args, **kwargs)
        self.fiscal_year: int = kwargs["fiscal_year"]
        if not Round.objects.filter(form_code=FORM_CODE, fiscal_year_be=self.fiscal_year).exists():
            raise Http404

    def page_title(self) -> str:
        """Of which year."""
        return f"{self.title} ปีงบประมาณ {self.fiscal_year}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb("ติดตาม"), Crumb(TITLE, reverse("publishing:entry-duty-list")))

    def get(self, request: HttpRequest, fiscal_year: int) -> HttpResponse:
        """What holds, or what is usual."""
        duty = duties.duty_of(fiscal_year)
        usual: dict[str, Any] = {"due_on": usual_due_on(fiscal_year), "news": 1, "products": 1, "places": 1}
        held = duty and {name: getattr(duty, name) for name in (*usual, "reference")}
        return self._form(DutyForm(initial=held or usual))

    def post(self, request: HttpRequest, fiscal_year: int) -> HttpResponseBase:
        """Keep it."""
        form = DutyForm(request.POST)
        if form.is_valid():
            try:
                services.entry_duty_set(
                    actor=self.request.actor,
                    at=timezone.now(),
                    fiscal_year=fiscal_year,
                    due_on=form.cleaned_data["due_on"],
                    counts=form.counts(),
                    reference=form.cleaned_data["reference"],
                )
            except Denied as refusal:
                form.add_error("due_on" if "วันครบกำหนด" in refusal.reason else None, refusal.reason)
            else:
                messages.success(request, f"กำหนดการบันทึกของปีงบประมาณ {fiscal_year} แล้ว")
                return redirect("publishing:entry-duty-list")
        return self._form(form, status=422)

    def _form(self, form: DutyForm, *, status: int = 200) -> HttpResponse:
        return self.render(form=form, cancel_url=reverse("publishing:entry-duty-list"), status=status)
