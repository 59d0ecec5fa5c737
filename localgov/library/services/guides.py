"""The product's own guides as the first content of the download box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.library.guides import COMMON, GUIDES, guide, guide_source
from localgov.library.models import DownloadItem, DownloadVersion, ItemKind
from localgov.library.paper import guide_pdf
from localgov.library.services.keeping import FileContent, item_add, version_add


@dataclass(frozen=True)
class GuidesLoaded:
    """Codes of the guides that were added, that got a new version, and that stand as they stood."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]


@transaction.atomic
def guides_load(*, actor: Actor, at: datetime) -> GuidesLoaded:
    """Print each guide and put it into the box: a new thing, a new version where its text or pictures changed, or nothing.

    A version that the Department put over a guide stays on top until the guide itself changes. Raises Denied without the right.
    """
    with connection.cursor() as cursor:  # two commands at once: the second waits, then finds everything there
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('library guides'))")
    known = {item.code: item for item in DownloadItem.objects.select_related("newest").exclude(code="")}
    done: dict[str, list[str]] = {"added": [], "replaced": [], "unchanged": []}
    for code, seats in GUIDES.items():
        if code == COMMON:
            continue
        source = guide_source(code)
        item = known.get(f"guide-{code}")
        if item is None:
            item_add(
                actor=actor, at=at, kind=ItemKind.MANUAL, title=f"คู่มือการใช้งาน INFO: {guide(code).title}",
                description="คู่มือของระบบ พร้อมภาพหน้าจอ", audience=seats, content=_printed(code, source, at),
                code=f"guide-{code}",
            )  # fmt: skip
            done["added"].append(code)
        elif DownloadVersion.objects.filter(item=item, source_sha256=source).exists():
            done["unchanged"].append(code)
        else:
            version_add(
                actor=actor, at=at, item_id=item.pk, seen=item.newest.number if item.newest else 0,
                content=_printed(code, source, at), change_note="ปรับตามระบบรุ่นใหม่",
            )  # fmt: skip
            done["replaced"].append(code)
    return GuidesLoaded(**{word: tuple(codes) for word, codes in done.items()})


def _printed(code: str, source: str, at: datetime) -> FileContent:
    return FileContent(f"INFO-{code}.pdf", guide_pdf(code, at=at), source)
