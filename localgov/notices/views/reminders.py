"""Pages of reminders: what was sent to whom and what came of it; on which days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date
from localgov.notices import mail_forms, policies, services
from localgov.notices.models import Reminder
from localgov.notices.selectors import reminders
from localgov.notices.states import ReminderAbout
from localgov.notices.views.mails import standing
from localgov.organisations import areas
from localgov.rounds import selectors as rounds
from localgov.rounds.models import Round
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage
from localgov.ui.pages import Crumb, Page

_TITLE = "การแจ้งเตือนทางอีเมล"


def rule_words(days: int) -> str:
    """A rule as people say it: ก่อน 7 วัน."""
    if not days:
        return "วันครบกำหนด"
    return f"{'ก่อน' if days < 0 else 'เกิน'} {abs(days)} วัน"


def days_after(row: Any) -> int | None:
    """Within how many days something was done; None while nothing was."""
    return (bangkok_date(row.acted_at) - bangkok_date(row.at)).days if row.acted_at else None


class ReminderList(ListPage):
    """The reminders of one round."""

    permission = Permission.MONITOR_VIEW
    template = "notices/reminder_list.html"
    title = _TITLE
    screen_code = "RMD01"
    file_name = "reminders"
    lead = "ระบบแจ้งเตือนเฉพาะ อปท. ที่ยังไม่ดำเนินการ ตามวันที่กำหนดของรอบ ถึงอีเมลของผู้ดูแลระบบ INFO เรื่องละครั้งในแต่ละวันที่กำหนด"
    empty_hint = "ยังไม่มีการแจ้งเตือนในรอบนี้"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("entry.full_name", "อปท.", heading=True, sort=("entry__sort_key",)),
        Column("province", "จังหวัด", value=lambda row: areas.province_name(row.entry.province_code)),
        Column("about", "เรื่อง", value=lambda row: row.get_about_display(), sort=("about",)),
        Column("days", "กำหนด", value=lambda row: rule_words(row.days), sort=("days",)),
        Column("at", "แจ้งเมื่อ", Kind.DATETIME, sort=("at",)),
        Column("mail.to", "อีเมล", blank="ไม่มีที่อยู่อีเมล"),
        Column(
            "mail.state", "สถานะอีเมล", value=lambda row: row.mail.get_state_display() if row.mail else None, blank="–"
        ),
        Column("acted_at", "ดำเนินการหลังแจ้ง", Kind.DATETIME, blank="ยัง"),
        Column("within", "ภายใน", Kind.NUMBER, value=days_after, unit="วัน"),
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the rounds."""
        super().setup(request, *args, **kwargs)
        self.rounds = list(rounds.rounds(actor=self.request.actor))
        self.round: Round | None = self.rounds[0] if self.rounds else None

    def build_search_form(self, data: QueryDict) -> mail_forms.ReminderSearch:
        """With the rounds."""
        choices = [(str(one.pk), f"{one.title} {one.fiscal_year_be}") for one in self.rounds]
        return mail_forms.ReminderSearch(data, rounds=choices)

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Reminder]:
        """Of the chosen round, or of the newest."""
        if chosen := search.get("round"):
            self.round = next(one for one in self.rounds if str(one.pk) == chosen)
        round_id = self.round.pk if self.round else 0
        return reminders.sent_reminders(actor=self.request.actor, round_id=round_id, search=search)

    def add_button(self) -> AddButton | None:
        """The plan, for who may change it."""
        if self.round is None or not policies.can_plan(self.request.actor).allowed:
            return None
        return AddButton(reverse("mail:reminder-plan", args=[self.round.pk]), "กำหนดวันแจ้งเตือน")

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The round, its plan and the counts."""
        if self.round is None:
            return standing()
        plan = reminders.plan(self.round.pk)
        total, without = reminders.reminder_counts(actor=self.request.actor, round_id=self.round.pk)
        told = [(about.label, " · ".join(map(rule_words, days)) or "ไม่แจ้งเตือน") for about, days in plan.items()]
        return standing() | {"round": self.round, "plan": told, "total": total, "without": without}


class ReminderPlanEdit(Page):
    """On which days the units of a round are reminded."""

    permission = Permission.ROUND_OPEN
    template = "notices/mail_form.html"
    title = "กำหนดวันแจ้งเตือน"
    screen_code = "RMD02"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the round."""
        super().setup(request, *args, **kwargs)
        self.round = get_object_or_404(rounds.rounds(actor=self.request.actor), pk=kwargs["pk"])

    def page_title(self) -> str:
        """Of which round."""
        return f"{self.title}: {self.round.title} ปีงบประมาณ {self.round.fiscal_year_be}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_TITLE, self._back()),)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form with what holds."""
        plan = reminders.plan(self.round.pk)
        return self._form(mail_forms.PlanForm(initial={about.value: days for about, days in plan.items()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Keep it."""
        form = mail_forms.PlanForm(request.POST)
        if form.is_valid():
            try:
                services.reminder_plan_set(
                    actor=self.request.actor, at=timezone.now(), round_id=self.round.pk, days=form.days()
                )
            except Denied as refusal:
                form.add_error(ReminderAbout.ROUND.value, refusal.reason)
            else:
                messages.success(request, "บันทึกวันแจ้งเตือนแล้ว")
                return redirect(self._back())
        return self._form(form, status=422)

    def _back(self) -> str:
        return f"{reverse('mail:reminder-list')}?round={self.round.pk}"

    def _form(self, form: mail_forms.PlanForm, *, status: int = 200) -> HttpResponse:
        return self.render(form=form, cancel_url=self._back(), status=status)
