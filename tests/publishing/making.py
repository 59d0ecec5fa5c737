"""Items for tests, made through the real services."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PIL import Image

from localgov.access.actor import Actor, system_actor
from localgov.access.roles import RoleCode
from localgov.organisations.models import Organisation
from localgov.publishing import services
from localgov.publishing.models import Item, Picture
from localgov.publishing.services import DocumentSaid, PictureSaid
from localgov.publishing.states import PublishedKind

WRITER = system_actor("ผู้บันทึกทดสอบ", RoleCode.RECORDER)
CHECKER = system_actor("สถจ. ทดสอบ", RoleCode.PROVINCE_OFFICER)

#: What a form of each kind brings at least.
TYPED: dict[PublishedKind, dict[str, str]] = {
    PublishedKind.NEWS: {"category": "ACTIVITY", "title": "งานวันลอยกระทง", "body": "ขอเชิญร่วมงานลอยกระทงริมน้ำ"},
    PublishedKind.PRODUCT: {"category": "FOOD", "title": "ข้าวหลามน้ำผึ้ง", "phone": "0-3721-1000"},
    PublishedKind.PLACE: {"category": "SACRED", "title": "วัดต้นโพธิ์", "phone": "0-3721-1000"},
}


def jpeg(colour: str = "teal", size: tuple[int, int] = (800, 600), **options: Any) -> bytes:
    """A JPEG of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG", **options)
    return written.getvalue()


def picture_made_for(unit: Organisation, at: datetime, *, colour: str = "teal", actor: Actor = WRITER) -> Picture:
    """A picture that the unit put in. Needs `settings.MEDIA_ROOT` in a folder of the test (fixture `media`)."""
    return services.picture_add(actor=actor, at=at, organisation_id=unit.pk, content=jpeg(colour))


#: The beginning by which a PDF is known.
PDF = b"%PDF-1.7 "


def document_made_for(
    unit: Organisation, at: datetime, *, name: str = "ประกาศ.pdf", content: bytes = PDF, actor: Actor = WRITER
) -> DocumentSaid:
    """A document that the unit put in, as its writer puts it into news. Needs `settings.MEDIA_ROOT` as a picture."""
    kept = services.document_add(actor=actor, at=at, organisation_id=unit.pk, name=name, content=content)
    return DocumentSaid(kept.pk, name.rpartition(".")[0])


def item_made(
    unit: Organisation,
    at: datetime,
    kind: PublishedKind = PublishedKind.NEWS,
    typed: Mapping[str, str] | None = None,
    *,
    colour: str = "teal",
    with_picture: bool | None = None,
    actor: Actor = WRITER,
    **options: Any,
) -> Item:
    """An item that waits for the province; `typed` goes over what a form of the kind brings. A place has a picture."""
    pictured = kind is PublishedKind.PLACE if with_picture is None else with_picture
    pictures = [PictureSaid(picture_made_for(unit, at, colour=colour).pk, "ภาพทดสอบ")] if pictured else []
    return services.item_create(
        actor=actor,
        at=at,
        organisation_id=unit.pk,
        kind=kind,
        typed=TYPED[kind] | dict(typed or {}),
        pictures=pictures,
        **options,
    )


def item_shown(
    unit: Organisation, at: datetime, kind: PublishedKind = PublishedKind.NEWS, *args: Any, **options: Any
) -> Item:
    """An item that the province has checked: the public sees it."""
    item = item_made(unit, at, kind, *args, **options)
    assert item.newest_id is not None
    return services.version_check(actor=CHECKER, at=at, version_id=item.newest_id)


def item_returned(
    unit: Organisation,
    at: datetime,
    kind: PublishedKind = PublishedKind.NEWS,
    *,
    reason: str = "โปรดเพิ่มรายละเอียด",
    **options: Any,
) -> Item:
    """An item that the province has sent back."""
    item = item_made(unit, at, kind, **options)
    assert item.newest_id is not None
    return services.version_return(actor=CHECKER, at=at, version_id=item.newest_id, reason=reason)
