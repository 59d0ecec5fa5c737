"""What a certificate freezes: one sheet revision as canonical JSON (DESIGN §4, Certificate bytes)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from localgov.accounts.models import DutyException
from localgov.accounts.periods import last_day
from localgov.certification.changes import changes_between
from localgov.filings import document
from localgov.filings.models import RegisterRow, Sheet, StepTaken
from localgov.forms.engine.model import Form, Question
from localgov.lib.canonical import canonical_bytes, sha256_hex
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.rounds.models import RosterEntry, Round

#: The format of a text. `localgov.sheet.1` had people as numbers, no names of places and no `amends`; it stays readable.
KIND = "localgov.sheet.2"


@dataclass(frozen=True)
class Hands:
    """Who recorded and verified a revision. `names`: of every account whose answer is in it, by account number.

    `exceptions`: those of a tiny unit on which its verification or the signature rests.
    """

    names: Mapping[int, str]
    verification: StepTaken | None
    exceptions: tuple[DutyException, ...] = ()


@dataclass(frozen=True)
class Base:
    """The certificate that an amendment stands against, and the act because of which it was opened."""

    revision: int
    number: str
    sha256: str
    snapshot: str
    because: StepTaken | None


def snapshot_text(
    *,
    form: Form,
    round: Round,
    entry: RosterEntry,
    sheet: Sheet,
    rows: Iterable[RegisterRow],
    visible: Collection[str],
    hidden_cells: Collection[tuple[str, str]] = (),
    hands: Hands,
    base: Base | None = None,
) -> tuple[str, str]:
    """The canonical text and its SHA-256. The unit is as the roster of that year has it; names are those of now.

    Linked questions stand outside it, and so does an answer that is no longer asked: `visible` are the codes of the
    questions and registers that are, `hidden_cells` (row id, column) the cells that don't apply in their row. A revision
    that amends carries its difference from `base`, so that whoever signs the text signs the difference.
    """
    rows = list(rows)
    body: dict[str, Any] = {
        "answers": _answers(form, sheet, visible),
        "fiscal_year": round.fiscal_year_be,
        "form": {"code": round.form_code, "version": form.version, "sha256": form.sha256},
        "kind": KIND,
        "people": _people(sheet, hands),
        "registers": _registers(form, rows, visible, frozenset(hidden_cells)),
        "revision": sheet.revision,
        "sheet": {"code": sheet.section, "label": form.sheets[sheet.section].label},
        "unit": {
            "code": entry.code,
            "district": entry.district_code,
            "district_name": areas.district_name(entry.district_code),
            "name": entry.full_name,
            "province": entry.province_code,
            "province_name": areas.province_name(entry.province_code),
            "type": UnitType(entry.unit_type).value,
            "type_name": UnitType(entry.unit_type).label,
        },
    }
    if hands.exceptions:  # stands in the text only where one was used: whoever signs the text signs that it rests on it
        body["exceptions"] = [_exception(one) for one in hands.exceptions]
    if base is not None:
        body["amends"] = _amends(form, base, body, writers=_writers(sheet, rows), names=hands.names)
    raw = canonical_bytes(body)
    return raw.decode("utf-8"), sha256_hex(raw)


def certified_answers(text: str) -> dict[str, Any]:
    """The scalar answers of a certificate's text, as answers JSON by question code."""
    return {code: entry["value"] for code, entry in json.loads(text)["answers"].items()}


def certified_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A register row of such a text, as answers JSON by column."""
    return {code: entry["value"] for code, entry in row["values"].items()}


def _answers(form: Form, sheet: Sheet, visible: Collection[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for code, stored in sheet.answers.items():
        item = form.item(code)
        if item is None or item.linked or code not in visible or not document.is_answered(stored):
            continue
        found[code] = _entry(stored, item.unit if isinstance(item, Question) else "")
    return found


def _registers(
    form: Form, rows: Iterable[RegisterRow], visible: Collection[str], hidden: Collection[tuple[str, str]]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        register = form.registers.get(row.register)
        if register is None or register.linked or row.register not in visible:
            continue
        row_id = str(row.row_id)
        cells = {
            code: _entry(stored, register.columns[code].unit)
            for code, stored in row.values.items()
            if code in register.columns
            and document.is_answered(stored)
            and not register.columns[code].linked
            and (row_id, code) not in hidden
        }
        found.setdefault(row.register, []).append({"id": row_id, "values": cells})
    return found


def _entry(stored: dict[str, Any], unit: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"value": document.to_answer(stored)}
    if unit:
        entry["unit"] = unit
    if stored.get("note"):
        entry["note"] = stored["note"]
    return entry


def _people(sheet: Sheet, hands: Hands) -> dict[str, Any]:
    """Who recorded and who verified: account numbers with the names of that day."""
    verified = hands.verification
    return {
        "recorders": [{"id": pk, "name": hands.names.get(pk, "")} for pk in sorted(sheet.recorder_ids)],
        "verifier": {
            "id": sheet.verifier_id,
            "name": verified.actor_label if verified else "",
            "position": verified.position_title if verified else "",
            "at": verified.at if verified else None,
        },
    }


def _exception(found: DutyException) -> dict[str, Any]:
    """By whose order one person did which two parts, first and last day."""
    until = last_day(found.held)
    return {
        "order": found.order_number,
        "parts": found.parts,
        "person": {"id": found.user_id, "name": found.user.display_name},
        "from": found.held.lower.isoformat(),
        "to": until.isoformat() if until else None,
    }


def _amends(
    form: Form,
    base: Base,
    body: Mapping[str, Any],
    *,
    writers: Mapping[tuple[str, str], int],
    names: Mapping[int, str],
) -> dict[str, Any]:
    """What is amended, why, and every change with who made it."""
    because = base.because
    plain = json.loads(canonical_bytes(body))
    return {
        "revision": base.revision,
        "certificate": base.number,
        "sha256": base.sha256,
        "because": {
            "action": because.action,
            "reason": because.note,
            "order_number": because.order_number,
            "by": because.actor_label,
            "at": because.at,
        }
        if because
        else None,
        "changes": [
            change | {"by": _writer(writers.get((change.get("row", ""), change["question"])), names)}
            for change in changes_between(form, json.loads(base.snapshot), plain)
        ],
    }


def _writer(account: int | None, names: Mapping[int, str]) -> dict[str, Any] | None:
    return None if account is None else {"id": account, "name": names.get(account, "")}


def _writers(sheet: Sheet, rows: Iterable[RegisterRow]) -> dict[tuple[str, str], int]:
    """The account that wrote each answer, by (row id or blank, question); of a row, who wrote its first cell."""
    found = {("", code): stored["by"] for code, stored in sheet.answers.items() if stored.get("by")}
    for row in rows:
        for code, stored in row.values.items():
            if stored.get("by"):
                found[str(row.row_id), code] = stored["by"]
                found.setdefault((str(row.row_id), row.register), stored["by"])
    return found
