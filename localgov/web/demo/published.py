"""News, products and places of a demonstration: made up, written and checked through the same services as real ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.accounts.models import User
from localgov.filings.selectors.filing_page import FORM_CODE
from localgov.lib.thai_calendar import bangkok_date, bangkok_day_start, fiscal_year_of
from localgov.organisations.models import OrganisationVersion
from localgov.organisations.services.reset import installation_is_demo
from localgov.publishing import services
from localgov.publishing.models import Item
from localgov.publishing.models.duty import usual_due_on
from localgov.publishing.selectors.duties import duty_of
from localgov.publishing.services import PictureSaid
from localgov.publishing.states import PublishedKind
from localgov.rounds.models import Round
from localgov.web.demo.places import demo_unit, near
from localgov.web.demo.scenery import picture_drawn

RECORDER: Final = system_actor("ผู้บันทึก (ข้อมูลสาธิต)", RoleCode.RECORDER)
OFFICER: Final = system_actor("เจ้าหน้าที่ สถจ. (ข้อมูลสาธิต)", RoleCode.PROVINCE_OFFICER)
#: Provinces whose units publish something; the first is the one of the demo's accounts. In the later ones one unit does.
PROVINCES: Final = (
    "25", "27", "50", "30", "83", "40", "90", "71", "57", "24", "81", "63", "41", "34", "77", "65", "84", "14", "22", "48",
)  # fmt: skip
_UNITS_EACH: Final = 3
_PROVINCES_IN_FULL: Final = 10
#: Events of one sketch begin on so many different days.
_EVENT_DAYS: Final = 9
_MADE_UP: Final = "ข้อมูลสาธิตของระบบ ไม่ใช่สถานที่ สินค้า หรือกิจกรรมจริง"
_OFFICE_PHONE: Final = "0-2555-0100"


@dataclass(frozen=True)
class Sketch:
    """What is made up of one item; `{name}` is the unit's. `days`: its event begins so many days from now."""

    kind: PublishedKind
    category: str
    title: str
    body: str
    motifs: tuple[str, ...]
    more: tuple[tuple[str, str], ...] = ()
    days: int | None = None
    lasts: int = 0


def _place(category: str, title: str, body: str, *motifs: str) -> Sketch:
    return Sketch(PublishedKind.PLACE, category, title, body, motifs, (("phone", _OFFICE_PHONE),))


def _product(category: str, title: str, body: str, motif: str, *more: tuple[str, str]) -> Sketch:
    return Sketch(PublishedKind.PRODUCT, category, title, body, (motif,), (("phone", _OFFICE_PHONE), *more))


def _news(category: str, title: str, body: str, motif: str, days: int | None = None, lasts: int = 0) -> Sketch:
    return Sketch(PublishedKind.NEWS, category, title, body, (motif,), (), days, lasts)


