"""Passes a form through pyxform, so that what we publish is an XLSForm that every XLSForm tool can open."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from localgov.forms.engine.model import ROSTER_CODES
from localgov.forms.engine.problems import Problem
from localgov.forms.engine.source import FormSource, canonical_bytes, from_json

_SURVEY_COLUMNS = (
    *("type", "name", "label", "hint", "required", "relevant"),
    *("constraint", "constraint_message", "calculation"),
)
_ROW = re.compile(r"\[row\s*:\s*(\d+)\]")


def xlsform_problems(source: FormSource) -> list[Problem]:
    """What pyxform refuses; [] when the form is a good XLSForm. The answer for the same sheets is remembered."""
    refusal = _refusal(canonical_bytes(source))
    return [] if refusal is None else [_translated(source, refusal)]


@lru_cache(maxsize=16)
def _refusal(document: bytes) -> str | None:
    """pyxform's own words about the sheets in these canonical bytes."""
    # Here, not above: it is a fifth of every program's start, and only the publishing of a form asks for it.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert(xlsform=workbook(from_json(json.loads(document))), warnings=[])
    except PyXFormError as fault:
        return str(fault)
    return None


def workbook(source: FormSource) -> dict[str, object]:
    """The form as pyxform's dict of sheets: without our `rules`, with the roster's codes as hidden calculations."""
    roster = [{"type": "calculate", "name": code, "calculation": "''"} for code in ROSTER_CODES]
    survey = [{c: row.get(c) for c in _SURVEY_COLUMNS if row.get(c)} for row in source.survey]
    settings = {column: source.settings[0].get(column) for column in ("form_title", "form_id", "version")}
    return {
        "survey": roster + survey,
        "choices": [dict(row.cells) for row in source.choices],
        "settings": [settings],
    }


def _translated(source: FormSource, message: str) -> Problem:
    """pyxform's refusal with our row: its rows count the header and the roster's rows before ours."""
    match = _ROW.search(message)
    number = int(match.group(1)) - 2 - len(ROSTER_CODES) if match else -1
    sentence = f"ไม่ใช่ XLSForm ที่ถูกต้อง: {' '.join(message.split())}"
    if 0 <= number < len(source.survey):
        return source.survey[number].problem("", sentence)
    return Problem("survey", sentence)
