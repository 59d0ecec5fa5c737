"""What a tiny unit's exception lets one person do on a sheet, what it never does, and where its use is marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from localgov.access.decision import Denied
from localgov.access.duty import Parts
from localgov.access.roles import RoleCode
from localgov.accounts import services as accounts
from localgov.accounts.models import RoleAssignment
from localgov.accounts.periods import period
from localgov.accounts.selectors import actor_for
from localgov.certification import services
from localgov.certification.models import Certificate, CertificateException, Seat
from localgov.filings.models import Sheet, StepException
from localgov.filings.services import sheet_take_action
from localgov.filings.states import Action
from localgov.rounds.models import RosterEntry
from tests.conftest import CLEAN, Person, Register, newest

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


@dataclass
class Tiny:
    """A unit in which one person holds every role, and the others that may stand beside him."""

    one: Person
    entry: RosterEntry
    fill: Callable[..., Sheet]
    province_officer: Person
    at: datetime

    def except_(self, parts: Parts, *, first: date = TODAY, last: date = date(2027, 9, 30)) -> int:
        """Grant, and let him sign in anew."""
        found = accounts.exception_grant(
            actor=self.province_officer.actor,
            at=self.at,
            user_id=self.one.user.pk,
            parts=parts,
            first_day=first,
            last=last,
            order_number="ปจ 12/2570",
            reason="มีสองคน",
        )
        self.one = Person(self.one.user, actor_for(user=self.one.user, on=TODAY))
        return found.pk

    def take(self, by: Person, action: Action) -> None:
        """A step on every sheet."""
        for section in CLEAN:
            lock = newest(self.entry, section).lock
            sheet_take_action(actor=by.actor, at=self.at, entry=self.entry, section=section, action=action, lock=lock)

    def record(self, by: Person) -> None:
        """Fill and submit."""
        for section in CLEAN:
            self.fill(section, by=by)
        self.take(by, Action.SUBMIT)

    def certify(self, by: Person) -> list[Certificate]:
        """Sign."""
        return services.unit_certify(actor=by.actor, at=self.at, entry=self.entry, signature=uuid4())

    def walk(self, who: dict[str, Person]) -> list[Certificate]:
        """Record, verify, certify by the persons named."""
        self.record(who["record"])
        self.take(who["verify"], Action.VERIFY)
        return self.certify(who["certify"])


@pytest.fixture
def tiny(
    register: Register,
    person: Callable[..., Person],
    entry: RosterEntry,
    fill: Callable[..., Sheet],
    province_officer: Person,
    at: datetime,
) -> Tiny:
    """Nobody but one, until a test brings others."""
    one = person("one", register.unit, RoleCode.RECORDER, RoleCode.VERIFIER, RoleCode.EXECUTIVE, title="นายก")
    return Tiny(one, entry, fill, province_officer, at)


#: Which parts he takes himself under each pair; the third is another's.
PAIRS = {
    Parts.RECORD_VERIFY: ("record", "verify"),
    Parts.VERIFY_CERTIFY: ("verify", "certify"),
    Parts.RECORD_CERTIFY: ("record", "certify"),
}


def hands(tiny: Tiny, parts: Parts, others: dict[str, Person]) -> dict[str, Person]:
    return others | dict.fromkeys(PAIRS[parts], tiny.one)


@pytest.fixture
def others(tiny: Tiny, register: Register, person: Callable[..., Person]) -> dict[str, Person]:
    """Another for each part; the other executive acts for him."""
    certifier = person("acting", register.unit)
    RoleAssignment.objects.create(
        user=certifier.user,
        organisation=register.unit,
        role=RoleCode.EXECUTIVE,
        held=period(TODAY),
        position_title="ปลัด อบต.",
        order_number="ปจ 1/2570",
        is_acting=True,
    )
    return {
        "record": person("rec", register.unit, RoleCode.RECORDER),
        "verify": person("ver", register.unit, RoleCode.VERIFIER),
        "certify": Person(certifier.user, actor_for(user=certifier.user, on=TODAY)),
    }


@pytest.mark.parametrize("granted", [None, *Parts])
@pytest.mark.parametrize("tried", list(Parts))
def test_each_exception_joins_its_own_two_parts_alone(
    tried: Parts, granted: Parts | None, tiny: Tiny, others: dict[str, Person]
) -> None:
    pk = tiny.except_(granted) if granted else None

    if granted is not tried:
        with pytest.raises(Denied, match="ต้องเป็นคนละคน"):
            tiny.walk(hands(tiny, tried, others))
        assert not StepException.objects.exists()
        return
    certificates = tiny.walk(hands(tiny, tried, others))

    action = Action.VERIFY if tried is Parts.RECORD_VERIFY else Action.CERTIFY_LAO
    steps = StepException.objects.select_related("step")
    assert {(one.step.action, one.exception_id) for one in steps} == {(action, pk)}
    assert CertificateException.objects.filter(exception=pk).count() == len(certificates) == len(CLEAN)
    body = json.loads(certificates[0].snapshot)
    assert body["exceptions"] == [
        {
            "order": "ปจ 12/2570",
            "parts": tried.value,
            "person": {"id": tiny.one.user.pk, "name": "one ตัวอย่าง"},
            "from": "2026-11-20",
            "to": "2027-09-30",
        }
    ]


@pytest.mark.parametrize("granted", list(Parts))
def test_three_parts_by_one_person_are_refused_whatever_was_granted(granted: Parts, tiny: Tiny) -> None:
    tiny.except_(granted)
    with pytest.raises(Denied, match=r"คนละคน|ครบทั้งสามหน้าที่ไม่ได้"):
        tiny.walk(dict.fromkeys(("record", "verify", "certify"), tiny.one))
    assert not Certificate.objects.exists()


def test_three_parts_are_refused_under_two_exceptions_one_after_the_other(tiny: Tiny, at: datetime) -> None:
    first = tiny.except_(Parts.RECORD_VERIFY, last=TODAY)
    tiny.record(tiny.one)
    tiny.take(tiny.one, Action.VERIFY)
    assert StepException.objects.filter(exception=first).count() == len(CLEAN)
    tomorrow = date(2026, 11, 21)
    tiny.except_(Parts.RECORD_CERTIFY, first=tomorrow)
    tiny.one = Person(tiny.one.user, actor_for(user=tiny.one.user, on=tomorrow))

    with pytest.raises(Denied, match="ครบทั้งสามหน้าที่ไม่ได้"):
        tiny.certify(tiny.one)


def test_an_exception_that_is_over_or_of_another_unit_lets_nothing_pass(
    tiny: Tiny, others: dict[str, Person], register: Register
) -> None:
    tiny.except_(Parts.RECORD_VERIFY, last=TODAY)
    tiny.one = Person(tiny.one.user, actor_for(user=tiny.one.user, on=date(2026, 11, 21)))
    with pytest.raises(Denied, match="ต้องเป็นคนละคน"):
        tiny.walk(hands(tiny, Parts.RECORD_VERIFY, others))
    assert tiny.one.actor.joined_at("th.25.4250102.") is None


def test_without_an_exception_the_text_says_nothing_of_one(tiny: Tiny, others: dict[str, Person]) -> None:
    certificates = tiny.walk(others)

    assert "exceptions" not in json.loads(certificates[0].snapshot)
    assert not CertificateException.objects.exists()


def test_its_use_is_seen_on_the_unit_the_timeline_the_certificate_and_in_the_count(
    tiny: Tiny, others: dict[str, Person]
) -> None:
    tiny.except_(Parts.RECORD_VERIFY)
    certificate = tiny.walk(hands(tiny, Parts.RECORD_VERIFY, others))[0]
    browser = tiny.province_officer.client()
    place = {"fiscal_year": 2570, "unit_code": "6250101"}
    for page in (
        reverse("filings:filing-detail", kwargs=place),
        reverse("filings:filing-timeline", kwargs=place),
        reverse("certification:certificate-detail", args=[certificate.address]),
    ):
        assert "ปจ 12/2570" in browser.get(page).content.decode(), page
    listed = browser.get(reverse("certification:exception-list")).content.decode()
    assert re.search(rf'data-label="ใบรับรองที่ใช้ \(ใบ\)"[^>]*>(<span>)?{len(CLEAN)}<', listed)


# --- the term of office ------------------------------------------------------------------------------------------------


def test_a_certificate_carries_title_acting_and_order(tiny: Tiny, others: dict[str, Person]) -> None:
    certificate = tiny.walk(others)[0]

    seat = Seat.objects.get(certificate=certificate)
    assert (certificate.signer_position, seat.is_acting, seat.order_number) == (
        "ปลัด อบต.",
        True,
        "ปจ 1/2570",
    )
    page = tiny.province_officer.client().get(reverse("certification:certificate-detail", args=[certificate.address]))
    assert "ปฏิบัติหน้าที่แทน ตามคำสั่งเลขที่ ปจ 1/2570" in page.content.decode()


def test_a_term_that_ended_yesterday_signs_nothing_even_by_an_actor_of_yesterday(
    tiny: Tiny, others: dict[str, Person], at: datetime
) -> None:
    tiny.record(others["record"])
    tiny.take(others["verify"], Action.VERIFY)
    RoleAssignment.objects.filter(user=others["certify"].user).update(held=period(date(2026, 1, 1), date(2026, 11, 19)))

    with pytest.raises(Denied, match="ไม่ครอบคลุมวันที่ลงนาม"):
        tiny.certify(others["certify"])
    assert not Certificate.objects.exists()


def test_the_database_refuses_a_certificate_of_a_signer_without_a_term(tiny: Tiny, others: dict[str, Person]) -> None:
    made = tiny.walk(others)[0]
    sheet = newest(tiny.entry, "domain_1")
    services.unit_take_back(
        actor=others["certify"].actor, at=tiny.at, entry=tiny.entry, section="domain_1", lock=sheet.lock
    )
    made.pk, made.number, made.signature = None, "รบ.2570-9999999", uuid4()
    made.signer_id = others["record"].user.pk

    with pytest.raises(IntegrityError, match="holds no term"), transaction.atomic():
        made.save(force_insert=True)
