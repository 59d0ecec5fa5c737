"""Whether addresses answer, and which are due to be asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from localgov.directory.models import WebsiteCheck
from localgov.directory.states import CheckResult

#: An address that answers is asked again after so long; one with a fault sooner, so that a mended site is soon seen.
AGAIN_AFTER, FAULTY_AGAIN_AFTER = timedelta(days=3), timedelta(days=1)

_DUE = """
SELECT url FROM (
    SELECT DISTINCT newest.url, c.checked_at FROM (
        SELECT DISTINCT ON (organisation_id) url FROM directory_websiterecord
        ORDER BY organisation_id, fiscal_year_be DESC, id DESC
    ) newest
    LEFT JOIN directory_websitecheck c ON c.url = newest.url
    WHERE newest.url <> '' AND (
        c.checked_at IS NULL OR c.checked_at < CASE WHEN c.result = %(answers)s THEN %(again)s ELSE %(faulty)s END
    )
) due
ORDER BY checked_at NULLS FIRST, url LIMIT %(most)s
"""


def addresses_due(*, at: datetime, most: int) -> list[str]:
    """Addresses that units stand by and that were never asked, or not lately; the longest waiting first."""
    parameters: dict[str, Any] = {
        "answers": CheckResult.ANSWERS,
        "again": at - AGAIN_AFTER,
        "faulty": at - FAULTY_AGAIN_AFTER,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE, parameters)
        return [url for (url,) in cursor.fetchall()]


def check_of(url: str) -> WebsiteCheck | None:
    """The newest finding about an address; None where it was never asked."""
    return WebsiteCheck.objects.filter(url=url).first() if url else None
