"""ออกบัญชีผู้ใช้: handing accounts down to all offices and units, as workbooks that exist once."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from localgov.access.permissions import Permission
from localgov.accounts import handover, selectors, services
from localgov.accounts.selectors import ProvinceAccounts
from localgov.lib import thai_calendar
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page

_GROUP = "ทะเบียนและบัญชี"
_WARNING = (
    "แฟ้มจะดาวน์โหลดทันทีและดาวน์โหลดซ้ำไม่ได้ เพราะระบบไม่เก็บรหัส ถ้าแฟ้มเสียหายให้ออกรหัสใหม่",
    "รหัสใช้ได้ครั้งเดียวภายใน 30 วัน ผู้รับต้องตั้งรหัสผ่านเองเมื่อเข้าใช้ครั้งแรก",
    "เมื่อดาวน์โหลดแล้ว กลับไปที่หน้า “ออกบัญชีผู้ใช้” เพื่อดูจำนวนล่าสุด",
)


def _counts(request: Any) -> Sequence[ProvinceAccounts]:
    now = timezone.now()
    return selectors.accounts_by_province(actor=request.actor, at=now, on=thai_calendar.bangkok_date(now))


class Issue(ListPage):
    """Provinces with their handed-down accounts: how many there are, in use, waiting, missing."""

    permission = Permission.ACCOUNTS_ISSUE
    title = "ออกบัญชีผู้ใช้"
    screen_code = "ACC020"
    file_name = "accounts"
    lead = "บัญชีที่ส่งมอบให้หน่วยงาน หน่วยงานละหนึ่งบัญชี พร้อมรหัสใช้ครั้งเดียวในแฟ้ม Excel รายจังหวัด"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "จังหวัด", heading=True),
        Column("organisations", "หน่วยงานทั้งหมด", Kind.NUMBER, sort=("organisations",)),
        Column("issued", "มีบัญชีแล้ว", Kind.NUMBER, sort=("issued",)),
        Column("in_use", "เข้าใช้แล้ว", Kind.NUMBER, sort=("in_use",)),
        Column("waiting", "รอเข้าใช้ครั้งแรก", Kind.NUMBER, sort=("waiting",)),
        Column("expired", "รหัสหมดอายุหรือใช้แล้ว", Kind.NUMBER, sort=("expired",)),
        Column("missing", "ยังไม่มีบัญชี", Kind.NUMBER, sort=("missing",)),
    )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu group."""
        return (Crumb(_GROUP),)

    @cached_property
    def counts(self) -> Sequence[ProvinceAccounts]:
        """The rows, for the list, its totals and its button."""
        return _counts(self.request)

    def rows(self, search: Mapping[str, Any]) -> Sequence[ProvinceAccounts]:
        """One row a province."""
        return self.counts

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object] | None:
        """The row รวม."""
        rows = self.counts
        keys = ("organisations", "issued", "in_use", "waiting", "expired", "missing")
        return {"name": "รวม"} | {key: sum(getattr(row, key) for row in rows) for key in keys}

    def row_actions(self, row: ProvinceAccounts) -> Sequence[RowAction]:
        """Issue what is missing; new codes for what waits."""
        actions = []
        if row.missing:
            url = reverse("accounts:issue-province", args=[row.province_code])
            actions.append(RowAction("edit", url, label="ออกบัญชี"))
        if row.not_in_use:
            url = reverse("accounts:issue-again", args=[row.province_code])
            actions.append(RowAction("edit", url, label="ออกรหัสใหม่"))
        return actions

    def add_button(self) -> AddButton:
        """Everything at once."""
        missing = sum(row.missing for row in self.counts)
        label = "ออกบัญชีที่ยังขาด"
        return AddButton(reverse("accounts:issue-all"), label, reason="" if missing else "ทุกหน่วยงานมีบัญชีแล้ว")


