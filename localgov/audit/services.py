"""Writing the record of acts."""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from localgov.access.actor import Actor
from localgov.audit.models import Event

#: Set by the request middleware (and by commands), so that one request's acts can be read together.
current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")


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
    """Append one act, in the caller's transaction. `type` is `noun.verb`; `data` holds before/after of the named fields."""
    Event.objects.create(
        type=type,
        actor_id=actor.user_id,
        actor_label=actor.label,
        role=role,
        target_kind=target_kind,
        target_id=str(target_id),
        target_label=target_label,
        path=path,
        data=dict(data or {}),
        request_id=current_request_id.get(),
        at=at,
    )