PLACES: Final = (
    _place(
        "NATURE",
        "น้ำตกธารใส {name}",
        "น้ำตกสามชั้นกลางป่าดิบชื้น มีทางเดินไม้ยาว 400 เมตรถึงชั้นแรก\n\nเปิดทุกวัน 8.00–16.30 น.",
        "waterfall",
        "mountain",
    ),
    _place(
        "SACRED",
        "วัดศรีสาธิต {name}",
        "พระอุโบสถหลังคาซ้อนสามชั้น มีงานทอดผ้าป่าประจำปีหลังออกพรรษา\n\nแต่งกายสุภาพเมื่อเข้าชม",
        "temple",
    ),
    _place(
        "SHOPPING", "ตลาดชุมชนบ้านสาธิต {name}", "ตลาดเช้าวันเสาร์และอาทิตย์ ผักพื้นบ้าน ขนมไทย และงานจักสานจากกลุ่มแม่บ้าน", "market"
    ),
    _place(
        "WAY_OF_LIFE", "ทุ่งนาสาธิต {name}", "แปลงนาข้าวหอมที่ชวนเดินชมยามเย็น มีศาลาพักและจุดถ่ายภาพกลางทุ่ง", "fields", "mountain"
    ),
    _place("RECREATION", "จุดชมวิวเนินสาธิต {name}", "ชมทะเลหมอกยามเช้าและพระอาทิตย์ตก ลานกางเต็นท์รองรับ 40 หลัง", "mountain"),
    _place("HERITAGE", "ศูนย์ผ้าทอบ้านสาธิต {name}", "เรือนผ้าทอลายโบราณ เปิดให้ทดลองทอผ้าด้วยกี่กระตุก", "cloth", "baskets"),
    _place("SPA", "บ้านสมุนไพรสาธิต {name}", "นวดประคบสมุนไพรโดยกลุ่มอาชีพที่ผ่านการอบรมของชุมชน", "leaves"),
    _place(
        "ROYAL_PROJECT",
        "แปลงสาธิตเกษตรทฤษฎีใหม่ {name}",
        "แหล่งเรียนรู้การจัดการดินและน้ำตามแนวเศรษฐกิจพอเพียง เข้าชมเป็นหมู่คณะได้",
        "fields",
    ),
    _place(
        "ACADEMIC", "ศูนย์เรียนรู้ป่าชุมชน {name}", "เส้นทางศึกษาธรรมชาติ 1.2 กิโลเมตร มีป้ายชื่อพรรณไม้ตลอดทาง", "leaves", "mountain"
    ),
    _place("FACTORY", "โรงแปรรูปผลไม้สาธิต {name}", "ชมการอบผลไม้ด้วยพลังงานแสงอาทิตย์ และเลือกซื้อจากโรงผลิตโดยตรง", "baskets"),
    _place("NATURE", "อ่างเก็บน้ำสาธิต {name}", "ผืนน้ำกว้างล้อมด้วยเขา มีทางจักรยานรอบอ่าง 6 กิโลเมตร", "sea"),
)
PRODUCTS: Final = (
    _product(
        "FOOD",
        "ข้าวเกรียบฟักทองสาธิต {name}",
        "ข้าวเกรียบจากฟักทองในสวนของสมาชิก ไม่ใส่สี",
        "bowl",
        ("producer", "กลุ่มแม่บ้านสาธิต"),
        ("price_from", "35"),
        ("price_unit", "ถุง"),
    ),
    _product(
        "CLOTHING",
        "ผ้าทอลายดอกแก้วสาธิต {name}",
        "ผ้าฝ้ายทอมือ ย้อมสีธรรมชาติจากเปลือกไม้",
        "cloth",
        ("producer", "กลุ่มทอผ้าสาธิต"),
        ("price_from", "450"),
        ("price_to", "1200"),
        ("price_unit", "ผืน"),
        ("how_to_order", "สั่งทอล่วงหน้า 14 วันที่ศูนย์ผ้าทอ"),
    ),
    _product(
        "HANDICRAFT",
        "ตะกร้าไม้ไผ่สาธิต {name}",
        "สานลายพิกุล ใช้ได้ทนและย่อยสลายได้",
        "baskets",
        ("producer", "กลุ่มจักสานสาธิต"),
        ("price_from", "180"),
        ("price_unit", "ใบ"),
    ),
    _product(
        "DRINK",
        "น้ำสมุนไพรตะไคร้สาธิต {name}",
        "หวานน้อย บรรจุขวดแก้ว รับคืนขวด",
        "leaves",
        ("price_from", "25"),
        ("price_unit", "ขวด"),
    ),
    _product(
        "HERB",
        "ลูกประคบสมุนไพรสาธิต {name}",
        "ไพล ขมิ้น และตะไคร้ จากแปลงปลอดสาร",
        "leaves",
        ("price_from", "60"),
        ("price_to", "120"),
        ("price_unit", "ลูก"),
    ),
    _product(
        "SERVICE",
        "โฮมสเตย์สาธิต {name}",
        "พักกับชุมชน พร้อมอาหารเช้าและกิจกรรมทำขนม",
        "fields",
        ("price_from", "600"),
        ("price_unit", "คืน"),
        ("how_to_order", "จองล่วงหน้า 3 วันทางโทรศัพท์"),
    ),
)
NEWS: Final = (
    _news("FESTIVAL", "งานโคมไฟริมน้ำสาธิต {name}", "ขบวนโคมไฟ การแสดงพื้นบ้าน และตลาดย้อนยุค ชมฟรีตลอดงาน", "lanterns", 6, 2),
    _news("ACTIVITY", "วิ่งเพื่อสุขภาพรอบทุ่งสาธิต {name}", "ระยะ 3 และ 8 กิโลเมตร ลงทะเบียนหน้างานได้ตั้งแต่ 5.30 น.", "fields", 12),
    _news(
        "TRAINING",
        "อบรมแปรรูปผลไม้ รุ่นที่ 1 {name}",
        "อบรมสองวัน ไม่มีค่าใช้จ่าย รับ 30 คน ผู้สูงอายุและผู้พิการมีรถรับส่ง",
        "baskets",
        20,
        1,
    ),
    _news(
        "ANNOUNCEMENT",
        "เปิดศูนย์บริการประชาชนวันเสาร์ {name}",
        "ชำระภาษี ขอหนังสือรับรอง และยื่นคำร้องได้ในวันเสาร์ 9.00–12.00 น.",
        "market",
    ),
    _news("WARNING", "เตรียมพร้อมรับลมหนาว {name}", "ดูแลผู้สูงอายุและเด็กเล็ก แจ้งขอรับผ้าห่มได้ที่ผู้ใหญ่บ้านหรือที่ทำการ", "mountain"),
    _news("FESTIVAL", "ตลาดนัดของดีชุมชน {name}", "สินค้าจากกลุ่มอาชีพสิบหมู่บ้าน พร้อมการแสดงของนักเรียน", "market", 33, 3),
)
#: What becomes of an item after it was entered; most are shown.
_WAITS, _GOES_BACK, _HIDDEN, _CHANGED = "waits", "goes back", "hidden", "changed"


