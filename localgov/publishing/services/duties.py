"""Saying what the units are asked to enter in a fiscal year (R6.5)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.audit import services as audit
from localgov.lib.thai_calendar import fiscal_year_bounds, format_date_short
from localgov.lib.thai_text import clean_line
from localgov.publishing import policies
from localgov.publishing.models import EntryDuty
from localgov.publishing.models.duty import MOST_ASKED
from localgov.publishing.selectors.duties import duty_of
from localgov.publishing.states import PublishedKind

_LOCK = 2_570_605


@transaction.atomic
def entry_duty_set(
    *,
    actor: Actor,
    at: datetime,
    fiscal_year: int,
    due_on: date,
    counts: dict[PublishedKind, int],
    reference: str = "",
) -> EntryDuty:
    """Say by which day (included) and how many of each kind. The same again changes nothing.

    Raises:
        Denied: not the Department's officer, a day outside the fiscal year, nothing asked for, or more than can be.
    """
    policies.can_ask_for_entries(actor).require()
    first, last = fiscal_year_bounds(fiscal_year)
    if not first <= due_on <= last:
        raise Denied(
            f"วันครบกำหนดต้องอยู่ในปีงบประมาณ {fiscal_year} ({format_date_short(first)} ถึง {format_date_short(last)})"
        )
    if not any(counts.values()) or not all(0 <= count <= MOST_ASKED for count in counts.values()):
        raise Denied(f"จำนวนที่ขอแต่ละประเภทต้องเป็น 0 ถึง {MOST_ASKED} และต้องมีอย่างน้อยหนึ่งประเภทที่มากกว่า 0")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, fiscal_year])
    standing, written = duty_of(fiscal_year), clean_line(reference)
    if standing and (standing.due_on, standing.asked, standing.reference) == (due_on, counts, written):
        return standing
    duty = EntryDuty.objects.create(
        fiscal_year_be=fiscal_year,
        due_on=due_on,
        news=counts[PublishedKind.NEWS],
        products=counts[PublishedKind.PRODUCT],
        places=counts[PublishedKind.PLACE],
        reference=written,
        actor_id=actor.user_id,
        actor_label=actor.label,
        at=at,
    )
    audit.record(
        actor=actor,
        type="entry_duty.set",
        role=actor.role_for(Permission.ROUND_OPEN, at="th.") or "",
        target_kind="entry_duty",
        target_id=duty.pk,
        target_label=f"ข่าว สินค้า และสถานที่ ปีงบประมาณ {fiscal_year}",
        path="th.",
        at=at,
        data={
            "fiscal_year": fiscal_year,
            "before": standing.due_on.isoformat() if standing else None,
            "due_on": due_on.isoformat(),
            "counts": {kind.value: count for kind, count in counts.items()},
        },
    )
    return duty
