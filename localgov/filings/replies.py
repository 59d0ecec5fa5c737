"""What the server says back to a recording page: the first state, the answer to a batch, refusals in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from localgov.access.actor import Actor
from localgov.filings import showing
from localgov.filings.selectors.sheet_page import SheetPage
from localgov.filings.services.changes import AnyChange, SetAnswer
from localgov.filings.services.saving import Saved
from localgov.forms import selectors as forms
from localgov.forms.engine.answers import to_json
from localgov.forms.engine.facts import readers_of
from localgov.forms.engine.values import Unreadable
from localgov.rounds.models import RosterEntry


@dataclass(frozen=True)
class Refusal:
    """An answer that was not taken from a plain post, with both values."""

    label: str
    code: str
    mine: str
    theirs: str
    by: str
    reason: str
    use: str = ""


def page_state(page: SheetPage) -> dict[str, Any]:
    """The sheet's standing for the script's first painting."""
    return page.judgement.as_json()


def store_key(actor: Actor) -> str:
    """The key under which this person's browser locks what could not be sent yet: 64 hexadecimal digits, his alone.

    It is made of SECRET_KEY, so that it is the same after the next sign-in and stands in no table.
    """
    return salted_hmac("localgov.filings.store", str(actor.user_id), algorithm="sha256").hexdigest()


def saved_json(entry: RosterEntry, saved: Saved, changes: Sequence[AnyChange]) -> dict[str, Any]:
    """The reply to a batch. `shown`: how the server read each answer, as its box holds it and in words."""
    reply: dict[str, Any] = {
        "receipt": saved.receipt,
        "saved_at": saved.saved_at.isoformat(),
        "saved": saved.saved,
        "refused": saved.refused,
        "shown": _shown(entry, changes),
    }
    return reply | (saved.judgement.as_json() if saved.judgement else {})


def _shown(entry: RosterEntry, changes: Iterable[AnyChange]) -> dict[str, dict[str, str]]:
    form = forms.compiled(entry.round.form_version_id)
    found = {}
    for change in changes:
        if not isinstance(change, SetAnswer) or change.code not in form.questions:
            continue
        read = readers_of(form)[change.code](change.answer)
        if isinstance(read, Unreadable):
            continue
        question, answer = form.questions[change.code], to_json(read)
        place = f"{change.code}@{change.row}" if change.row else change.code
        found[place] = {
            "text": showing.typed_text(question, answer),
            "words": showing.answer_text(question, answer),
        }
    return found


def _use_mine(item: Mapping[str, Any]) -> str:
    """What a button sends to write the refused answer over the other's (`forms.plain_changes`); empty where it can't."""
    if "seq" not in item or item.get("row"):
        return ""
    return f"{item['code']} {item['seq']} {json.dumps(item.get('mine'), ensure_ascii=False)}"


def refusals(page: SheetPage, refused: Iterable[Mapping[str, Any]]) -> tuple[Refusal, ...]:
    """Refused answers of a plain post in words."""
    form = page.space.form

    def words(item: Mapping[str, Any], key: str) -> str:
        text = (
            str(item.get(key) or "") if item.get("note") else showing.any_text(form, str(item["code"]), item.get(key))
        )
        return text or "(ไม่ได้ตอบ)"

    return tuple(
        Refusal(
            label=form.label_of(str(item["code"])),
            code=str(item["code"]),
            mine=words(item, "mine"),
            theirs=words(item, "theirs"),
            by=str(item.get("by", "")),
            reason=str(item["reason"]),
            use=_use_mine(item),
        )
        for item in refused
    )