def published_make(*, at: datetime, provinces: Sequence[str] = PROVINCES) -> int:
    """Make what is not made yet, each item in a transaction of its own; returns how many were made.

    Raises:
        ValueError: the installation is not a demonstration.
    """
    if not installation_is_demo():
        raise ValueError("made-up items belong in a demonstration alone")
    _ask(at)
    made = 0
    for number, (unit, sketch, fate) in enumerate(_plan(provinces, at)):
        day = bangkok_date(at) - timedelta(days=40 - number % 36)
        begun = bangkok_day_start(day) + timedelta(hours=9 + number % 7, minutes=number * 7 % 60)
        made += _make(unit, sketch, fate, at=at, begun=begun)
    return made


def _ask(at: datetime) -> None:
    """The running year asks for one of each kind by the usual day, where its eight domains are open."""
    year = fiscal_year_of(bangkok_date(at))
    if Round.objects.filter(form_code=FORM_CODE, fiscal_year_be=year).exists() and duty_of(year) is None:
        services.entry_duty_set(
            actor=system_actor("กรม (ข้อมูลสาธิต)", RoleCode.DEPARTMENT_OFFICER),
            at=at,
            fiscal_year=year,
            due_on=usual_due_on(year),
            counts=dict.fromkeys(PublishedKind, 1),
        )


