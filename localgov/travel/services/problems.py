"""แจ้งปัญหา: a reader reports, an officer answers, the clock forgets who reported."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from localgov.access.actor import Actor, system_actor
from localgov.audit import services as audit
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.models import Organisation, OrganisationVersion
from localgov.travel import policies
from localgov.travel.models import ProblemReport
from localgov.travel.states import ProblemKind, ProblemState

#: The same words about the same item from the same address within it are one report: a button pressed twice.
_SAME: Final = timedelta(minutes=10)
_READER: Final = system_actor("ประชาชน")


class NotTaken(Refusal):
    """The report is not taken now: too many from one address, or about one item."""

    default_code: ClassVar[str] = "too_many"


@dataclass(frozen=True)
class ReportedItem:
    """The public item that a reader has before him."""

    id: int
    kind: str
    title: str
    unit_code: str


def sender_of(address: str) -> str:
    """The keyed hash under which an address is counted; the 2⁶⁴ addresses that one IPv6 customer holds are one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 6:
        found = ipaddress.ip_network((found, 64), strict=False).network_address
    return salted_hmac("localgov.travel.sender", str(found), algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def problem_report(
    *, at: datetime, item: ReportedItem, kind: ProblemKind, text: str, contact: str, sender: str
) -> ProblemReport:
    """Keep what a reader found wrong with a public item. Raises `NotTaken` with a sentence that says when to try again."""
    _wait_for(f"sender {sender}", f"item {item.id}")
    same = ProblemReport.objects.filter(
        item_id=item.id, sender=sender, kind=kind, text=text, contact=contact, at__gt=at - _SAME
    ).order_by("pk")
    if (before := same.first()) is not None:
        return before
    _refuse_too_many(item, sender, at)
    report = ProblemReport.objects.create(
        organisation=Organisation.objects.get(code=item.unit_code),
        item_id=item.id,
        item_kind=item.kind,
        item_title=item.title,
        kind=kind,
        text=text,
        contact=contact,
        sender=sender,
        at=at,
    )
    _tell(report, "problem.report", _READER, at, {"kind": kind})
    return report


def _wait_for(*names: str) -> None:
    """Count and add as one: reports of one address, and about one item, come one after another."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"travel problem {name}"])


def _refuse_too_many(item: ReportedItem, sender: str, at: datetime) -> None:
    most, window = policies.PER_ITEM
    if ProblemReport.objects.filter(item_id=item.id, at__gt=at - window).count() >= most:
        raise NotTaken(_("มีผู้แจ้งปัญหาของรายการนี้มากแล้ว หน่วยงานเจ้าของทราบแล้วและกำลังตรวจสอบ"))
    for most, window in policies.PER_SENDER:
        if ProblemReport.objects.filter(sender=sender, at__gt=at - window).count() >= most:
            hours = max(1, round(window.total_seconds() / 3600))
            raise NotTaken(
                _("มีการแจ้งปัญหาจากเครือข่ายของท่านหลายเรื่องแล้ว โปรดลองใหม่ในอีก %(hours)s ชั่วโมง") % {"hours": hours}
            )


@transaction.atomic
def problem_answer(*, actor: Actor, at: datetime, report_id: int, state: ProblemState, answer: str) -> ProblemReport:
    """Close a report with what was done. Raises `Denied` without the right, or when another officer was first."""
    report = ProblemReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    unit = OrganisationVersion.objects.in_force(bangkok_date(at)).get(organisation=report.organisation_id)
    policies.can_answer(actor, report, path=unit.path).require()
    report.state, report.answer = state, answer
    report.answered_by, report.answered_label, report.answered_at = actor.user_id, actor.label, at
    report.save(update_fields=["state", "answer", "answered_by", "answered_label", "answered_at"])
    _tell(report, "problem.answer", actor, at, {"state": state, "answer": answer}, path=unit.path)
    return report


@transaction.atomic
def problems_forget(*, at: datetime) -> int:
    """Erase contact and sender of the reports that are older than `KEPT_DAYS`; how many there were."""
    old = ProblemReport.objects.filter(at__lte=at - timedelta(days=policies.KEPT_DAYS))
    count = old.filter(~Q(contact="") | ~Q(sender="")).update(contact="", sender="")
    if count:
        audit.record(
            actor=system_actor("ระบบลบข้อมูลติดต่อของผู้แจ้ง"),
            type="problem.forget",
            target_kind="problem",
            target_id="",
            at=at,
            data={"count": count},
        )
    return count


def _tell(report: ProblemReport, act: str, actor: Actor, at: datetime, data: dict[str, str], path: str = "") -> None:
    audit.record(
        actor=actor,
        type=act,
        target_kind="problem",
        target_id=report.pk,
        target_label=report.item_title,
        at=at,
        path=path,
        data={"item": report.item_id} | data,
    )
