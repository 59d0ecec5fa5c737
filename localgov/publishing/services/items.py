"""Writing what a unit publishes: every change is a new version that waits for the province, the shown one stays up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.audit import services as audit
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import bangkok_date, fiscal_year_of
from localgov.lib.thai_text import clean_line, search_text
from localgov.organisations.models import OrganisationVersion
from localgov.publishing import contents, documents, policies
from localgov.publishing.contents import Content, NotComplete, Typed
from localgov.publishing.models import Document, Item, ItemVersion, Picture, VersionDocument, VersionPicture
from localgov.publishing.personal import Found
from localgov.publishing.selectors.units import unit_in_force
from localgov.publishing.states import PublishedKind

#: Pictures of one item.
MOST_PICTURES: Final = 10
#: A deleted item can be taken back for so long.
UNDO_WITHIN: Final = timedelta(days=30)


class OutOfDate(Refusal):
    """Somebody wrote a version after the writer had opened the page: nothing was overwritten."""


class NotConfirmed(Refusal):
    """Telephone numbers or names stand in the text and the writer has not confirmed them; `found` has them all."""

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__("พบเบอร์โทรศัพท์เคลื่อนที่หรือชื่อบุคคลในข้อความที่จะเผยแพร่ โปรดตรวจสอบและยืนยันก่อนบันทึก")
        self.found = tuple(found)


@dataclass(frozen=True)
class PictureSaid:
    """A picture of an item as its writer put it there: which, and what it shows (alternative text)."""

    picture_id: int
    alt: str


@dataclass(frozen=True)
class DocumentSaid:
    """A document of a piece of news as its writer put it there: which, and what readers see as its name."""

    document_id: int
    name: str


@dataclass(frozen=True)
class Attached:
    """What stands in an item beside its fields, in order."""

    pictures: Sequence[PictureSaid]
    documents: Sequence[DocumentSaid]


@transaction.atomic
def item_create(
    *,
    actor: Actor,
    at: datetime,
    organisation_id: int,
    kind: PublishedKind,
    typed: Typed,
    pictures: Sequence[PictureSaid] = (),
    documents: Sequence[DocumentSaid] = (),
    displayed: bool = True,
    confirmed: bool = False,
) -> Item:
    """Enter a new item; it waits for the province's check. `typed`: text by field, see `contents.FIELDS`.

    Raises:
        Denied: the actor is no recorder of the unit, or the unit is no more.
        NotComplete: fields that can't be kept, each with its sentence.
        NotConfirmed: numbers or names in the text that were not confirmed.
    """
    unit = unit_for(organisation_id=organisation_id, at=at)
    policies.can_record(actor, unit).require()
    content, said = _read(kind, typed, Attached(pictures, documents), unit, confirmed=confirmed)
    item = Item.objects.create(
        organisation_id=organisation_id, kind=kind, displayed=displayed, created_at=at, fiscal_year_be=_year(at)
    )
    _write(item, content, said, number=1, confirmed=confirmed, actor=actor, at=at)
    tell("item.create", item, unit, content.title, actor, at, version=1, displayed=displayed)
    return item


@transaction.atomic
def item_change(
    *,
    actor: Actor,
    at: datetime,
    item_id: int,
    seen: int,
    typed: Typed,
    pictures: Sequence[PictureSaid] = (),
    documents: Sequence[DocumentSaid] = (),
    displayed: bool = True,
    confirmed: bool = False,
) -> Item:
    """Write the next version of an item and set whether it is displayed; the same content again writes no version.

    Raises:
        OutOfDate: the newest version is no longer number `seen`.
        Denied, NotComplete, NotConfirmed: as `item_create`; an item that was deleted is Denied.
    """
    item, unit = item_locked(item_id=item_id, at=at)
    policies.can_record(actor, unit).require()
    newest = newest_of(item)
    if newest.number != seen:
        raise OutOfDate(
            f"{newest.actor_label} บันทึกฉบับที่ {newest.number} ไว้แล้วระหว่างที่ท่านเปิดหน้านี้ สิ่งที่ท่านกรอกยังไม่ได้บันทึก "
            "โปรดตรวจฉบับล่าสุด แล้วบันทึกอีกครั้งหากยังต้องการเปลี่ยน"
        )
    content, said = _read(PublishedKind(item.kind), typed, Attached(pictures, documents), unit, confirmed=confirmed)
    if displayed != item.displayed:
        _display(item, unit, content.title, displayed, actor, at)
    if content != contents.content_of(newest) or said != _attached_to(newest):
        _write(item, content, said, number=newest.number + 1, confirmed=confirmed, actor=actor, at=at)
        tell("item.change", item, unit, content.title, actor, at, version=newest.number + 1)
    return item


@transaction.atomic
def item_display(*, actor: Actor, at: datetime, item_id: int, displayed: bool) -> Item:
    """Set สถานะการแสดง: the unit's own word whether the public sees it (R6.4). Raises Denied."""
    item, unit = item_locked(item_id=item_id, at=at)
    policies.can_record(actor, unit).require()
    if item.displayed != displayed:
        _display(item, unit, newest_of(item).title, displayed, actor, at)
    return item


