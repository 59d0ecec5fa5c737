"""Many units signed for in one act: each for itself, told one by one, in as many statements as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localgov.access.roles import RoleCode
from localgov.audit.models import Event
from localgov.certification import services
from localgov.certification.models import Certificate, Level
from localgov.certification.services import Signature
from localgov.figures.models import Figure, Stage
from localgov.filings import services as filings
from localgov.filings.models import StepTaken
from localgov.filings.services import SheetBatch, StepAsked
from localgov.filings.services.changes import SetAnswer
from localgov.filings.states import Action, Status
from localgov.organisations.models import Kind, Organisation
from localgov.rounds.models import RosterEntry
from tests.conftest import CLEAN, Person, Register, newest, organisation_make

#: Recorder, verifier and executive, by unit code.
Crews = dict[str, tuple[Person, Person, Person]]
CODES = ("6250101", "6250111", "6250112", "6250113")


@pytest.fixture
def units(register: Register) -> list[Organisation]:
    """Our unit and three more of its district."""
    more = [
        organisation_make(
            code, Kind.UNIT, f"อบต.{code}", f"th.25.2501.{code}.", unit_type="SAO", province="25", district="2501"
        )
        for code in CODES[1:]
    ]
    return [register.unit, *more]


@pytest.fixture
def entries(units: list[Organisation], round_2570: object) -> list[RosterEntry]:
    """The units in the round."""
    return list(RosterEntry.objects.filter(organisation__in=units).select_related("round").order_by("code"))


@pytest.fixture
def verified(entries: list[RosterEntry], crew: Crews, at: datetime) -> list[RosterEntry]:
    """All sheets of all units are verified."""
    round = entries[0].round
    filings.answers_save_many(
        at=at,
        round=round,
        batches=[
            SheetBatch(
                crew[entry.code][0].actor,
                entry,
                code,
                uuid4(),
                [SetAnswer(name, value, 0) for name, value in found.items()],
            )
            for entry in entries
            for code, found in CLEAN.items()
        ],
    )
    for place, action in ((0, Action.SUBMIT), (1, Action.VERIFY)):
        asked = [
            StepAsked(crew[entry.code][place].actor, entry, code, action, newest(entry, code).lock, "เหตุผล")
            for entry in entries
            for code in CLEAN
        ]
        filings.sheets_take_action(at=at, round=round, asked=asked)
    return entries


@pytest.fixture
def crew(units: list[Organisation], person: Callable[..., Person]) -> Crews:
    """Recorder, verifier and executive of each unit."""
    roles = (RoleCode.RECORDER, RoleCode.VERIFIER, RoleCode.EXECUTIVE)
    return {unit.code: tuple(person(f"{role.lower()}{unit.code}", unit, role) for role in roles) for unit in units}  # type: ignore[misc]


def signatures(entries: list[RosterEntry], crew: Crews) -> list[Signature]:
    return [Signature(crew[entry.code][2].actor, entry, uuid4()) for entry in entries]


def test_each_unit_gets_its_certificates_steps_figures_and_record(
    verified: list[RosterEntry], crew: Crews, province_certifier: Person, at: datetime
) -> None:
    told = services.units_certify(at=at, signatures=signatures(verified, crew))
    act = uuid4()
    signed = services.province_certify_many(actor=province_certifier.actor, at=at, entries=verified, signature=act)
    again = services.province_certify_many(actor=province_certifier.actor, at=at, entries=verified, signature=act)

    for outcomes in (told, signed, again):
        assert [outcome.entry.code for outcome in outcomes] == list(CODES)
        assert [(len(outcome.certificates), outcome.reason) for outcome in outcomes] == [(len(CLEAN), "")] * len(CODES)
    assert [one.certificates for one in again] == [one.certificates for one in signed]
    numbers = [one.number for outcome in told for one in outcome.certificates]
    assert numbers == sorted(set(numbers))
    for entry in verified:
        signer = crew[entry.code][2].user
        for code in CLEAN:
            sheet = newest(entry, code)
            assert sheet.status == Status.CERTIFIED_PROVINCE
            unit, province = sheet.certificates.order_by("pk")
            assert (unit.level, unit.signer_id, unit.signer_organisation) == (Level.UNIT, signer.pk, entry.full_name)
            assert (province.level, province.sha256) == (Level.PROVINCE, unit.sha256)
        readings = Figure.objects.filter(organisation=entry.organisation, question="male")
        assert set(readings.values_list("stage", "number")) == {(stage.value, Decimal(3100)) for stage in Stage}
        events = Event.objects.filter(type="certificate.sign", path=entry.path)
        assert [event.data["level"] for event in events.order_by("pk")] == ["UNIT", "PROVINCE"]


def test_a_unit_that_refuses_does_not_hold_up_the_others(
    verified: list[RosterEntry], crew: Crews, at: datetime
) -> None:
    own, other, third, fourth = verified
    stranger = crew[other.code][2].actor
    told = services.units_certify(
        at=at,
        signatures=[
            Signature(crew[own.code][2].actor, own, uuid4()),
            Signature(crew[own.code][2].actor, other, uuid4()),
            Signature(stranger, third, uuid4()),
            Signature(crew[fourth.code][2].actor, fourth, uuid4(), seen={"domain_1": 99}),
        ],
    )

    assert [bool(outcome.certificates) for outcome in told] == [True, False, False, False]
    assert "เป็นหน้าที่ของผู้บริหาร" in told[1].reason
    assert "เป็นหน้าที่ของผู้บริหาร" in told[2].reason
    assert "มีการเปลี่ยนแปลงหลังจากที่ท่านเปิดดู" in told[3].reason
    assert set(Certificate.objects.values_list("sheet__filing__roster_entry__code", flat=True)) == {own.code}
    assert set(StepTaken.objects.filter(action=Action.CERTIFY_LAO).values_list("actor_id", flat=True)) == {
        crew[own.code][2].user.pk
    }


def test_many_cost_as_many_statements_as_one(
    verified: list[RosterEntry], crew: Crews, province_certifier: Person, at: datetime
) -> None:
    def statements(act: Callable[[list[RosterEntry], UUID], object], entries: list[RosterEntry]) -> int:
        with CaptureQueriesContext(connection) as captured:
            act(entries, uuid4())
        return len(captured)

    def by_unit(entries: list[RosterEntry], _: UUID) -> object:
        return services.units_certify(at=at, signatures=signatures(entries, crew))

    def by_province(entries: list[RosterEntry], signature: UUID) -> object:
        return services.province_certify_many(
            actor=province_certifier.actor, at=at, entries=entries, signature=signature
        )

    one = statements(by_unit, verified[:1])
    assert statements(by_unit, verified[1:]) <= one
    one = statements(by_province, verified[:1])
    assert statements(by_province, verified[1:]) <= one
