"""By the clock: whether the websites answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.utils import timezone

from localgov.directory import services
from localgov.directory.probe import Prober
from localgov.directory.selectors import checks
from localgov.jobs.tasks import periodic_task

#: Addresses a run, and how many are asked at once: a run ends within about a minute even if none answers.
_BATCH, _AT_ONCE = 24, 8


@periodic_task("directory:websites", "*/5 * * * *")
def check_by_the_clock() -> None:
    """Each five minutes a few addresses, where the installation wants it (WEBSITE_CHECKS)."""
    if settings.WEBSITE_CHECKS:
        check_websites(Prober(agent=f"INFO-website-check/1.0 ({settings.SITE_URL or 'INFO'})"))


def check_websites(prober: Prober) -> int:
    """Ask what is due, outside any transaction, then keep what was found; returns how many were asked."""
    due = checks.addresses_due(at=timezone.now(), most=_BATCH)
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="website") as pool:
        found = dict(zip(due, pool.map(prober.probe, due), strict=True))
    services.website_checks_keep(at=timezone.now(), found=found)
    return len(found)
