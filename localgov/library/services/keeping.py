"""Keeping the download box: things are added, replaced by new versions, withdrawn; nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.roles import Seat
from localgov.audit import services as audit
from localgov.lib.refusals import Refusal
from localgov.library import policies
from localgov.library.models import DownloadItem, DownloadVersion, ItemKind
from localgov.notices import uploads


class ItemStale(Refusal):
    """Another version was put in after the keeper had opened the page."""


@dataclass(frozen=True)
class FileContent:
    """A file as it was sent; `source_sha256` where a command printed it from a text."""

    name: str
    content: bytes
    source_sha256: str = ""


@dataclass(frozen=True)
class VideoContent:
    """The parts of a video: title and https address of each."""

    parts: tuple[tuple[str, str], ...]


Content = FileContent | VideoContent


@transaction.atomic
def item_add(
    *,
    actor: Actor,
    at: datetime,
    kind: ItemKind,
    title: str,
    description: str,
    audience: Sequence[Seat],
    content: Content,
    code: str = "",
) -> DownloadItem:
    """Put a new thing into the box, with its first version.

    Raises:
        Denied: no right.
        uploads.NotAcceptable: too big, empty, or none of the kinds of file that the box takes.
    """
    policies.can_keep(actor).require()
    item = DownloadItem.objects.create(
        code=code, kind=kind, title=title, description=description, audience=_stored(audience), created_at=at
    )
    _put(item, content, number=1, change_note="", actor=actor, at=at)
    _tell("download.add", item, actor, at, version=1)
    return item


@transaction.atomic
def version_add(
    *, actor: Actor, at: datetime, item_id: int, seen: int, content: Content, change_note: str = ""
) -> DownloadItem:
    """Replace what a thing holds by a new version; the versions before stay readable.

    Raises:
        ItemStale: the newest version is no longer number `seen`.
        Denied, uploads.NotAcceptable: as `item_add`.
    """
    policies.can_keep(actor).require()
    item = _locked(item_id)
    newest = DownloadVersion.objects.filter(item=item).order_by("-number").first()
    number = newest.number if newest else 0
    if number != seen:
        raise ItemStale(f"มีผู้ใส่ฉบับที่ {number} ไปก่อนแล้ว โปรดตรวจดูฉบับล่าสุด แล้วส่งอีกครั้งหากยังต้องเปลี่ยน")
    _put(item, content, number=number + 1, change_note=change_note, actor=actor, at=at)
    _tell("download.replace", item, actor, at, version=number + 1, change_note=change_note)
    return item


@transaction.atomic
def item_change(
    *, actor: Actor, at: datetime, item_id: int, title: str, description: str, audience: Sequence[Seat]
) -> DownloadItem:
    """Change what a thing is called and for whom it is. Raises Denied without the right."""
    policies.can_keep(actor).require()
    item = _locked(item_id)
    item.title, item.description, item.audience = title, description, _stored(audience)
    item.save(update_fields=["title", "description", "audience"])
    _tell("download.change", item, actor, at, audience=item.audience)
    return item


@transaction.atomic
def item_withdraw(*, actor: Actor, at: datetime, item_id: int, withdrawn: bool) -> DownloadItem:
    """Take a thing out of the box, or put it back. Raises Denied without the right."""
    policies.can_keep(actor).require()
    item = _locked(item_id)
    if (item.withdrawn_at is not None) != withdrawn:
        item.withdrawn_at = at if withdrawn else None
        item.save(update_fields=["withdrawn_at"])
        _tell("download.withdraw" if withdrawn else "download.restore", item, actor, at)
    return item


def _locked(item_id: int) -> DownloadItem:
    return DownloadItem.objects.select_for_update(of=("self",)).get(pk=item_id)


def _stored(audience: Sequence[Seat]) -> list[str]:
    """In the order of the table of seats, each once."""
    return [seat.value for seat in Seat if seat in audience]


def _put(item: DownloadItem, content: Content, *, number: int, change_note: str, actor: Actor, at: datetime) -> None:
    version = DownloadVersion(
        item=item, number=number, change_note=change_note, added_by=actor.user_id, added_label=actor.label, at=at
    )
    if isinstance(content, VideoContent):
        version.parts = [{"title": title, "address": address} for title, address in content.parts]
    else:
        looked = uploads.look_at_paper(content.content)
        version.name = uploads.clean_name(content.name, looked.suffix)
        version.content_type, version.size = looked.content_type, len(looked.content)
        version.sha256 = hashlib.sha256(looked.content).hexdigest()
        version.source_sha256 = content.source_sha256
        version.file.save(f"{version.id.hex}{looked.suffix}", ContentFile(looked.content), save=False)
    version.save(force_insert=True)
    item.newest = version
    item.save(update_fields=["newest"])


def _tell(act: str, item: DownloadItem, actor: Actor, at: datetime, **data: object) -> None:
    audit.record(
        actor=actor, type=act, target_kind="download_item", target_id=item.pk, target_label=item.title, at=at, data=data
    )
