"""What a plain post of a recording page asks for: only answers whose boxes differ from what the page had shown."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from localgov.filings.selectors.fields import signature
from localgov.filings.services.changes import AnyChange, ConfirmCarried, SetAnswer, SetNote, sound


class TakeStep(forms.Form):
    """A step of the workflow: the lock counter that the person saw, and a note."""

    lock = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(
        label="เหตุผล", required=False, max_length=2000, strip=True, widget=forms.Textarea(attrs={"rows": 3})
    )


class FindReceipt(forms.Form):
    """A receipt number as an officer reads it out."""

    receipt = forms.CharField(label="เลขที่ใบรับ", max_length=20, strip=True)


def plain_changes(
    data: Mapping[str, str], codes: Iterable[str], *, register: str = "", row: UUID | None = None
) -> list[AnyChange]:
    """The changes of a posted page or row. `w-<code>` tells what its boxes held, its counter and its note.

    An answer is sent on only when a box was changed: what somebody else wrote meanwhile is left alone.
    """
    data = {name: sound(text) for name, text in data.items()}
    found: list[AnyChange] = []
    for code in codes:
        shown = _shown(data.get(f"w-{code}"))
        if shown is None:
            continue
        seq, before, note = shown
        if _signature(data, code) != before:
            found.append(SetAnswer(code, _answer(data, code), seq, register, row))
        typed_note = data.get(f"n-{code}", note).strip()
        if typed_note != note:
            found.append(SetNote(code, typed_note[:1000], register, row, was=note))
    found.extend(_pressed(data, register, row))
    return found


def _pressed(data: Mapping[str, str], register: str, row: UUID | None) -> list[AnyChange]:
    """A button that brings a value (`use` = code, counter, answer as JSON) or confirms carried ones (`confirm` = codes)."""
    found: list[AnyChange] = []
    code, _, rest = data.get("use", "").partition(" ")
    seq, _, value = rest.partition(" ")
    if code and seq.isascii() and seq.isdigit() and len(seq) < 10:
        with contextlib.suppress(ValueError, RecursionError):
            found.append(SetAnswer(code, json.loads(value), int(seq), register, row))
    if codes := tuple(data.get("confirm", "").split()):
        found.append(ConfirmCarried(codes))
    return found


def _shown(text: str | None) -> tuple[int, str, str] | None:
    """Counter, signature and note of a question as the page had shown them; None when the page did not hold it."""
    try:
        seq, before, note = json.loads(text or "")
    except (ValueError, TypeError, RecursionError):
        return None
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 0:
        return None
    return seq, str(before), str(note)


def _signature(data: Mapping[str, str], code: str) -> str:
    return signature(
        text=data.get(f"a-{code}", "").strip(),
        lat=data.get(f"lat-{code}", "").strip(),
        lon=data.get(f"lon-{code}", "").strip(),
        missing=data.get(f"m-{code}", ""),
        reason=data.get(f"r-{code}", "").strip(),
    )


def _answer(data: Mapping[str, str], code: str) -> Any:
    missing = data.get(f"m-{code}", "")
    if missing == "NONE":
        return {"missing": "NONE"}
    if missing == "NO_DATA":
        return {"missing": "NO_DATA", "reason": data.get(f"r-{code}", "").strip()}
    lat, lon = data.get(f"lat-{code}", "").strip(), data.get(f"lon-{code}", "").strip()
    if lat or lon:
        return {"lat": lat, "lon": lon}
    return data.get(f"a-{code}", "").strip() or None
