"""Lists of the record: acts, filings, one filing's and one person's story, rows of ordinary tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.audit.models import RowChange
from localgov.filings.models import Filing
from localgov.forms import selectors as forms_selectors
from localgov.inspection import forms
from localgov.inspection.acts import act_name, table_name
from localgov.inspection.selectors import entries, record
from localgov.inspection.selectors.entries import Entry
from localgov.lib.thai_calendar import bangkok_date
from localgov.ui.columns import Column, Kind
from localgov.ui.keyset import ByPk, KeysetPage
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page

GROUP = "ตรวจสอบย้อนหลัง"
_HASH_SHOWN = 12


def short_hash(value: str | None) -> str:
    """The first digits of a hash: enough to compare by eye; the workbook's reader has the whole on the filing's page."""
    return (value or "")[:_HASH_SHOWN]


def person_url(actor_id: int | None) -> str:
    """The story of who acted; commands have none."""
    return reverse("inspection:person-story", args=[actor_id]) if actor_id else ""


def story_url(fiscal_year: int | None, code: str) -> str:
    """The story of a unit's filing."""
    return reverse("inspection:filing-story", args=[fiscal_year, code]) if fiscal_year and code else ""


def number_url(entry: Entry) -> str:
    """Where a receipt is shown."""
    return reverse("filings:receipt-detail", args=[entry.number]) if entry.kind == "ANSWERS" else ""


class ActList(KeysetPage):
    """AUD01: acts that are no answers, newest first."""

    permission = Permission.AUDIT_VIEW
    screen_code = "AUD01"
    title = "บันทึกการใช้งาน"
    file_name = "acts"
    lead = "การเข้าสู่ระบบ บัญชี สิทธิ ตำแหน่ง ทะเบียน รอบ แบบ และการรับรอง การบันทึกคำตอบอยู่ที่ “บันทึกรายชุดข้อมูล” และที่หน้าของแต่ละคน"
    search_form = forms.ActSearch
    columns = (
        Column("recorded_at", "เวลาที่บันทึก", kind=Kind.DATETIME),
        Column("type", "การกระทำ", value=lambda event: act_name(event.type), heading=True),
        Column("actor_label", "ผู้กระทำ", url=lambda event: person_url(event.actor_id)),
        Column("role", "บทบาท", value=lambda event: entries.role_name(event.role)),
        Column("target_label", "เรื่อง"),
        Column("data", "รายละเอียด", value=lambda event: entries.data_text(event.data)),
    )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group."""
        return (Crumb(GROUP),)

    def keyset(self, search: Mapping[str, Any]) -> ByPk:
        """Acts in sight."""
        return ByPk(record.acts(actor=self.request.actor, search=search))


class FilingFind(ListPage):
    """AUD02: filings whose story can be read; found by unit, year or receipt number."""

    permission = Permission.AUDIT_VIEW
    screen_code = "AUD02"
    title = "บันทึกรายชุดข้อมูล"
    file_name = "filing-records"
    lead = "ทุกคำตอบ ทุกขั้นตอน และใบรับรองของ อปท. ตามลำดับ พร้อมเลขที่ใบรับและรหัสลูกโซ่"
    columns = (
        Column("roster_entry.full_name", "อปท.", heading=True, sort=("roster_entry__sort_key",),
               url=lambda filing: story_url(filing.roster_entry.round.fiscal_year_be, filing.roster_entry.code)),
        Column("roster_entry.code", "รหัส", sort=("roster_entry__code",)),
        Column("fiscal_year", "ปีงบประมาณ", value=lambda filing: str(filing.roster_entry.round.fiscal_year_be),
               sort=("round__fiscal_year_be",)),
        Column("changes_count", "จำนวนใบรับ", kind=Kind.NUMBER),
        Column("newest_at", "บันทึกล่าสุด", kind=Kind.DATETIME, blank="–"),
        Column("newest_hash", "ปลายสาย", value=lambda filing: short_hash(filing.newest_hash), blank="–"),
    )  # fmt: skip

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group."""
        return (Crumb(GROUP),)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """With the years that have filings."""
        return forms.FilingSearch(data, years=record.years())

    def rows(self, search: Mapping[str, Any]) -> Any:
        """Filings in sight."""
        return record.filings(actor=self.request.actor, search=search)

    def row_actions(self, row: Filing) -> Sequence[RowAction]:
        """Read its story."""
        return (RowAction("view", story_url(row.roster_entry.round.fiscal_year_be, row.roster_entry.code)),)


