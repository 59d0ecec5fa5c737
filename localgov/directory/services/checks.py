"""Keeping what a check found. Machine's work that anybody could repeat: it stands in no record of acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from localgov.directory.models import WebsiteCheck
from localgov.directory.probe import Found


@transaction.atomic
def website_checks_keep(*, at: datetime, found: Mapping[str, Found]) -> None:
    """Keep the newest finding of each address; the same result as before keeps its `since`."""
    rows = WebsiteCheck.objects.select_for_update().filter(url__in=list(found)).order_by("url")
    standing = {one.url: one for one in rows}
    for url, one in sorted(found.items()):
        before = standing.get(url)
        since = before.since if before and before.result == one.result and before.since <= at else at
        WebsiteCheck.objects.update_or_create(
            url=url,
            defaults={
                "result": one.result,
                "detail": one.detail,
                "moved_to": one.moved_to[:2000],
                "checked_at": at,
                "since": since,
            },
        )
