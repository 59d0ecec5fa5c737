"""Keeping what an office prints on its letters, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from localgov.access.actor import Actor
from localgov.audit import services as audit
from localgov.monitoring.selectors.lagging import Cause
from localgov.organisations.models import OrganisationVersion
from localgov.reports import policies, wording
from localgov.reports.kinds import LetterKind
from localgov.reports.models import Letterhead, LetterTemplate
from localgov.reports.wording import Wording


@transaction.atomic
def letterhead_save(
    *, actor: Actor, at: datetime, office: OrganisationVersion, values: Mapping[str, Any]
) -> Letterhead:
    """Keep a new version of an office's head and foot (`selectors.offices.HEAD`); earlier letters keep theirs. Raises `Denied`."""
    policies.can_write(actor, path=office.path).require()
    kept = Letterhead.objects.create(
        office_id=office.organisation_id, **values, saved_by=actor.user_id, saved_label=actor.label, at=at
    )
    audit.record(
        actor=actor,
        type="letterhead.save",
        target_kind="letterhead",
        target_id=kept.pk,
        target_label=office.short_name,
        path=office.path,
        at=at,
    )
    return kept


@transaction.atomic
def template_save(
    *,
    actor: Actor,
    at: datetime,
    office: OrganisationVersion,
    kind: LetterKind,
    cause: Cause,
    words: Wording,
    has_round: bool,
) -> LetterTemplate:
    """Keep an office's words for a kind of letter and a cause. Raises `Denied`, and `WordingRefused` for a wrong field."""
    policies.can_write(actor, path=office.path).require()
    policies.can_send(kind, office_kind=office.organisation.kind).require()
    for text in (words.subject, words.body):
        wording.require_fields(text, kind=kind, has_round=has_round)
    kept = LetterTemplate.objects.create(
        office_id=office.organisation_id,
        kind=kind,
        cause=cause,
        subject=words.subject,
        body=words.body,
        saved_by=actor.user_id,
        saved_label=actor.label,
        at=at,
    )
    audit.record(
        actor=actor,
        type="letter.template",
        target_kind="letter_template",
        target_id=kept.pk,
        target_label=f"{kind.label}: {cause.label}",
        path=office.path,
        at=at,
    )
    return kept
