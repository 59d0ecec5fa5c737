"""Sessions in the database, as Django keeps them; the one that each request reads comes by a statement kept planned."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from config import statements


class SessionStore(db.SessionStore):
    """What SESSION_ENGINE names."""

    def _get_session_from_db(self) -> Session | None:
        found = statements.read(
            Session, "WHERE session_key = %s AND expire_date > %s", [self.session_key, timezone.now()]
        )
        if found:
            return found[0]
        self._session_key = None
        return None
