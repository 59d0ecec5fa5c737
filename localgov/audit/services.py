"""Writing the record of acts."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from localgov.access.actor import Actor
from localgov.audit.models import Event

#: Set by the request middleware (and by commands), so that one request's acts can be read together.
current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act to append. `type` is `noun.verb`; `data` holds before/after of the named fields."""

    actor: Actor
    type: str
    target_kind: str
    target_id: int | str
    at: datetime
    target_label: str = ""
    role: str = ""
    path: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def record(
    *,
    actor: Actor,
    type: str,
    target_kind: str,
    target_id: int | str,
    at: datetime,
    target_label: str = "",
    role: str = "",
    path: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """Append one act, in the caller's transaction."""
    record_many(
        Act(
            actor=actor,
            type=type,
            target_kind=target_kind,
            target_id=target_id,
            at=at,
            target_label=target_label,
            role=role,
            path=path,
            data=data or {},
        )
    )


def record_many(*acts: Act) -> None:
    """Append acts, in order, in the caller's transaction and one statement."""
    Event.objects.bulk_create(
        Event(
            type=act.type,
            actor_id=act.actor.user_id,
            actor_label=act.actor.label,
            role=act.role,
            target_kind=act.target_kind,
            target_id=str(act.target_id),
            target_label=act.target_label,
            path=act.path,
            data=dict(act.data),
            request_id=current_request_id.get(),
            at=act.at,
        )
        for act in acts
    )
