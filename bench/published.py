"""What the public pages of the bench's country show: its certified figures, and its news, products and places by COPY.

python -m bench.published UNITS     gives so many units their share of the country's items; the database is DATABASE_OWNER_URL

Counts are those that the issue “The public face” expects of the whole country. No picture has a file: only its row is read.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg
from psycopg import sql

from bench.country import OPEN_YEAR, STATES, YEAR
from bench.stage import Connection

#: Of the 7,849 units.
COUNTRY_PLACES, COUNTRY_PRODUCTS, COUNTRY_NEWS = 26_000, 8_000, 20_000
#: One of so many waits for the province's check, the rest are shown.
_WAITS_EACH = 25
_SINCE_DAYS = 300
_PHONE = "0-2555-0100"
_MORE = (
    "เดินทางได้ทั้งรถยนต์ส่วนตัวและรถโดยสารประจำทางจากตัวจังหวัด มีที่จอดรถ ห้องน้ำสาธารณะ และทางลาดสำหรับผู้ใช้เก้าอี้รถเข็น",
    "ชุมชนร่วมกันดูแลความสะอาดและความปลอดภัย ผู้มาเยือนควรแต่งกายสุภาพ ไม่ส่งเสียงดัง และนำขยะกลับไปทิ้งที่จุดคัดแยก",
    "ช่วงที่เหมาะที่สุดคือเดือนพฤศจิกายนถึงกุมภาพันธ์ อากาศเย็นสบาย ในฤดูฝนควรสอบถามสภาพเส้นทางก่อนออกเดินทาง",
    "กลุ่มอาชีพในพื้นที่จำหน่ายผลิตภัณฑ์ทำมือ อาหารพื้นบ้าน และผลไม้ตามฤดูกาล รายได้ส่วนหนึ่งเข้ากองทุนสวัสดิการชุมชน",
    "ผู้ที่มาเป็นหมู่คณะแจ้งล่วงหน้าอย่างน้อยเจ็ดวัน จะมีปราชญ์ชาวบ้านบรรยายประวัติความเป็นมาและสาธิตวิถีชีวิตดั้งเดิมให้ชม",
)
_BLANK = dict.fromkeys(
    ("phone", "email", "url", "facebook", "twitter", "google", "contact", "producer", "price_unit", "how_to_order"), ""
) | dict.fromkeys(("latitude", "longitude", "event_from", "event_to", "price_from", "price_to"))
Row = dict[str, Any]


def figures_certify(owner: Connection) -> None:
    """The figures of the units that stand certified by both levels, as the last certifying would have written them."""
    certified = [place for place, status in enumerate(STATES) if status == "CERTIFIED_PROVINCE"]
    owner.execute(
        "INSERT INTO figures_figure (fiscal_year_be, organisation_id, question, stage, number, choice, missing)"
        " SELECT f.fiscal_year_be, f.organisation_id, f.question, 'PROVINCE', f.number, f.choice, f.missing"
        " FROM figures_figure f JOIN rounds_rosterentry e ON e.organisation_id = f.organisation_id"
        " JOIN rounds_round r ON r.id = e.round_id AND r.fiscal_year_be = f.fiscal_year_be"
        " WHERE f.stage = 'RECORDED' AND f.fiscal_year_be = %(year)s AND e.id %% %(states)s = ANY(%(certified)s) ORDER BY f.id",
        {"year": YEAR, "states": len(STATES), "certified": certified},
    )
    owner.execute("VACUUM ANALYZE figures_figure")


def items_make(owner: Connection, rows: Iterator[tuple[Row, Row, Row]]) -> int:
    """Put items, their versions and pictures there; returns how many. `owner` is in no autocommit.

    The database's own triggers check every item; the record of row changes is left out, and tallies are summed at the end.
    """
    quiet = ("publishing_item", "publishing_itemversion", "publishing_picture", "publishing_versionpicture")
    _triggers(owner, quiet, "DISABLE")
    items, versions, pictures = (list(some) for some in zip(*rows, strict=True))
    _copy(owner, "publishing_itemversion", versions)  # its foreign key to the item waits for the end of the transaction
    _copy(owner, "publishing_item", items)
    used = ("id", "version_id", "picture_id", "place", "alt")
    own = [{key: value for key, value in picture.items() if key not in used[1:]} for picture in pictures]
    _copy(owner, "publishing_picture", own)
    _copy(owner, "publishing_versionpicture", [{key: picture[key] for key in used} for picture in pictures])
    owner.execute(
        "INSERT INTO publishing_entrytally (organisation_id, kind, fiscal_year_be, entered)"
        " SELECT organisation_id, kind, fiscal_year_be, count(*) FROM publishing_item GROUP BY 1, 2, 3"
    )
    owner.commit()
    _triggers(owner, quiet, "ENABLE")
    owner.commit()
    owner.autocommit = True
    owner.execute("VACUUM ANALYZE")
    return len(items)


def _triggers(owner: Connection, tables: Sequence[str], word: str) -> None:
    for table in tables:
        owner.execute(sql.SQL(f"ALTER TABLE {{}} {word} TRIGGER audit_insert").format(sql.Identifier(table)))
    owner.execute(sql.SQL(f"ALTER TABLE publishing_item {word} TRIGGER tally_entered"))


def _copy(owner: Connection, table: str, rows: Sequence[Row]) -> None:
    """Rows with ids of their own, and the sequence behind them moved on."""
    names = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with owner.cursor() as cursor, cursor.copy(query) as copy:
        for row in rows:
            copy.write_row(list(row.values()))
    owner.execute(
        sql.SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {}").format(sql.Identifier(table)),
        [table],
    )


def rows_of(units: Sequence[Any], *, roster: int, first: int, at: datetime) -> Iterator[tuple[Row, Row, Row]]:
    """Item, version and picture of each of the units' share, numbered from `first`; `units` are versions of the register."""
    from localgov.lib.thai_text import search_text
    from localgov.publishing.states import PublishedKind
    from localgov.web.demo.places import demo_unit
    from localgov.web.demo.published import NEWS, PLACES, PRODUCTS

    sketches = {PublishedKind.PLACE: PLACES, PublishedKind.PRODUCT: PRODUCTS, PublishedKind.NEWS: NEWS}
    counts = {
        PublishedKind.PLACE: COUNTRY_PLACES, PublishedKind.PRODUCT: COUNTRY_PRODUCTS, PublishedKind.NEWS: COUNTRY_NEWS,
    }  # fmt: skip
    where = [demo_unit(unit) for unit in units]
    searched: dict[str, str] = {}
    number = first
    for kind, count in counts.items():
        for turn in range(max(1, count * len(units) // roster)):
            unit, sketch = units[turn % len(units)], sketches[kind][turn % len(sketches[kind])]
            rng = Random(number)  # noqa: S311 - made-up data, the same every time
            version = _version(number, unit, sketch, where[turn % len(units)], rng, at)
            body = version["body"]
            if body not in searched:
                searched[body] = search_text(body)
            version["search_text"] = f"{search_text(version['title'])} {searched[body]}"
            yield _item(number, unit, version), version, _picture(number, unit, version)
            number += 1


def _version(number: int, unit: Any, sketch: Any, where: Any, rng: Random, at: datetime) -> Row:
    """One checked writing (or one that waits), with as much text as units write."""
    from localgov.web.demo.places import near

    written = at - timedelta(minutes=rng.randrange(120, _SINCE_DAYS * 24 * 60))
    more = "\n\n".join(_MORE[(number + step) % len(_MORE)] for step in range(4))
    waits = number % _WAITS_EACH == 0
    row: Row = {
        "id": number, "item_id": number, "number": 1, "kind": str(sketch.kind), "category": sketch.category,
        "title": f"{sketch.title.format(name=unit.name)} แห่งที่ {number}", "body": f"{sketch.body}\n\n{more}",
        **_BLANK, "address": unit.full_name, "confirmed": True, "search_text": "", "fiscal_year_be": OPEN_YEAR,
        "actor_id": None, "actor_label": "ผู้บันทึก (ทดสอบความเร็ว)", "at": written, "reason": "",
        "check_state": "WAITING" if waits else "CHECKED", "checked_by": None,
        "checked_label": "" if waits else "เจ้าหน้าที่ สถจ. (ทดสอบความเร็ว)",
        "checked_at": None if waits else written + timedelta(hours=1),
    }  # fmt: skip
    row |= dict(sketch.more)
    if sketch.kind == "NEWS":
        row["contact"] = "ที่ทำการของ อปท."
        if sketch.days is not None:
            row["event_from"] = at.date() + timedelta(days=rng.randrange(-60, 60))
            row["event_to"] = row["event_from"] + timedelta(days=sketch.lasts)
    else:
        row["phone"] = _PHONE
    if sketch.kind == "PLACE":
        point = near(rng, where, 0.03)
        row["latitude"], row["longitude"] = point["lat"], point["lon"]
    return row


def _item(number: int, unit: Any, version: Row) -> Row:
    shown = version["check_state"] == "CHECKED"
    return {
        "id": number, "organisation_id": unit.organisation_id, "kind": version["kind"], "displayed": True,
        "newest_id": number, "shown_id": number if shown else None, "shown_at": version["checked_at"],
        "fiscal_year_be": version["fiscal_year_be"], "created_at": version["at"], "deleted_label": "",
    }  # fmt: skip


def _picture(number: int, unit: Any, version: Row) -> Row:
    """The picture and its use in the version, under one number."""
    return {
        "id": number, "organisation_id": unit.organisation_id, "sha256": hashlib.sha256(b"%d" % number).hexdigest(),
        "width": 640, "height": 480, "uploaded_label": version["actor_label"], "at": version["at"],
        "thumbs_at": version["at"], "version_id": number, "picture_id": number, "place": 1, "alt": version["title"],
    }  # fmt: skip


def main() -> int:
    """Certify the figures, make the items."""
    import django

    django.setup()
    from django.utils import timezone

    from bench.world import roster
    from localgov.organisations.models import OrganisationVersion

    entries = roster(YEAR)
    wanted = [entry.organisation_id for entry in entries[: int(sys.argv[1])]]
    versions = {
        one.organisation_id: one
        for one in OrganisationVersion.objects.in_force(timezone.localdate())
        .filter(organisation_id__in=wanted)
        .select_related("organisation")
    }
    units = [versions[one] for one in wanted if one in versions]
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        figures_certify(owner)
        owner.autocommit = False
        row = owner.execute(
            "SELECT greatest((SELECT max(id) FROM publishing_item), (SELECT max(id) FROM publishing_itemversion),"
            " (SELECT max(id) FROM publishing_picture), (SELECT max(id) FROM publishing_versionpicture), 0) + 1"
        ).fetchone()
        first = int(row[0]) if row else 1
        made = items_make(owner, rows_of(units, roster=len(entries), first=first, at=timezone.now()))
    sys.stdout.write(f"{made}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
