"""Acts, batches, steps, certificates and their ends as entries of one story, of a filing or of a person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet, Value
from django.utils.text import Truncator

from localgov.access.roles import ROLES
from localgov.audit.models import Event
from localgov.certification.models import Certificate, Lapse
from localgov.filings import showing
from localgov.filings.models import Change, Filing, StepTaken, Via
from localgov.filings.states import Action
from localgov.forms import selectors as forms
from localgov.forms.engine.model import Form
from localgov.inspection.acts import act_name
from localgov.inspection.models import Link
from localgov.lib.thai_calendar import bangkok_day_end, bangkok_day_start
from localgov.rounds.models import RosterEntry

_MOST_ITEMS = 3
_MOST_LETTERS = 300
_ROLE_NAMES = {code.value: role.name for code, role in ROLES.items()}


@dataclass(frozen=True)
class Entry:
    """One line: when it was recorded, what it was, by whom, where, with its number and its place in the chain."""

    kind: str
    pk: int
    recorded_at: datetime
    at: datetime
    what: str
    detail: str
    who: str
    actor_id: int | None
    role: str
    unit: str = ""
    domain: str = ""
    fiscal_year: int | None = None
    unit_code: str = ""
    number: str = ""
    position: int | None = None
    hash: str = ""


#: Kinds in the order in which they stand within one moment: what is written later in a transaction comes later.
KINDS: dict[str, str] = {
    "ANSWERS": "บันทึกคำตอบ",
    "STEP": "ขั้นตอน",
    "CERTIFICATE": "ใบรับรอง",
    "LAPSE": "การสิ้นผลของใบรับรอง",
    "ACT": "การกระทำอื่น",
}
_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


class Entries:
    """A `Keyset` over several tables: each gives its next few rows, the newest of all are shown."""

    def __init__(self, branches: Mapping[str, QuerySet[Any]]) -> None:
        self.branches = branches

    def key_of(self, row: Entry) -> str:
        """`<microseconds>-<kind>-<id>`."""
        return f"{_microseconds(row.recorded_at)}-{row.kind}-{row.pk}"

    def is_key(self, text: str) -> bool:
        """Whether a text of an address is such a key."""
        parts = text.split("-")
        numbers = [parts[0], parts[-1]]
        return (
            len(parts) == 3 and parts[1] in _RANKS and all(n.isascii() and n.isdigit() and len(n) < 18 for n in numbers)
        )

    def older(self, than: str, limit: int) -> Sequence[Entry]:
        """The next entries after a key, newest first."""
        return self._near(than, limit, older=True)

    def newer(self, than: str, limit: int) -> Sequence[Entry]:
        """The entries just before a key, newest first."""
        return list(reversed(self._near(than, limit, older=False)))

    def count(self, limit: int) -> int:
        """All tables together, each counted no further than needed."""
        total = 0
        for rows in self.branches.values():
            total += rows.order_by()[: limit - total].count() if total < limit else 0
        return total

    def _near(self, key: str, limit: int, *, older: bool) -> list[Entry]:
        parts: list[QuerySet[Any, Any]] = []
        sign = "-" if older else ""
        for kind, rows in self.branches.items():
            beyond = rows.filter(_beyond(kind, key, older=older)) if key else rows
            ordered = beyond.order_by(f"{sign}recorded_at", f"{sign}pk")[:limit]
            parts.append(ordered.values_list("recorded_at", Value(_RANKS[kind]), "pk"))
        if not parts:
            return []
        keys = sorted((key for part in parts for key in part), reverse=older)[:limit]
        return _entries(keys)


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def _beyond(kind: str, key: str, *, older: bool) -> Q:
    micro, key_kind, pk = key.split("-")
    moment = datetime.fromtimestamp(int(micro) // 1_000_000).astimezone().replace(microsecond=int(micro) % 1_000_000)
    rank, key_rank = _RANKS[kind], _RANKS[key_kind]
    word = "lt" if older else "gt"
    if rank == key_rank:
        return Q(**{f"recorded_at__{word}": moment}) | Q(recorded_at=moment, **{f"pk__{word}": int(pk)})
    same = rank < key_rank if older else rank > key_rank
    return Q(**{f"recorded_at__{word}{'e' if same else ''}": moment})


def of_filing(filing: Filing, search: Mapping[str, Any]) -> Entries:
    """Everything that happened to a filing."""
    changes: QuerySet[Any] = Change.objects.filter(filing=filing)
    steps: QuerySet[Any] = StepTaken.objects.filter(sheet__filing=filing)
    certificates: QuerySet[Any] = Certificate.objects.filter(sheet__filing=filing)
    lapses: QuerySet[Any] = Lapse.objects.filter(certificate__sheet__filing=filing)
    if section := search.get("section"):
        changes, steps = changes.filter(sheet__section=section), steps.filter(sheet__section=section)
        certificates = certificates.filter(sheet__section=section)
        lapses = lapses.filter(certificate__sheet__section=section)
    if who := (search.get("who") or "").strip():
        changes, steps = changes.filter(actor_label__icontains=who), steps.filter(actor_label__icontains=who)
        certificates, lapses = (
            certificates.filter(signer_name__icontains=who),
            lapses.filter(actor_label__icontains=who),
        )
    branches = {"ANSWERS": changes, "STEP": steps, "CERTIFICATE": certificates, "LAPSE": lapses}
    return Entries(_narrowed(branches, search))


def of_person(user_id: int, search: Mapping[str, Any], *, scopes: Iterable[str] | None = None) -> Entries:
    """Everything that a person did; with `scopes`, only what concerns places under them or no place at all."""
    acts: QuerySet[Any] = Event.objects.filter(actor_id=user_id)
    changes: QuerySet[Any] = Change.objects.filter(actor_id=user_id)
    steps: QuerySet[Any] = StepTaken.objects.filter(actor_id=user_id)
    if scopes is not None:
        scopes = tuple(scopes)
        acts = acts.filter(under(scopes, "path") | Q(path=""))
        changes = changes.filter(under(scopes, "filing__roster_entry__path"))
        steps = steps.filter(under(scopes, "sheet__filing__roster_entry__path"))
    return Entries(_narrowed({"ACT": acts, "ANSWERS": changes, "STEP": steps}, search))


def under(scopes: Iterable[str], field: str) -> Q:
    """Rows whose path lies under one of the scopes; under none of none."""
    condition = Q(pk__in=[])
    for scope in scopes:
        condition |= Q(**{f"{field}__startswith": scope})
    return condition


def within(rows: QuerySet[Any], search: Mapping[str, Any]) -> QuerySet[Any]:
    """Rows recorded from a day to the end of another."""
    first, last = search.get("first"), search.get("last")
    if isinstance(first, date):
        rows = rows.filter(recorded_at__gte=bangkok_day_start(first))
    if isinstance(last, date):
        rows = rows.filter(recorded_at__lt=bangkok_day_end(last))
    return rows


def _narrowed(branches: Mapping[str, QuerySet[Any]], search: Mapping[str, Any]) -> dict[str, QuerySet[Any]]:
    wanted = search.get("kind")
    return {kind: within(rows, search) for kind, rows in branches.items() if not wanted or kind == wanted}


# --- from keys to lines ----------------------------------------------------------------------------------------------

_PLACE = "filing__roster_entry__round"
_RELATED: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "ANSWERS": (Change, ("sheet", _PLACE)),
    "STEP": (StepTaken, (f"sheet__{_PLACE}",)),
    "CERTIFICATE": (Certificate, (f"sheet__{_PLACE}",)),
    "LAPSE": (Lapse, (f"certificate__sheet__{_PLACE}",)),
    "ACT": (Event, ()),
}


def _entries(keys: Sequence[tuple[datetime, int, int]]) -> list[Entry]:
    kinds = list(KINDS)
    ids: dict[str, list[int]] = {}
    for _, rank, pk in keys:
        ids.setdefault(kinds[rank], []).append(pk)
    rows = {(kind, pk): row for kind, pks in ids.items() for pk, row in _loaded(kind, pks).items()}
    links = _links({kind: pks for kind, pks in ids.items() if kind in Link.Kind.values})
    return [_entry(kinds[rank], rows[kinds[rank], pk], links.get((kinds[rank], pk))) for _, rank, pk in keys]


def _loaded(kind: str, pks: Sequence[int]) -> dict[int, Any]:
    model, related = _RELATED[kind]
    rows = model._default_manager.select_related(*related) if related else model._default_manager.all()
    if kind == "CERTIFICATE":
        rows = rows.defer("snapshot", "declaration")
    if kind == "LAPSE":
        rows = rows.defer("certificate__snapshot", "certificate__declaration")
    return rows.in_bulk(pks)


def _links(ids: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], Link]:
    condition = Q(pk__in=[])
    for kind, pks in ids.items():
        condition |= Q(kind=kind, row_id__in=pks)
    return {(link.kind, link.row_id): link for link in Link.objects.filter(condition).defer("content")} if ids else {}


def _entry(kind: str, row: Any, link: Link | None) -> Entry:
    if kind == "ACT":
        return act_entry(row)
    if kind == "ANSWERS":
        return _change_entry(row)
    sheet = row.certificate.sheet if kind == "LAPSE" else row.sheet
    place = {"position": link.position, "hash": link.hash} if link else {}
    common = {"kind": kind, "pk": row.pk, "recorded_at": row.recorded_at, "at": row.at, **_of_sheet(sheet), **place}
    if kind == "STEP":
        order = f"คำสั่งเลขที่ {row.order_number} " if row.order_number else ""
        return Entry(
            what=Action(row.action).label, detail=f"{order}{row.note}", who=row.actor_label, actor_id=row.actor_id,
            role=row.position_title or role_name(row.role), **common,
        )  # fmt: skip
    if kind == "CERTIFICATE":
        return Entry(
            what=f"ออกใบรับรอง{row.get_level_display()}", detail=f"SHA-256 {row.sha256}", who=row.signer_name,
            actor_id=row.signer_id, role=row.signer_position, number=row.number, **common,
        )  # fmt: skip
    return Entry(
        what=f"ใบรับรองสิ้นผล: {row.get_kind_display()}", detail=row.reason, who=row.actor_label, actor_id=row.actor_id,
        role="", number=row.certificate.number, **common,
    )  # fmt: skip


def act_entry(event: Event) -> Entry:
    """An act that is no answer."""
    return Entry(
        kind="ACT",
        pk=event.pk,
        recorded_at=event.recorded_at,
        at=event.at,
        what=act_name(event.type),
        detail=data_text(event.data),
        who=event.actor_label,
        actor_id=event.actor_id,
        role=role_name(event.role),
        unit=event.target_label,
    )


def _change_entry(change: Change) -> Entry:
    form = forms.compiled(change.filing.roster_entry.round.form_version_id)
    return Entry(
        kind="ANSWERS",
        pk=change.pk,
        recorded_at=change.recorded_at,
        at=change.at,
        what=f"บันทึก {len(change.items):,} รายการ ({Via(change.via).label})",
        detail=items_text(form, change.items),
        who=change.actor_label,
        actor_id=change.actor_id,
        role=role_name(change.role),
        number=change.receipt,
        position=change.position,
        hash=change.hash,
        **_of_sheet(change.sheet, change.filing),
    )


def _of_sheet(sheet: Any, filing: Filing | None = None) -> dict[str, Any]:
    entry: RosterEntry = (filing or sheet.filing).roster_entry
    form = forms.compiled(entry.round.form_version_id)
    revision = f" ฉบับที่ {sheet.revision}" if sheet.revision > 1 else ""
    label = form.sheets[sheet.section].label if sheet.section in form.sheets else sheet.section
    return {
        "unit": entry.full_name,
        "unit_code": entry.code,
        "fiscal_year": entry.round.fiscal_year_be,
        "domain": f"{label}{revision}",
    }


def items_text(form: Form, items: Sequence[Mapping[str, Any]]) -> str:
    """The first changed answers, old → new, and how many more."""
    shown = [_item_text(form, item) for item in items[:_MOST_ITEMS]]
    more = len(items) - len(shown)
    return " · ".join(shown) + (f" · และอีก {more:,} รายการ" if more > 0 else "")


def _item_text(form: Form, item: Mapping[str, Any]) -> str:
    code, op = str(item.get("question")), item.get("op")
    label = form.label_of(code)
    words = {"add": "เพิ่มแถว", "delete": "ลบแถว", "confirm": "ยืนยันค่าที่ยกมา"}
    if op in words:
        return f"{label}: {words[str(op)]}"
    if op == "note":
        return f"{label}: เหตุผล {item.get('old') or '–'} → {item.get('new') or '–'}"
    old, new = (showing.any_text(form, code, item.get(side)) or "ยังไม่ตอบ" for side in ("old", "new"))
    return f"{label}: {old} → {new}"


def role_name(code: str) -> str:
    """The Thai name of a role's code."""
    return _ROLE_NAMES.get(code, code)


def data_text(data: Mapping[str, Any]) -> str:
    """The named fields of an act, in one line; a long one is cut, the whole is in the database."""
    parts = (f"{name}: {value_text(value)}" for name, value in data.items() if value not in (None, "", [], {}))
    return Truncator(" · ".join(parts)).chars(_MOST_LETTERS)


def value_text(value: Any) -> str:
    """A recorded value as text; a structure as JSON."""
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