@transaction.atomic
def item_delete(*, actor: Actor, at: datetime, item_id: int) -> Item:
    """Delete an item: gone for the public at once, purged after `UNDO_WITHIN`. Raises Denied."""
    item, unit = item_locked(item_id=item_id, at=at)
    policies.can_record(actor, unit).require()
    item.deleted_at, item.deleted_by, item.deleted_label = at, actor.user_id, actor.label
    item.save(update_fields=["deleted_at", "deleted_by", "deleted_label"])
    tell("item.delete", item, unit, newest_of(item).title, actor, at)
    return item


@transaction.atomic
def item_restore(*, actor: Actor, at: datetime, item_id: int) -> Item:
    """Take a deleted item back as it was: shown again if it was shown. Raises Denied, after `UNDO_WITHIN` too."""
    item, unit = item_locked(item_id=item_id, at=at, deleted=True)
    policies.can_record(actor, unit).require()
    if item.deleted_at is not None and at >= item.deleted_at + UNDO_WITHIN:
        raise Denied(f"ลบไปเกิน {UNDO_WITHIN.days} วันแล้ว จึงคืนรายการไม่ได้")
    item.deleted_at, item.deleted_by, item.deleted_label = None, None, ""
    item.save(update_fields=["deleted_at", "deleted_by", "deleted_label"])
    tell("item.restore", item, unit, newest_of(item).title, actor, at)
    return item


def item_locked(*, item_id: int, at: datetime, deleted: bool = False) -> tuple[Item, OrganisationVersion]:
    """An item that nobody else writes meanwhile, and its unit. Raises Denied for one that is (or is not) deleted."""
    item = Item.objects.select_for_update(of=("self",)).get(pk=item_id)
    if (item.deleted_at is not None) != deleted:
        raise Denied("รายการนี้ไม่ได้ถูกลบ" if deleted else "รายการนี้ถูกลบแล้ว")
    return item, unit_for(organisation_id=item.organisation_id, at=at)


def unit_for(*, organisation_id: int, at: datetime) -> OrganisationVersion:
    """The unit on that day. Raises Denied where it is no more."""
    unit = unit_in_force(organisation_id=organisation_id, on=bangkok_date(at))
    if unit is None:
        raise Denied("อปท. นี้สิ้นสภาพแล้ว จึงบันทึกไม่ได้")
    return unit


def newest_of(item: Item) -> ItemVersion:
    """The version written last; every item has one."""
    return ItemVersion.objects.get(newest_of=item)


def tell(
    act: str, item: Item, unit: OrganisationVersion, title: str, actor: Actor, at: datetime, **data: object
) -> None:
    """Put an act on an item into the record."""
    permission = Permission.PUBLISH_CHECK if act.startswith("item.check") else Permission.PUBLISH_RECORD
    audit.record(
        actor=actor,
        type=act,
        role=actor.role_for(permission, at=unit.path) or "",
        target_kind="item",
        target_id=item.pk,
        target_label=f"{item.get_kind_display()}: {title}",
        path=unit.path,
        at=at,
        data={"kind": item.kind, **data},
    )


def _display(item: Item, unit: OrganisationVersion, title: str, displayed: bool, actor: Actor, at: datetime) -> None:
    item.displayed = displayed
    item.save(update_fields=["displayed"])
    tell("item.display" if displayed else "item.hide", item, unit, title, actor, at)


