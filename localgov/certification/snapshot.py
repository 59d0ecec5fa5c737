"""What a certificate freezes: one sheet revision as canonical JSON (DESIGN §4, Certificate bytes)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from localgov.filings import document
from localgov.filings.models import RegisterRow, Sheet, StepTaken
from localgov.filings.states import Action
from localgov.forms.engine.model import Form, Question
from localgov.lib.canonical import canonical_bytes, sha256_hex
from localgov.lib.unit_types import UnitType
from localgov.rounds.models import RosterEntry, Round


def snapshot_text(
    *,
    form: Form,
    round: Round,
    entry: RosterEntry,
    sheet: Sheet,
    rows: Iterable[RegisterRow],
    visible: Collection[str],
    hidden_cells: Collection[tuple[str, str]] = (),
) -> tuple[str, str]:
    """The canonical text and its SHA-256. The unit is as the roster of that year has it.

    Linked questions stand outside it, and so does an answer that is no longer asked: `visible` are the codes of the
    questions and registers that are, `hidden_cells` (row id, column) the cells that don't apply in their row.
    """
    body = {
        "answers": _answers(form, sheet, visible),
        "fiscal_year": round.fiscal_year_be,
        "form": {"code": round.form_code, "version": form.version, "sha256": form.sha256},
        "kind": "localgov.sheet.1",
        "people": _people(sheet),
        "registers": _registers(form, rows, visible, frozenset(hidden_cells)),
        "revision": sheet.revision,
        "sheet": {"code": sheet.section, "label": form.sheets[sheet.section].label},
        "unit": {
            "code": entry.code,
            "district": entry.district_code,
            "name": entry.full_name,
            "province": entry.province_code,
            "type": UnitType(entry.unit_type).value,
        },
    }
    raw = canonical_bytes(body)
    return raw.decode("utf-8"), sha256_hex(raw)


def certified_answers(text: str) -> dict[str, Any]:
    """The scalar answers of a certificate's text, as answers JSON by question code."""
    return {code: entry["value"] for code, entry in json.loads(text)["answers"].items()}


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


def _people(sheet: Sheet) -> dict[str, Any]:
    """Account numbers of who recorded and verified: names of persons stay out of what may become public."""
    verified = (
        StepTaken.objects.filter(sheet=sheet, action=Action.VERIFY)
        .order_by("-pk")
        .values_list("actor_id", "at")
        .first()
    )
    return {
        "recorders": sorted(sheet.recorder_ids),
        "verifier": sheet.verifier_id,
        "verified_at": verified[1] if verified else None,
    }
