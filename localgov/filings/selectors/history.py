"""The timeline of a filing: every step and every changed answer, who, when, old and new, with the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from localgov.access.actor import Actor
from localgov.access.duty import Parts
from localgov.access.roles import ROLES
from localgov.filings import showing
from localgov.filings.models import Change, Filing, RegisterRow, StepException, StepTaken, Via
from localgov.filings.selectors.past import workspace_as_of
from localgov.filings.selectors.unit_acts import UnitAct, unit_acts
from localgov.filings.states import Action
from localgov.forms import selectors as forms
from localgov.forms.engine.model import Form
from localgov.lib.identifiers import NotAReceiptNumber, parse_receipt_number
from localgov.rounds.models import RosterEntry

PAGE_SIZE = 30
#: Lines of a batch in the timeline; the receipt's own page shows more.
MOST_ITEMS = 8
MOST_ITEMS_OF_RECEIPT = 2000
_UNANSWERED = "ยังไม่ตอบ"
_ROLE_NAMES = {code.value: role.name for code, role in ROLES.items()}


@dataclass(frozen=True)
class ItemLine:
    """One changed answer: where, what it was, what it became."""

    label: str
    place: str
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Event:
    """A step or an accepted batch, in words."""

    title: str
    icon: str
    domain: str
    who: str
    role: str
    when: datetime
    note: str = ""
    receipt: str = ""
    items: tuple[ItemLine, ...] = ()
    more: int = 0
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class Timeline:
    """One page of events, newest first."""

    events: tuple[Event, ...]
    count: int
    page: int
    pages: int

    @property
    def newer(self) -> int | None:
        """The page before."""
        return self.page - 1 if self.page > 1 else None

    @property
    def older(self) -> int | None:
        """The page after."""
        return self.page + 1 if self.page < self.pages else None


def timeline(
    *, entry: RosterEntry, section: str = "", question: str = "", page: int = 1, past: datetime | None = None
) -> Timeline:
    """Events of a unit's filing, of one sheet or of one question (then answers alone), until a past moment; 5 queries, 3 more
    for what reaches the whole unit (its dates, its exceptions), which stands in the whole filing's timeline alone."""
    form = forms.compiled(entry.round.form_version_id)
    changes = Change.objects.filter(filing__roster_entry=entry)
    steps = StepTaken.objects.filter(sheet__filing__roster_entry=entry)
    if past is not None:
        changes, steps = changes.filter(recorded_at__lte=past), steps.filter(recorded_at__lte=past)
    if section:
        changes, steps = changes.filter(sheet__section=section), steps.filter(sheet__section=section)
    if question:
        changes, steps = changes.filter(items__contains=[{"question": question}]), steps.none()
    keys = sorted(
        [(at, "change", pk) for at, pk in changes.values_list("recorded_at", "pk")]
        + [(at, "step", pk) for at, pk in steps.values_list("recorded_at", "pk")],
        reverse=True,
    )
    acts = () if section or question else unit_acts(entry, past=past)
    keys = sorted([*keys, *((act.recorded_at, "act", place) for place, act in enumerate(acts))], reverse=True)
    pages = max(1, -(-len(keys) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = keys[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    found_changes = Change.objects.select_related("sheet").in_bulk([pk for _, kind, pk in shown if kind == "change"])
    found_steps = StepTaken.objects.select_related("sheet", "rests_on__exception").in_bulk(
        [pk for _, kind, pk in shown if kind == "step"]
    )
    names = _row_names(form, found_changes.values()) if past is None else _names_then(form, entry, past)
    tell: dict[str, Callable[[int], Event]] = {
        "change": lambda pk: _change_event(form, found_changes[pk], names, question=question),
        "step": lambda pk: _step_event(form, found_steps[pk]),
        "act": lambda place: _act_event(acts[place]),
    }
    events = tuple(tell[kind](pk) for _, kind, pk in shown)
    return Timeline(events=events, count=len(keys), page=page, pages=pages)


def latest_events(*, entry: RosterEntry, section: str, limit: int) -> tuple[Event, ...]:
    """The newest events of a sheet: what happened since a person last looked."""
    return timeline(entry=entry, section=section).events[:limit]


@dataclass(frozen=True)
class Receipt:
    """One accepted batch, found by its receipt number."""

    change: Change
    entry: RosterEntry
    event: Event


def receipt_of(*, actor: Actor, text: str) -> Receipt | None:
    """The batch with a receipt number, typed in any way, if the actor may see its filing; None otherwise."""
    number = _receipt_number(text)
    filings = Filing.objects.visible_to(actor)
    change = (
        Change.objects.filter(receipt=number, filing__in=filings)
        .select_related("sheet", "filing__roster_entry__round", "filing__roster_entry__organisation")
        .first()
    )
    if change is None:
        return None
    entry = change.filing.roster_entry
    form = forms.compiled(entry.round.form_version_id)
    event = _change_event(form, change, _row_names(form, [change]), most=MOST_ITEMS_OF_RECEIPT)
    return Receipt(change=change, entry=entry, event=event)


def _receipt_number(text: str) -> str:
    try:
        return str(parse_receipt_number(text))
    except NotAReceiptNumber:
        return ""


def _change_event(
    form: Form, change: Change, names: Mapping[str, str], *, question: str = "", most: int = MOST_ITEMS
) -> Event:
    items = [item for item in change.items if not question or item.get("question") == question]
    return Event(
        title=_change_title(change, len(items)),
        icon="history" if change.via == Via.CARRY_FORWARD else "pencil-line",
        domain=_domain(form, change.sheet.section),
        who=change.actor_label,
        role=_role_name(change.role),
        when=change.at,
        receipt=change.receipt,
        items=tuple(_item_line(form, item, names) for item in items[:most]),
        more=max(0, len(items) - most),
        recorded_at=change.recorded_at,
    )


def _change_title(change: Change, count: int) -> str:
    if change.via == Via.PAGE:
        return f"บันทึก {count:,} รายการ"
    return f"{Via(change.via).label} {count:,} รายการ"


def _step_event(form: Form, step: StepTaken) -> Event:
    order = f"คำสั่งเลขที่ {step.order_number} " if step.order_number else ""
    revision = f" (ฉบับที่ {step.sheet.revision})" if step.sheet.revision > 1 else ""
    return Event(
        title=f"{Action(step.action).label}{revision}",
        icon=_step_icon(Action(step.action)),
        domain=_domain(form, step.sheet.section),
        who=step.actor_label,
        role=step.position_title or _role_name(step.role),
        when=step.at,
        note=f"{order}{step.note}{_resting(step)}".strip(),
        recorded_at=step.recorded_at,
    )


def _act_event(act: UnitAct) -> Event:
    return Event(title=act.title, icon=act.icon, domain="", who=act.who, role="", when=act.at, note=act.note)


def _resting(step: StepTaken) -> str:
    """The exception on which the step rests, in words; it is loaded."""
    rests_on: StepException | None = getattr(step, "rests_on", None)
    if rests_on is None:
        return ""
    found = rests_on.exception
    return f" ทำสองหน้าที่ ({Parts(found.parts).label}) ตามข้อยกเว้น คำสั่งเลขที่ {found.order_number}"


def _step_icon(action: Action) -> str:
    forward = {
        Action.SUBMIT: "send",
        Action.VERIFY: "check",
        Action.CERTIFY_LAO: "badge-check",
        Action.CERTIFY_PROVINCE: "shield-check",
    }
    return forward.get(action, "undo-2")


def _item_line(form: Form, item: Mapping[str, Any], names: Mapping[str, str]) -> ItemLine:
    code, op, row = str(item.get("question")), item.get("op"), str(item.get("row") or "")
    register = str(item.get("register") or "")
    place = f"{form.label_of(register)} {names.get(row, '')}".strip() if register and register != code else ""
    if op in ("add", "delete") or (op == "confirm" and register == code):
        what = {"add": "เพิ่มแถว", "delete": "ลบแถว"}.get(str(op), "ยืนยันแถว")
        return ItemLine(
            form.label_of(code), names.get(row, ""), what, showing.any_text(form, code, item.get("old")), ""
        )
    if op == "note":
        return ItemLine(
            form.label_of(code), place, "เหตุผลประกอบ", str(item.get("old") or "–"), str(item.get("new") or "–")
        )
    if op == "confirm":
        return ItemLine(form.label_of(code), place, "ยืนยันค่าที่ยกมา", "", showing.any_text(form, code, item.get("new")))
    old = showing.any_text(form, code, item.get("old"))
    new = showing.any_text(form, code, item.get("new")) or _UNANSWERED
    return ItemLine(form.label_of(code), place, "", old, new)


def _row_names(form: Form, changes: Iterable[Change]) -> dict[str, str]:
    """What each changed row is called now: the first text of its columns. One query."""
    ids = {str(item["row"]) for change in changes for item in change.items[:MOST_ITEMS_OF_RECEIPT] if item.get("row")}
    if not ids:
        return {}
    rows = RegisterRow.objects.filter(row_id__in=ids).order_by("sheet_id")
    return {str(row.row_id): _row_name(form, row.register, row.values) for row in rows}


def _names_then(form: Form, entry: RosterEntry, moment: datetime) -> dict[str, str]:
    """What each row was called at a past moment."""
    space = workspace_as_of(entry=entry, moment=moment)
    return {str(row.row_id): _row_name(form, row.register, row.values) for rows in space.rows.values() for row in rows}


def _row_name(form: Form, register: str, values: Mapping[str, Any]) -> str:
    columns: Sequence[str] = list(form.registers[register].columns) if register in form.registers else []
    for code in columns:
        text = showing.answer_text(form.questions[code], values.get(code, {}).get("v"))
        if text and not form.questions[code].numeric:
            return f"“{text}”"
    return ""


def _domain(form: Form, section: str) -> str:
    codes = list(form.sheets)
    number = f"ด้านที่ {codes.index(section) + 1} " if section in codes else ""
    return f"{number}{form.sheets[section].label if section in form.sheets else section}"


def _role_name(code: str) -> str:
    return _ROLE_NAMES.get(code, "")