def _read(
    kind: PublishedKind, typed: Typed, attached: Attached, unit: OrganisationVersion, *, confirmed: bool
) -> tuple[Content, Attached]:
    """What is kept of what was said. Raises `NotComplete`, `NotConfirmed`."""
    errors: dict[str, str] = {}
    content = Content()
    try:
        content = contents.read(kind, typed, province_code=unit.province_code)
    except NotComplete as refusal:
        errors = refusal.errors
    said = Attached(
        [PictureSaid(one.picture_id, clean_line(one.alt)) for one in attached.pictures],
        [DocumentSaid(one.document_id, clean_line(one.name)) for one in attached.documents],
    )
    if trouble := _trouble_with(kind, said.pictures, unit):
        errors["pictures"] = trouble
    if trouble := _trouble_with_documents(kind, said.documents, unit):
        errors["documents"] = trouble
    if errors:
        raise NotComplete(errors)
    if not confirmed and (found := contents.personal_in(content, [one.name for one in said.documents])):
        raise NotConfirmed(found)
    return content, said


def _attached_to(version: ItemVersion) -> Attached:
    """The pictures and documents of a version, as its writer put them there."""
    return Attached(
        [PictureSaid(one.picture_id, one.alt) for one in version.pictures.order_by("place")],
        [DocumentSaid(one.document_id, one.name) for one in version.documents.order_by("place")],
    )


def _trouble_with(kind: PublishedKind, said: Sequence[PictureSaid], unit: OrganisationVersion) -> str:
    """Why the pictures can't be kept, empty when they can."""
    if kind is PublishedKind.PLACE and not said:
        return "โปรดแนบรูปสถานที่สำคัญอย่างน้อย 1 รูป"
    if len(said) > MOST_PICTURES:
        return f"แนบรูปได้ไม่เกิน {MOST_PICTURES} รูป"
    chosen = {one.picture_id for one in said}
    known = Picture.objects.filter(organisation_id=unit.organisation_id, pk__in=chosen).count()
    if len(chosen) != len(said) or known != len(said):
        return "รูปบางรูปไม่อยู่ในระบบแล้ว โปรดนำออกและแนบใหม่"
    for place, one in enumerate(said, start=1):
        if not one.alt:
            return f"โปรดเขียนคำบรรยายของรูปที่ {place} สำหรับผู้ที่มองไม่เห็นภาพ"
        if len(one.alt) > 200:
            return f"คำบรรยายของรูปที่ {place} ยาวเกินไป ใช้ได้ไม่เกิน 200 ตัวอักษร"
    return ""


def _trouble_with_documents(kind: PublishedKind, said: Sequence[DocumentSaid], unit: OrganisationVersion) -> str:
    """Why the documents can't be kept, empty when they can."""
    if said and kind is not PublishedKind.NEWS:
        return "แนบเอกสารได้เฉพาะข่าวประชาสัมพันธ์"
    if len(said) > documents.MOST:
        return f"แนบเอกสารได้ไม่เกิน {documents.MOST} ไฟล์"
    chosen = {one.document_id for one in said}
    known = Document.objects.filter(organisation_id=unit.organisation_id, pk__in=chosen).count() if chosen else 0
    if len(chosen) != len(said) or known != len(said):
        return "เอกสารบางไฟล์ไม่อยู่ในระบบแล้ว โปรดนำออกและแนบใหม่"
    for place, one in enumerate(said, start=1):
        if not one.name:
            return f"โปรดเขียนชื่อของเอกสารที่ {place}"
        if len(one.name) > documents.LONGEST_NAME:
            return f"ชื่อของเอกสารที่ {place} ยาวเกินไป ใช้ได้ไม่เกิน {documents.LONGEST_NAME} ตัวอักษร"
    return ""


def _write(
    item: Item,
    content: Content,
    said: Attached,
    *,
    number: int,
    confirmed: bool,
    actor: Actor,
    at: datetime,
) -> None:
    texts = (content.title, content.body, content.producer, content.address)
    version = ItemVersion.objects.create(
        item=item,
        number=number,
        kind=item.kind,
        confirmed=confirmed,
        search_text=search_text(" ".join(texts)),
        fiscal_year_be=_year(at),
        actor_id=actor.user_id,
        actor_label=actor.label,
        at=at,
        **content.fields(),
    )
    VersionPicture.objects.bulk_create(
        VersionPicture(version=version, picture_id=one.picture_id, place=place, alt=one.alt)
        for place, one in enumerate(said.pictures, start=1)
    )
    VersionDocument.objects.bulk_create(
        VersionDocument(version=version, document_id=one.document_id, place=place, name=one.name)
        for place, one in enumerate(said.documents, start=1)
    )
    item.newest = version
    item.save(update_fields=["newest"])


def _year(at: datetime) -> int:
    return fiscal_year_of(bangkok_date(at))
