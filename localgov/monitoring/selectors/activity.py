"""What a unit did in INFO in a fiscal year: its people's steps, saves, sign-ins and acts on accounts, summed up by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.db.models import Max, OuterRef, QuerySet, Subquery

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.accounts.models import User
from localgov.filings.states import Action
from localgov.inspection.acts import act_name
from localgov.lib.thai_calendar import bangkok_day_end, bangkok_day_start, fiscal_year_bounds
from localgov.lib.thai_text import search_text
from localgov.organisations import areas
from localgov.organisations.models import OrganisationVersion

_STEPS_OF_THE_UNIT = (
    Action.SUBMIT,
    Action.TAKE_BACK_SUBMISSION,
    Action.VERIFY,
    Action.TAKE_BACK_VERIFICATION,
    Action.RETURN,
    Action.CERTIFY_LAO,
    Action.TAKE_BACK_LAO,
    Action.AMEND,
)
#: Acts of the record that are steps or saves as well and are counted there.
_TOLD_ELSEWHERE = ("certificate.sign", "certificate.end")
_SIGNED_IN = "account.signed_in"

_ACTS = """
WITH mine AS (SELECT id FROM filings_filing WHERE organisation_id = %(unit)s),
people AS (SELECT id FROM accounts_user WHERE organisation_id = %(unit)s)
SELECT 'STEP' AS kind, (t.recorded_at AT TIME ZONE 'Asia/Bangkok')::date AS day, t.action AS what, r.title, r.fiscal_year_be,
    t.actor_label, count(*) AS times, 0::bigint AS answers, max(t.recorded_at) AS last_at
FROM mine JOIN filings_sheet s ON s.filing_id = mine.id JOIN filings_steptaken t ON t.sheet_id = s.id
JOIN filings_filing f ON f.id = mine.id JOIN rounds_round r ON r.id = f.round_id
WHERE t.action = ANY(%(steps)s) AND t.recorded_at >= %(begins)s AND t.recorded_at < %(ends)s
GROUP BY 2, 3, 4, 5, 6
UNION ALL
SELECT 'SAVE', (c.recorded_at AT TIME ZONE 'Asia/Bangkok')::date, '', r.title, r.fiscal_year_be, c.actor_label,
    count(*), sum(jsonb_array_length(c.items)), max(c.recorded_at)
FROM mine JOIN filings_change c ON c.filing_id = mine.id
JOIN filings_filing f ON f.id = mine.id JOIN rounds_round r ON r.id = f.round_id
WHERE c.recorded_at >= %(begins)s AND c.recorded_at < %(ends)s
GROUP BY 2, 4, 5, 6
UNION ALL
SELECT CASE WHEN v.type = %(signed_in)s THEN 'SIGN_IN' ELSE 'ACCOUNT' END, (v.recorded_at AT TIME ZONE 'Asia/Bangkok')::date,
    v.type, '', 0, v.actor_label, count(*), 0, max(v.recorded_at)
FROM people JOIN audit_event v ON v.actor_id = people.id
WHERE v.recorded_at >= %(begins)s AND v.recorded_at < %(ends)s AND NOT v.type = ANY(%(elsewhere)s)
GROUP BY 1, 2, 3, v.actor_label
ORDER BY day DESC, last_at DESC, kind, what
"""


class WorkKind(models.TextChoices):
    """What sort of work a line tells of."""

    SAVE = "SAVE", "บันทึกข้อมูล"
    STEP = "STEP", "ส่ง ตรวจสอบ รับรอง"
    SIGN_IN = "SIGN_IN", "เข้าสู่ระบบ"
    ACCOUNT = "ACCOUNT", "บัญชีและเรื่องอื่น"


@dataclass(frozen=True, slots=True)
class WorkLine:
    """What one person of the unit did of one sort on one day: how often, and of saves how many answers.

    `form` and `fiscal_year` say in which round; they are empty for what belongs to none.
    """

    kind: WorkKind
    day: date
    what: str
    form: str
    fiscal_year: int
    who: str
    times: int
    answers: int
    last_at: datetime

    @property
    def told(self) -> str:
        """In words."""
        if self.kind == WorkKind.SAVE:
            return f"บันทึกข้อมูล {self.times:,} ครั้ง รวม {self.answers:,} รายการ"
        if self.kind == WorkKind.STEP:
            return f"{Action(self.what).label} {self.times:,} ชุด"
        return f"{act_name(self.what)} {self.times:,} ครั้ง"

    @property
    def where(self) -> str:
        """The round's form and year."""
        return f"{self.form} ปี {self.fiscal_year}" if self.form else ""


def units_by_use(*, actor: Actor, on: date, search: Mapping[str, Any]) -> QuerySet[OrganisationVersion]:
    """Units that the actor watches, in Thai order within their provinces, with `last_login` of any account.

    `search`: name, province, district, unit_type, region.
    """
    last = User.objects.filter(organisation=OuterRef("organisation")).order_by().values("organisation")
    found = (
        OrganisationVersion.objects.in_force(on)
        .units()
        .visible_to(actor, Permission.MONITOR_VIEW)
        .select_related("organisation")
        .annotate(last_login=Subquery(last.annotate(last=Max("last_login")).values("last")))
        .order_by("sort_key", "pk")
    )
    for field, key in (("province_code", "province"), ("district_code", "district"), ("unit_type", "unit_type")):
        if value := search.get(key):
            found = found.filter(**{field: value})
    if region := search.get("region"):
        found = found.filter(province_code__in=[one.code for one in areas.provinces() if one.region == region])
    if name := search_text(search.get("name") or ""):
        found = found.filter(search_text__contains=name)
    return found


def unit_of(*, actor: Actor, on: date, code: str) -> OrganisationVersion | None:
    """The unit with a code, if the actor watches it."""
    units = OrganisationVersion.objects.in_force(on).units().visible_to(actor, Permission.MONITOR_VIEW)
    return units.filter(organisation__code=code).select_related("organisation").first()


def work_of(*, organisation_id: int, fiscal_year: int) -> list[WorkLine]:
    """What a unit's people did in a fiscal year (พ.ศ.), newest day first (1 query)."""
    first, last = fiscal_year_bounds(fiscal_year)
    parameters: dict[str, Any] = {
        "unit": organisation_id,
        "begins": bangkok_day_start(first),
        "ends": bangkok_day_end(last),
        "steps": [step.value for step in _STEPS_OF_THE_UNIT],
        "signed_in": _SIGNED_IN,
        "elsewhere": list(_TOLD_ELSEWHERE),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ACTS, parameters)
        return [WorkLine(WorkKind(kind), *row) for kind, *row in cursor.fetchall()]