@method_decorator(never_cache, name="dispatch")
class _IssueAct(Page):
    """Base of the acts: ask, then act and answer with the file."""

    permission = Permission.ACCOUNTS_ISSUE
    template = "_confirm.html"
    province: ProvinceAccounts | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Load the counts; a province in which the actor hands nothing down is not there for it."""
        self.all_counts = _counts(request)
        if code := kwargs.get("province_code"):
            self.province = next((row for row in self.all_counts if row.province_code == code), None)
            if self.province is None:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_GROUP), Crumb("ออกบัญชีผู้ใช้", reverse("accounts:issue")))

    def get(self, request: HttpRequest, province_code: str = "") -> HttpResponse:
        """Ask."""
        return self.render(
            question=self.question(),
            consequences=_WARNING,
            confirm_label="ดาวน์โหลดแฟ้มบัญชี",
            cancel_url=reverse("accounts:issue"),
        )

    def post(self, request: HttpRequest, province_code: str = "") -> HttpResponseBase:
        """Act, and hand over the file. The act stands only if the file could be made."""
        now = timezone.now()
        names = {row.province_code: row.name for row in self.all_counts}
        with transaction.atomic():
            accounts = self.act(at=now, province_code=province_code)
            file = handover.archive(accounts, province_names=names, at=now)
        day = thai_calendar.bangkok_date(now)
        name = f"INFO-accounts-{province_code or 'all'}-{thai_calendar.be_year(day.year)}{day:%m%d}.zip"
        response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
        response["Cache-Control"] = "no-store"
        return response

    def question(self) -> str:
        """What is about to be done."""
        raise NotImplementedError

    def act(self, *, at: Any, province_code: str) -> list[services.HandedDown]:
        """Do it."""
        raise NotImplementedError


class IssueAll(_IssueAct):
    """ออกบัญชีทุกหน่วยงานที่ยังไม่มี, in one act."""

    title = "ออกบัญชีทุกหน่วยงานที่ยังไม่มี"
    screen_code = "ACC021"

    def question(self) -> str:
        """How many."""
        missing = sum(row.missing for row in self.all_counts)
        provinces = sum(1 for row in self.all_counts if row.missing)
        return f"ออกบัญชี {missing:,} บัญชี ใน {provinces:,} จังหวัด เป็นแฟ้ม zip ที่มีแฟ้ม Excel จังหวัดละหนึ่งแฟ้ม"

    def act(self, *, at: Any, province_code: str) -> list[services.HandedDown]:
        """All that are missing."""
        return services.accounts_issue(actor=self.request.actor, at=at)


class IssueProvince(_IssueAct):
    """ออกบัญชีที่ยังไม่มี of one province."""

    title = "ออกบัญชีของจังหวัด"
    screen_code = "ACC022"

    def question(self) -> str:
        """How many, where."""
        assert self.province is not None  # noqa: S101 (the address holds a province)
        return f"ออกบัญชี {self.province.missing:,} บัญชี ของหน่วยงานในจังหวัด{self.province.name}ที่ยังไม่มีบัญชี"

    def act(self, *, at: Any, province_code: str) -> list[services.HandedDown]:
        """The missing ones of the province."""
        return services.accounts_issue(actor=self.request.actor, at=at, province_code=province_code)


class IssueAgain(IssueProvince):
    """ออกรหัสใหม่ for the accounts of one province into which nobody has come yet."""

    title = "ออกรหัสใหม่ของจังหวัด"
    screen_code = "ACC023"

    def question(self) -> str:
        """How many, where, and that the old codes end."""
        assert self.province is not None  # noqa: S101 (the address holds a province)
        return (
            f"ออกรหัสใช้ครั้งเดียวใหม่ {self.province.not_in_use:,} บัญชี ของหน่วยงานในจังหวัด{self.province.name}"
            "ที่ยังไม่ได้เข้าใช้ รหัสเดิมของบัญชีเหล่านี้จะใช้ไม่ได้"
        )

    def act(self, *, at: Any, province_code: str) -> list[services.HandedDown]:
        """New codes for those that wait."""
        return services.accounts_reissue(actor=self.request.actor, at=at, province_code=province_code)
