"""Taking what another room recorded for the linked questions of a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from localgov.access.actor import Actor
from localgov.filings.models import LinkedValue
from localgov.forms import selectors as forms
from localgov.rounds.models import RosterEntry


@transaction.atomic
def linked_values_put(
    *, actor: Actor, at: datetime, entry: RosterEntry, source: str, values: Mapping[str, Any]
) -> None:
    """Show these values (answers JSON) where the form of the entry's round, which is loaded, links its questions to `source`.

    In the transaction of the record itself, whose service asked the policy and wrote the act. Codes that this version of the
    form lacks or asks as its own are passed over.
    """
    form = forms.compiled(entry.round.form_version_id)
    linked = {code: form.item(code) for code in values}
    LinkedValue.objects.bulk_create(
        LinkedValue(
            roster_entry=entry,
            question=code,
            value=values[code],
            actor_id=actor.user_id,
            actor_label=actor.label,
            at=at,
        )
        for code, item in linked.items()
        if item is not None and item.linked == source
    )
