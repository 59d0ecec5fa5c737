"""Circulars as their sender, and the offices above, watch them: how many have opened and acknowledged, and who has not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.filings.models import Sheet
from localgov.lib.thai_text import search_text
from localgov.notices.models import Addressee, Circular, Receipt
from localgov.notices.models.circular import publishing_offices
from localgov.notices.selectors.reading import receipt_at
from localgov.notices.states import ReceiptKind
from localgov.organisations import areas
from localgov.organisations.models import OrganisationVersion

OPENED, ACKNOWLEDGED = ReceiptKind.OPENED, ReceiptKind.ACKNOWLEDGED


def _count(kind: ReceiptKind) -> Coalesce:
    found = Receipt.objects.filter(circular=OuterRef("pk"), kind=kind).order_by().values("circular")
    return Coalesce(Subquery(found.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0)


def sent(*, actor: Actor, words: str = "", state: str = "") -> QuerySet[Circular]:
    """Circulars of the actor's office, drafts too, and of offices that it watches; newest first, with `opened`, `acknowledged`."""
    condition = Q(office_id__in=publishing_offices(actor))
    for scope in actor.scopes(Permission.NOTICE_VIEW):
        condition |= Q(office_path__startswith=scope)
    rows = Circular.objects.visible_to(actor).filter(condition)
    if wanted := search_text(words):
        rows = rows.filter(search_text__contains=wanted)
    if state:
        rows = rows.filter(state=state)
    return rows.annotate(opened=_count(OPENED), acknowledged=_count(ACKNOWLEDGED)).order_by("-drafted_at", "-pk")


#: In the order of the days to finish; receipts are counted circular by circular until there are enough.
_OVERDUE = """
SELECT c.*, done.acknowledged FROM (
    SELECT * FROM notices_circular
    WHERE office_id = ANY(%(offices)s) AND state = 'PUBLISHED' AND finish_on <= %(until)s ORDER BY finish_on, id
) c
CROSS JOIN LATERAL (
    SELECT count(*) AS acknowledged FROM notices_receipt r WHERE r.circular_id = c.id AND r.kind = 'ACKNOWLEDGED'
) done
WHERE done.acknowledged < c.addressee_count ORDER BY c.finish_on, c.id LIMIT %(most)s
"""


def overdue(*, actor: Actor, until: date, most: int) -> list[tuple[Circular, int]]:
    """Published circulars of the actor's own office to finish by a day that not all have acknowledged, and how many have.

    The first so many by that day; one query.
    """
    asked = {"offices": publishing_offices(actor), "until": until, "most": most}
    return [(one, int(vars(one)["acknowledged"])) for one in Circular.objects.raw(_OVERDUE, asked)]


@dataclass(frozen=True)
class AddresseeFilter:
    """Which addressees are looked for; an empty field asks nothing.

    `standing`: `not_opened`, `not_acknowledged` or `acknowledged`.
    """

    words: str = ""
    province_code: str = ""
    district_code: str = ""
    unit_type: str = ""
    standing: str = ""


def addressees(*, actor: Actor, circular: Circular, on: date, wanted: AddresseeFilter) -> QuerySet[Addressee]:
    """Whom it was published to, in Thai order of their names then, with `opened_at`, `acknowledged_at`.

    The sender sees all of them; an office above or below it those that stand in its own tree today.
    """
    rows = _in_sight(actor, circular, on).select_related("version", "organisation")
    equal = {
        "province_code": wanted.province_code,
        "district_code": wanted.district_code,
        "unit_type": wanted.unit_type,
    }
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    if text := search_text(wanted.words):
        rows = rows.filter(version__search_text__contains=text)
    if wanted.standing:
        kind = OPENED if wanted.standing == "not_opened" else ACKNOWLEDGED
        has = Exists(Receipt.objects.filter(circular=circular, addressee=OuterRef("pk"), kind=kind))
        rows = rows.filter(has if wanted.standing == "acknowledged" else ~has)
    rows = rows.annotate(opened_at=receipt_at(OPENED), acknowledged_at=receipt_at(ACKNOWLEDGED))
    return rows.order_by("position", "pk")


def recorded_since(circular: Circular, rows: QuerySet[Addressee]) -> QuerySet[Addressee]:
    """The same rows with `recorded`: whether the unit has answered anything of the circular's round since its publication."""
    newer = Sheet.objects.filter(
        filing__round=circular.round,
        filing__organisation_id=OuterRef("organisation_id"),
        is_newest=True,
        last_answer_at__gte=circular.published_at,
    )
    return rows.annotate(recorded=Exists(newer))


@dataclass(frozen=True)
class PlaceCount:
    """A province or district: how many addressees it has, and how many opened and acknowledged."""

    code: str
    name: str
    sort_key: str
    addressees: int
    opened: int
    acknowledged: int

    @property
    def waiting(self) -> int:
        """Those that have not acknowledged."""
        return self.addressees - self.acknowledged


def places(*, actor: Actor, circular: Circular, on: date, province_code: str = "") -> list[PlaceCount]:
    """By province, or by district of one province, in Thai order. Two queries."""
    column = "district_code" if province_code else "province_code"
    seen = _in_sight(actor, circular, on)
    if province_code:
        seen = seen.filter(province_code=province_code)
    totals = dict(seen.order_by().values_list(column).annotate(count=Count("pk")))
    receipts = Receipt.objects.filter(circular=circular, addressee__circular=circular)
    if province_code:
        receipts = receipts.filter(addressee__province_code=province_code)
    if not _is_senders(actor, circular):
        receipts = receipts.filter(addressee__in=seen.order_by().values("pk"))
    done = receipts.order_by().values_list("kind", f"addressee__{column}").annotate(count=Count("pk"))
    counts = {(kind, code): count for kind, code, count in done}
    return _in_order(
        PlaceCount(
            code=code,
            name=_place_name(code),
            sort_key=_place_key(code),
            addressees=total,
            opened=counts.get((OPENED.value, code), 0),
            acknowledged=counts.get((ACKNOWLEDGED.value, code), 0),
        )
        for code, total in totals.items()
    )


def _in_sight(actor: Actor, circular: Circular, on: date) -> QuerySet[Addressee]:
    """Every addressee for the sender; for others those under their own scopes by today's paths."""
    rows = Addressee.objects.filter(circular=circular)
    if _is_senders(actor, circular):
        return rows
    own = OrganisationVersion.objects.in_force(on).under(*actor.scopes(Permission.NOTICE_VIEW))
    return rows.filter(organisation_id__in=own.values("organisation_id"))


def _is_senders(actor: Actor, circular: Circular) -> bool:
    """Whether the actor is of the sending office or above it, and so sees every addressee."""
    return any(circular.office_path.startswith(scope) for scope in actor.scopes(Permission.NOTICE_VIEW))


def _in_order(found: Iterable[PlaceCount]) -> list[PlaceCount]:
    return sorted(found, key=lambda one: (one.sort_key, one.code))


def _place_name(code: str) -> str:
    if len(code) == 4:
        return areas.district_name(code)
    return areas.province_name(code) or "สำนักงานจังหวัด (สถจ.)"


def _place_key(code: str) -> str:
    found = areas.district(code) if len(code) == 4 else areas.province(code)
    return found.sort_key if found else ""
