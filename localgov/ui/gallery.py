"""The gallery of components, for those who write pages: every component, once, with made-up content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from localgov.access.decision import ALLOW, Decision
from localgov.lib.thai_sort import thai_key
from localgov.ui.columns import Column, Kind
from localgov.ui.icons import icon_names
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb
from localgov.ui.states import STATE_LOOKS


@dataclass(frozen=True)
class SampleRow:
    """A made-up unit."""

    number: int
    name: str
    state: str
    population: int
    changed_on: date | None

    @property
    def name_key(self) -> str:
        """Thai dictionary order."""
        return thai_key(self.name)


_NAMES = ("ตัวอย่างเหนือ", "ตัวอย่างใต้", "แบบทดลอง", "เกาะสมมติ", "ไร่จำลอง", "โคกสาธิต", "ปากลองทำ")
SAMPLES = tuple(
    SampleRow(
        number=index + 1,
        name=f"องค์การบริหารส่วนตำบล{_NAMES[index % len(_NAMES)]} {index // len(_NAMES) + 1}",
        state=tuple(STATE_LOOKS)[index % len(STATE_LOOKS)],
        population=6325 + 137 * index,
        changed_on=date(2026, 6, 1 + index % 28) if index % 5 else None,
    )
    for index in range(43)
)


class SampleSearch(forms.Form):
    """A search form as lists have it."""

    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=60)
    state = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[("", "--เลือกสถานะ--"), *((look.code, look.label) for look in STATE_LOOKS.values())],
    )


class SampleForm(forms.Form):
    """One field of each kind."""

    population = forms.DecimalField(
        label="จำนวนประชากร", help_text="ตามทะเบียนราษฎร ณ วันที่ 30 กันยายน", widget=forms.TextInput({"class": "number"})
    )
    province = forms.ChoiceField(label="จังหวัด", choices=[("", "--เลือกจังหวัด--"), ("25", "ปราจีนบุรี")])
    due = forms.CharField(label="วันครบกำหนด", help_text="เช่น 15 มิ.ย. 2569", initial="15 มิ.ย. 2569")
    note = forms.CharField(label="เหตุผล", required=False, widget=forms.Textarea({"rows": 3}))
    domains = forms.MultipleChoiceField(
        label="ด้านที่รับผิดชอบ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "สาธารณสุขและสิ่งแวดล้อม"), ("2", "นวัตกรรมและการศึกษา"), ("3", "สาธารณภัย")],
    )
    has_website = forms.ChoiceField(
        label="มีเว็บไซต์หรือไม่", widget=forms.RadioSelect, choices=[("yes", "มี"), ("no", "ไม่มี")]
    )
    confirmed = forms.BooleanField(label="ข้าพเจ้าตรวจสอบข้อมูลแล้ว")


@dataclass(frozen=True)
class SampleEvent:
    """A step of a timeline."""

    title: str
    who: str
    when: datetime
    icon: str
    note: str = ""


_EVENTS = (
    SampleEvent(
        "จังหวัดส่งกลับให้แก้ไข",
        "ผู้รับรองระดับจังหวัด (สาธิต)",
        datetime(2026, 6, 3, 3, 42, tzinfo=UTC),
        "undo-2",
        "จำนวนประชากรรวมไม่ตรงกับทะเบียนราษฎร โปรดตรวจสอบอีกครั้ง",
    ),
    SampleEvent("อปท. รับรองแล้ว", "ผู้บริหาร อปท. (สาธิต)", datetime(2026, 6, 2, 8, 5, tzinfo=UTC), "badge-check"),
    SampleEvent("ส่งให้ผู้ตรวจสอบ", "ผู้บันทึก (สาธิต)", datetime(2026, 6, 1, 2, 30, tzinfo=UTC), "send"),
)


@dataclass(frozen=True)
class SampleNote:
    """A note as pages print it."""

    text: str
    office: str
    telephone: str


class Gallery(ListPage):
    """Every component on one page; local installations only."""

    public = True
    template = "ui/gallery.html"
    title = "คลังชิ้นส่วนหน้าจอ"
    screen_code = "UI001"
    search_form = SampleSearch
    default_sort = "name"
    file_name = "gallery"
    lead = "ชิ้นส่วนทั้งหมดของหน้าจอ สำหรับผู้พัฒนา ข้อมูลในหน้านี้สมมติขึ้นทั้งหมด"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "ลำดับ", Kind.NUMBER, sort=("number",)),
        Column("name", "อปท.", sort=("name_key",), heading=True, url=lambda row: f"#{row.number}"),
        Column("state", "สถานะ", Kind.STATE),
        Column("population", "ประชากร", Kind.NUMBER, sort=("population",), unit="คน"),
        Column("changed_on", "แก้ไขล่าสุด", Kind.DATE, sort=("changed_on",), blank="–"),
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Not there on a real installation."""
        if not (settings.DEBUG or settings.LOCAL):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def breadcrumb(self) -> Sequence[Crumb]:
        """A group of the menu, and a page."""
        return (Crumb("สำหรับผู้พัฒนา"),)

    def rows(self, search: Mapping[str, Any]) -> Sequence[SampleRow]:
        """The made-up units, filtered."""
        return [
            row
            for row in SAMPLES
            if (search["name"] or "") in row.name and (not search["state"] or search["state"] == row.state)
        ]

    def row_actions(self, row: SampleRow) -> Sequence[RowAction]:
        """All three."""
        return tuple(RowAction(kind, f"#{row.number}") for kind in ("view", "edit", "delete"))

    def add_button(self) -> AddButton:
        """The usual button."""
        return AddButton("#add")

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object]:
        """The row รวม."""
        return {"name": "รวม", "population": sum(row.population for row in self.rows(search))}

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Content of the other components."""
        return {
            "looks": STATE_LOOKS.values(),
            "form": SampleForm(),
            "refused_form": SampleForm({"due": "31 ก.พ. 2569"}, prefix="refused"),
            "events": _EVENTS,
            "facts": (("ชื่อ อปท.", "อบต.ตัวอย่าง"), ("ประเภท", "องค์การบริหารส่วนตำบล"), ("เว็บไซต์", None)),
            "notes": (SampleNote("บันทึกจากเอกสารของปีงบประมาณนี้\nคู่มือ: https://example.go.th/", "กองตัวอย่าง", ""),),
            "allowed": ALLOW,
            "refused": Decision("ยังส่งไม่ได้: ต้องแก้ 1 ข้อ"),
            "icons": icon_names(),
        }