_STORY_COLUMNS = (
    Column("recorded_at", "เวลาที่บันทึก", kind=Kind.DATETIME),
    Column("what", "สิ่งที่ทำ", heading=True),
    Column("domain", "ด้าน"),
    Column("detail", "รายละเอียด (เดิม → ใหม่)"),
    Column("who", "ผู้กระทำ", url=lambda entry: person_url(entry.actor_id)),
    Column("role", "บทบาท"),
    Column("number", "เลขที่", url=number_url),
    Column("position", "ลำดับในสาย", kind=Kind.NUMBER),
    Column("hash", "รหัสลูกโซ่", value=lambda entry: short_hash(entry.hash)),
)


class FilingStory(KeysetPage):
    """AUD03: everything that happened to one filing, and whether its chains are whole right now."""

    permission = Permission.AUDIT_VIEW
    template = "inspection/filing_story.html"
    screen_code = "AUD03"
    file_name = "filing-record"
    columns = _STORY_COLUMNS

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the filing."""
        super().setup(request, *args, **kwargs)
        standing = record.filing_standing(
            actor=self.request.actor, fiscal_year=kwargs["fiscal_year"], code=kwargs["code"]
        )
        if standing is None:
            raise Http404
        self.standing = standing
        self.entry = standing.filing.roster_entry

    def page_title(self) -> str:
        """The unit and the year."""
        return f"บันทึกของ {self.entry.full_name} ปีงบประมาณ {self.entry.round.fiscal_year_be}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list of filings."""
        return (Crumb(GROUP), Crumb("บันทึกรายชุดข้อมูล", reverse("inspection:filing-find")))

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """With the sheets of the unit."""
        version = self.entry.round.form_version_id
        form = forms_selectors.compiled(version)
        codes = forms_selectors.applicable_sheets(version, self.entry.unit_type)
        return forms.StorySearch(data, sections=[(code, form.sheets[code].label) for code in codes])

    def keyset(self, search: Mapping[str, Any]) -> entries.Entries:
        """Its story."""
        return entries.of_filing(self.standing.filing, search)

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """What the look at the chains found."""
        return {"standing": self.standing, "now": timezone.now()}


class PersonStory(KeysetPage):
    """AUD04: everything that one person did, sign-ins included."""

    permission = Permission.AUDIT_VIEW
    screen_code = "AUD04"
    file_name = "person-record"
    columns = (_STORY_COLUMNS[0], _STORY_COLUMNS[1],
        Column("unit", "เรื่อง", url=lambda entry: story_url(entry.fiscal_year, entry.unit_code)),
        *_STORY_COLUMNS[2:4], *_STORY_COLUMNS[5:7],
    )  # fmt: skip

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the account."""
        super().setup(request, *args, **kwargs)
        found = record.person(actor=self.request.actor, on=bangkok_date(timezone.now()), pk=kwargs["person"])
        if found is None:
            raise Http404
        self.person = found

    def page_title(self) -> str:
        """The person's name."""
        return f"ประวัติการใช้งานของ {self.person.display_name} ({self.person.username})"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the acts."""
        return (Crumb(GROUP), Crumb("บันทึกการใช้งาน", reverse("inspection:act-list")))

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Kinds and days."""
        return forms.PersonSearch(data)

    def keyset(self, search: Mapping[str, Any]) -> entries.Entries:
        """What the person did at places that the actor sees."""
        actor = self.request.actor
        scopes = None if record.sees_all(actor) else actor.scopes(Permission.AUDIT_VIEW)
        return entries.of_person(self.person.pk, search, scopes=scopes)