def _plan(provinces: Sequence[str], at: datetime) -> Iterator[tuple[OrganisationVersion, Sketch, str]]:
    """Which unit publishes what, the same every time."""
    own = User.objects.filter(username="recorder1").values_list("organisation_id", flat=True).first()
    if own is not None and (unit := _units(at).filter(organisation_id=own).first()):
        for sketch, fate in (
            (PLACES[0], ""), (PLACES[1], _CHANGED), (PLACES[2], _HIDDEN), (PLACES[3], _WAITS), (PRODUCTS[0], ""),
            (PRODUCTS[1], _WAITS), (NEWS[0], ""), (NEWS[3], _GOES_BACK), (NEWS[2], ""),
        ):  # fmt: skip
            yield unit, sketch, fate
    number = 0
    for place, province in enumerate(provinces):
        units_each = _UNITS_EACH if place < _PROVINCES_IN_FULL else 1
        chosen = (
            _units(at)
            .filter(province_code=province, unit_type__in=("SAO", "SUBDISTRICT", "TOWN"))
            .exclude(organisation_id=own)
        )
        for unit in chosen.order_by("-unit_type", "sort_key", "pk")[:: max(1, chosen.count() // units_each)][
            :units_each
        ]:
            number += 1
            fate = {5: _WAITS, 8: _GOES_BACK, 11: _CHANGED}.get(number % 12, "")
            yield unit, PLACES[number % len(PLACES)], fate
            half = number // 2
            yield unit, NEWS[half % len(NEWS)] if number % 2 else PRODUCTS[half % len(PRODUCTS)], ""


def _units(at: datetime) -> QuerySet[OrganisationVersion]:
    return OrganisationVersion.objects.in_force(bangkok_date(at)).units().select_related("organisation")


@transaction.atomic
def _make(unit: OrganisationVersion, sketch: Sketch, fate: str, *, at: datetime, begun: datetime) -> bool:
    title = sketch.title.format(name=unit.name)
    if Item.objects.filter(organisation_id=unit.organisation_id, newest__title=title).exists():
        return False
    rng = Random(title)  # noqa: S311 - made-up data, the same every time
    point = near(rng, demo_unit(unit), 0.03)
    typed = {
        "category": sketch.category,
        "title": title,
        "body": f"{sketch.body}\n\n{_MADE_UP}",
        "address": f"{unit.full_name} (ข้อมูลสาธิต)",
        **dict(sketch.more),
    }
    if sketch.kind is not PublishedKind.PRODUCT or sketch.category == "SERVICE":
        typed |= {"latitude": point["lat"], "longitude": point["lon"]}
    if sketch.days is not None:
        first = bangkok_date(at) + timedelta(days=sketch.days + rng.randrange(_EVENT_DAYS))
        typed |= {"event_from": first.isoformat(), "event_to": (first + timedelta(days=sketch.lasts)).isoformat()}
    item = services.item_create(
        actor=RECORDER,
        at=begun,
        organisation_id=unit.organisation_id,
        kind=sketch.kind,
        typed=typed,
        pictures=_pictures(unit, sketch, title, begun),
        displayed=fate != _HIDDEN,
        confirmed=True,
    )
    _decide(item, fate, typed, begun)
    return True


def _decide(item: Item, fate: str, typed: dict[str, str], begun: datetime) -> None:
    """What the province says, and what the unit does then."""
    version_id, later = item.newest_id or 0, begun + timedelta(hours=23)
    if fate == _WAITS:
        return
    if fate == _GOES_BACK:
        reason = "โปรดระบุวัน เวลา และช่องทางติดต่อให้ชัดเจน"
        services.version_return(actor=OFFICER, at=later, version_id=version_id, reason=reason)
        return
    services.version_check(actor=OFFICER, at=later, version_id=version_id)
    if fate == _CHANGED:
        kept = (
            [PictureSaid(one.picture_id, one.alt) for one in item.newest.pictures.order_by("place")]
            if item.newest
            else []
        )
        changed = typed | {"body": f"ปรับเวลาเปิดเป็น 8.30–17.00 น.\n\n{typed['body']}"}
        services.item_change(
            actor=RECORDER, at=later + timedelta(days=2), item_id=item.pk, seen=1, typed=changed, pictures=kept,
            confirmed=True,
        )  # fmt: skip


def _pictures(unit: OrganisationVersion, sketch: Sketch, title: str, at: datetime) -> list[PictureSaid]:
    """A picture for each motif of the sketch, all sizes of it; the last of several stands upright."""
    said = []
    for place, motif in enumerate(sketch.motifs):
        upright = place > 0 and place == len(sketch.motifs) - 1
        content = picture_drawn(motif, f"{title} {place}", upright=upright)
        picture = services.picture_add(actor=RECORDER, at=at, organisation_id=unit.organisation_id, content=content)
        services.picture_sizes_make(picture=picture, at=at)
        said.append(PictureSaid(picture.pk, f"ภาพวาดประกอบ {title}" if place == 0 else f"ภาพวาดประกอบ {title} อีกมุมหนึ่ง"))
    return said
