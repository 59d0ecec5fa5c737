"""What the database holds against what was acknowledged: nothing lost, nothing half there, nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from localgov.certification.models import Certificate
from localgov.certification.selectors.wholeness import unit_faults
from localgov.filings.models import Change, Filing, StepTaken
from localgov.filings.selectors.steps import slug_of
from localgov.filings.states import Action
from localgov.forms import selectors as forms
from localgov.forms.engine.answers import to_json
from localgov.forms.engine.facts import readers_of
from localgov.forms.engine.model import Form
from localgov.forms.engine.values import Unreadable
from localgov.rounds.models import RosterEntry
from tests.killing.ledger import Sent
from tests.killing.unit_work import FISCAL_YEAR

_SIGNING = (Action.CERTIFY_LAO.value, Action.CERTIFY_PROVINCE.value)


def look(acts: Iterable[Sent], *, units: Collection[str]) -> list[str]:
    """Compare these acts (all of each unit's steps among them) and the whole of these units; Thai sentences of what is wrong.

    Of an act that is open, `applied_before` then says whether it had its effect.
    """
    connection.close()  # the server behind it was killed
    acts = list(acts)
    entries = {
        entry.code: entry
        for entry in RosterEntry.objects.filter(
            code__in={*units, *(act.unit for act in acts)}, round__fiscal_year_be=FISCAL_YEAR
        ).select_related("round")
    }
    faults = [*_batch_faults([act for act in acts if act.kind == "batch"], entries)]
    faults += _signature_faults([act for act in acts if act.kind == "sign"])
    for unit in sorted(units):
        faults += _step_faults(unit, [act for act in acts if act.kind == "step" and act.unit == unit])
        faults += [f"{unit}: {fault}" for fault in unit_faults(entries[unit], counters=True)]
    return faults


def _batch_faults(acts: list[Sent], entries: dict[str, RosterEntry]) -> Iterable[str]:
    changes: dict[str, list[Change]] = {}
    for change in Change.objects.filter(batch__in=[act.id for act in acts]):
        changes.setdefault(str(change.batch), []).append(change)
    for act in acts:
        found = changes.get(act.id, [])
        act.applied_before = bool(found)
        if len(found) > 1:
            yield f"ชุด {act.id} อยู่ในฐานข้อมูล {len(found)} ครั้ง"
        elif act.reply is not None and act.reply["receipt"]:
            if not found:
                yield f"ใบรับ {act.reply['receipt']} หายไป"
                continue
            yield from _unlike(act, act.reply, found[0])
        if found:
            yield from _half(act, found[0], forms.compiled(entries[act.unit].round.form_version_id))


def _unlike(act: Sent, reply: dict[str, Any], change: Change) -> Iterable[str]:
    if (reply["receipt"], reply["saved"]) != (change.receipt, change.saved):
        yield f"ใบรับ {change.receipt} ไม่ตรงกับที่ตอบผู้ส่ง"


def _half(act: Sent, change: Change, form: Form) -> Iterable[str]:
    """Everything that was sent and not refused is in the one change, with its value."""
    refused = {(item["code"], item["row"]) for item in change.reply["refused"]}
    items = {(item["op"], item["question"], item["row"]): item["new"] for item in change.items}
    for sent in act.body["changes"]:
        code = sent.get("code") or sent.get("register")
        place = (sent["op"], code, sent.get("row"))
        if place[1:] in refused:
            continue
        if place not in items:
            yield f"ใบรับ {change.receipt} ขาด {code}"
        elif sent["op"] == "set" and items[place] != _normal(form, str(code), sent["value"]):
            yield f"ใบรับ {change.receipt}: ค่าของ {code} ไม่ใช่ค่าที่ส่ง"


def _normal(form: Form, code: str, value: Any) -> Any:
    reader = readers_of(form).get(code)
    if reader is None:
        return value
    read = reader(value)
    return value if isinstance(read, Unreadable) else to_json(read)


def _signature_faults(acts: list[Sent]) -> Iterable[str]:
    found = Counter(
        str(signature)
        for signature in Certificate.objects.filter(signature__in=[act.id for act in acts]).values_list(
            "signature", flat=True
        )
    )
    for act in acts:
        act.applied_before = found[act.id] > 0
        if act.reply is not None and not found[act.id]:
            yield f"การลงนาม {act.id} ที่แจ้งว่าสำเร็จหายไป"


def _step_faults(unit: str, acts: list[Sent]) -> Iterable[str]:
    """As many steps of each kind as were acknowledged; one more only for an act that is open."""
    filing = Filing.objects.filter(roster_entry__code=unit, round__fiscal_year_be=FISCAL_YEAR).first()
    taken = StepTaken.objects.filter(sheet__filing=filing).exclude(action__in=_SIGNING)
    found = Counter(
        (section, slug_of(Action(action))) for section, action in taken.values_list("sheet__section", "action")
    )
    acknowledged = Counter((act.section, act.action) for act in acts if act.reply is not None)
    waiting = {(act.section, act.action): act for act in acts if act.is_open}
    for place in sorted({*found, *acknowledged, *waiting}):
        more = found[place] - acknowledged[place]
        act = waiting.get(place)
        if act is not None:
            act.applied_before = more == 1
        if more not in ((0, 1) if act is not None else (0,)):
            yield f"{unit} {place}: แจ้งสำเร็จ {acknowledged[place]} ครั้ง แต่มีในฐานข้อมูล {found[place]} ครั้ง"