class OwnStory(KeysetPage):
    """AUD05: everything that the signed-in account did; open to every account."""

    permission = Permission.ACCOUNT_SELF
    screen_code = "AUD05"
    title = "ประวัติการใช้งานของฉัน"
    file_name = "my-record"
    lead = "ทุกครั้งที่บัญชีนี้เข้าสู่ระบบ บันทึก ตรวจสอบ หรือรับรอง หากมีรายการที่ท่านไม่ได้ทำ ให้เปลี่ยนรหัสผ่านและแจ้งผู้ดูแลระบบทันที"
    columns = (*PersonStory.columns[:2], Column("unit", "เรื่อง"), *PersonStory.columns[3:])

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Kinds and days."""
        return forms.PersonSearch(data)

    def keyset(self, search: Mapping[str, Any]) -> entries.Entries:
        """One's own doings, wherever."""
        return entries.of_person(self.request.actor.user_id or 0, search)


class RowChangeList(KeysetPage):
    """AUD06: rows of ordinary tables that were written, by whomever."""

    permission = Permission.AUDIT_VIEW
    screen_code = "AUD06"
    title = "การเปลี่ยนแปลงข้อมูลระบบ"
    file_name = "row-changes"
    lead = "ฐานข้อมูลจดเองทุกครั้งที่บัญชี สิทธิ ทะเบียน รอบ หรือแบบถูกเขียน ไม่ว่าโดยโปรแกรมหรือโดยมือ"
    search_form = forms.RowSearch
    columns = (
        Column("recorded_at", "เวลาที่บันทึก", kind=Kind.DATETIME),
        Column("table", "ตาราง", value=lambda change: table_name(change.table), heading=True),
        Column("row", "แถว", url=lambda change: reverse("inspection:row-detail", args=[change.pk])),
        Column("op", "สิ่งที่เกิดขึ้น", value=lambda change: change.get_op_display()),
        Column("changed", "เดิม → ใหม่", value=lambda change: changed_text(change)),
        Column("act_type", "การกระทำที่กำกับ", value=lambda change: act_name(change.act_type or ""), blank="ไม่มี"),
        Column("act_actor", "ผู้กระทำ", url=lambda change: person_url(change.act_actor_id),
               value=lambda change: change.act_actor or f"บทบาทฐานข้อมูล {change.db_user}"),
    )  # fmt: skip

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group."""
        return (Crumb(GROUP),)

    def keyset(self, search: Mapping[str, Any]) -> ByPk:
        """Rows in sight."""
        today = bangkok_date(timezone.now())
        return ByPk(record.row_changes(actor=self.request.actor, on=today, search=search))


class RowChangeDetail(Page):
    """AUD07: one written row: every column, old and new, and the acts of its transaction."""

    permission = Permission.AUDIT_VIEW
    template = "inspection/row_detail.html"
    screen_code = "AUD07"
    title = "การเปลี่ยนแปลงข้อมูลระบบ"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(GROUP), Crumb(self.title, reverse("inspection:row-list")))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; one out of sight is 404."""
        found = record.row_change(actor=self.request.actor, on=bangkok_date(timezone.now()), pk=pk)
        if found is None:
            raise Http404
        change, acts = found
        names = sorted(change.old.keys() | change.new.keys())
        return self.render(
            change=change,
            table=table_name(change.table),
            lines=[
                (name, entries.value_text(change.old.get(name)), entries.value_text(change.new.get(name)))
                for name in names
            ],
            acts=[entries.act_entry(act) for act in acts],
        )


_COLUMNS_SHOWN = 3


def changed_text(change: RowChange) -> str:
    """The first changed columns, old → new; of an added or deleted row its columns alone."""
    names = sorted(change.old.keys() | change.new.keys())
    if change.op == RowChange.Op.UPDATE:
        parts = [
            f"{name}: {entries.value_text(change.old.get(name))} → {entries.value_text(change.new.get(name))}"
            for name in names[:_COLUMNS_SHOWN]
        ]
    else:
        kept = change.new or change.old
        names = [name for name in names if name != "id"]
        parts = [f"{name}: {entries.value_text(kept[name])}" for name in names[:_COLUMNS_SHOWN]]
    more = len(names) - _COLUMNS_SHOWN
    return " · ".join(parts) + (f" · และอีก {more} ช่อง" if more > 0 else "")
