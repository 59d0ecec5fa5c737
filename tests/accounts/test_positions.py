"""Seating executives and officers from–to by order; overlaps, ends, and who may."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.access.roles import RoleCode
from localgov.accounts import selectors, services
from localgov.accounts.models import RoleAssignment, User
from localgov.audit.models import Event
from localgov.lib.thai_calendar import bangkok_date
from tests.conftest import NOW, Person, Register

pytestmark = pytest.mark.django_db

TODAY = bangkok_date(NOW)


def _term(first: date = TODAY, last: date | None = None, *, acting: bool = False) -> services.Term:
    return services.Term(first, last, "นายกองค์การบริหารส่วนตำบล", "คำสั่งจังหวัด ที่ 9/2570", acting)


@pytest.fixture
def seat(register: Register, province_officer: Person) -> Callable[..., services.Seated]:
    """Seats somebody as executive of our unit: `seat(person, term)`."""

    def act(person: int | services.NewPerson, term: services.Term, *, by: Person = province_officer) -> services.Seated:
        return services.position_seat(
            actor=by.actor,
            at=NOW,
            organisation_id=register.unit.pk,
            role=RoleCode.EXECUTIVE,
            person=person,
            term=term,
        )

    return act


class TestSeat:
    def test_lets_the_seated_certify_from_the_first_to_the_last_day(
        self, seat: Callable[..., services.Seated], recorder: Person
    ) -> None:
        last = TODAY + timedelta(days=100)

        seat(recorder.user.pk, _term(TODAY + timedelta(days=1), last))

        path = "th.25.2501.6250101."
        for day, expected in [(TODAY, False), (TODAY + timedelta(1), True), (last, True), (last + timedelta(1), False)]:
            actor = selectors.actor_for(user=recorder.user, on=day)
            assert actor.can(Permission.CERTIFY_UNIT, at=path) is expected, day

    def test_makes_an_account_for_who_has_none_and_hands_over_its_code(
        self, seat: Callable[..., services.Seated]
    ) -> None:
        seated = seat(services.NewPerson("mayor.1", "ผู้บริหาร ตัวอย่าง"), _term())

        assert seated.issued is not None
        assert services.code_redeem(username="mayor.1", typed=seated.issued.code, at=NOW) == seated.assignment.user

    def test_voids_the_code_that_the_administrator_knows(
        self, seat: Callable[..., services.Seated], unit_administrator: Person, register: Register
    ) -> None:
        known = services.person_create(
            actor=unit_administrator.actor,
            at=NOW,
            organisation_id=register.unit.pk,
            username="mayor.1",
            display_name="ผู้บริหาร",
        )

        seated = seat(known.user.pk, _term())

        assert services.code_redeem(username="mayor.1", typed=known.code, at=NOW) is None
        assert seated.issued is not None

    def test_leaves_a_chosen_password_alone(
        self, seat: Callable[..., services.Seated], recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)

        assert seat(recorder.user.pk, _term()).issued is None

    def test_is_recorded(
        self, seat: Callable[..., services.Seated], recorder: Person, province_officer: Person
    ) -> None:
        seat(recorder.user.pk, _term())

        event = Event.objects.get(type="position.seated")
        assert event.actor_id == province_officer.user.pk
        assert event.data["order_number"] == "คำสั่งจังหวัด ที่ 9/2570"

    def test_refuses_a_second_holder_at_the_same_time_and_names_the_first(
        self, seat: Callable[..., services.Seated], executive: Person, recorder: Person
    ) -> None:
        with pytest.raises(Denied, match=r"ซ้อนกับ executive ตัวอย่าง .* ตั้งแต่ 1 ม\.ค\. 2563 เป็นต้นไป"):
            seat(recorder.user.pk, _term())

    def test_allows_one_who_acts_beside_the_holder(
        self, seat: Callable[..., services.Seated], executive: Person, recorder: Person, verifier: Person
    ) -> None:
        seat(recorder.user.pk, _term(acting=True))

        with pytest.raises(Denied, match="ผู้ปฏิบัติหน้าที่แทน"):
            seat(verifier.user.pk, _term(acting=True))

    def test_allows_a_successor_from_the_day_after(
        self, seat: Callable[..., services.Seated], recorder: Person, verifier: Person
    ) -> None:
        seat(recorder.user.pk, _term(TODAY, TODAY + timedelta(days=9)))

        seat(verifier.user.pk, _term(TODAY + timedelta(days=10)))

        assert RoleAssignment.objects.filter(role=RoleCode.EXECUTIVE).count() == 2

    @pytest.mark.parametrize(
        ("term", "sentence"),
        [
            (services.Term(TODAY, None, "", "คำสั่ง 1"), "ต้องมีชื่อตำแหน่ง"),
            (services.Term(TODAY, None, "นายก", ""), "เลขที่คำสั่ง"),
            (services.Term(TODAY, TODAY - timedelta(days=1), "นายก", "คำสั่ง 1"), "อยู่ก่อนวันเริ่ม"),
        ],
    )
    def test_refuses_an_order_that_makes_no_sense(
        self, seat: Callable[..., services.Seated], recorder: Person, term: services.Term, sentence: str
    ) -> None:
        with pytest.raises(Denied, match=sentence):
            seat(recorder.user.pk, term)

    def test_refuses_accounts_of_another_unit_handed_down_and_closed_ones(
        self, seat: Callable[..., services.Seated], stranger: Person, recorder: Person, verifier: Person
    ) -> None:
        User.objects.filter(pk=recorder.user.pk).update(is_active=False)
        User.objects.filter(pk=verifier.user.pk).update(is_handed_down=True)

        for person, sentence in [(stranger, "ไม่ได้สังกัด"), (recorder, "ถูกปิดใช้"), (verifier, "ไม่ใช่บัญชีของบุคคล")]:
            with pytest.raises(Denied, match=sentence):
                seat(person.user.pk, _term())

    def test_is_refused_to_the_unit_itself_the_district_and_the_next_province(
        self,
        seat: Callable[..., services.Seated],
        recorder: Person,
        unit_administrator: Person,
        executive: Person,
        district_officer: Person,
        province_certifier: Person,
        stranger_officer: Person,
    ) -> None:
        for one in (unit_administrator, executive, district_officer, province_certifier, stranger_officer):
            with pytest.raises(Denied, match="ไม่มีสิทธิแต่งตั้ง"):
                seat(recorder.user.pk, _term(acting=True), by=one)

    def test_gives_no_role_at_the_wrong_kind_of_office(self, department_officer: Person, register: Register) -> None:
        for role in (RoleCode.PROVINCE_CERTIFIER, RoleCode.RECORDER, RoleCode.UNIT_ADMINISTRATOR):
            with pytest.raises(Denied):
                services.position_seat(
                    actor=department_officer.actor,
                    at=NOW,
                    organisation_id=register.unit.pk,
                    role=role,
                    person=services.NewPerson("wrong.one", "ผิดที่"),
                    term=_term(),
                )


class TestEnd:
    def test_keeps_the_term_in_the_history(self, province_officer: Person, executive: Person) -> None:
        term = RoleAssignment.objects.get(user=executive.user)

        services.position_end(actor=province_officer.actor, at=NOW, assignment_id=term.pk, last=TODAY)

        assert selectors.actor_for(user=executive.user, on=TODAY).grants
        assert not selectors.actor_for(user=executive.user, on=TODAY + timedelta(days=1)).grants
        assert [row.pk for row in selectors.executives_of(organisation_id=term.organisation_id)] == [term.pk]
        assert not selectors.executives_of(organisation_id=term.organisation_id, on=TODAY + timedelta(days=1))

    def test_takes_a_seat_back_on_the_day_it_was_given(
        self, seat: Callable[..., services.Seated], province_officer: Person, recorder: Person
    ) -> None:
        term = seat(recorder.user.pk, _term()).assignment

        services.position_end(
            actor=province_officer.actor, at=NOW, assignment_id=term.pk, last=TODAY - timedelta(days=1)
        )

        term.refresh_from_db()
        assert term.held.isempty
        assert term.ended_at == NOW
        assert province_officer.client().get("/accounts/executives/6250101/").status_code == 200

    @pytest.mark.parametrize(("days", "sentence"), [(-2, "ต้องไม่ก่อน"), (400, "สิ้นสุดอยู่แล้ว")])
    def test_refuses_days_that_would_rewrite_or_prolong_the_term(
        self,
        seat: Callable[..., services.Seated],
        province_officer: Person,
        recorder: Person,
        days: int,
        sentence: str,
    ) -> None:
        term = seat(recorder.user.pk, _term(TODAY - timedelta(days=30), TODAY + timedelta(days=300))).assignment

        with pytest.raises(Denied, match=sentence):
            services.position_end(
                actor=province_officer.actor, at=NOW, assignment_id=term.pk, last=TODAY + timedelta(days=days)
            )

    def test_is_done_once(self, province_officer: Person, executive: Person) -> None:
        term = RoleAssignment.objects.get(user=executive.user)
        end = {"actor": province_officer.actor, "at": NOW, "assignment_id": term.pk}
        services.position_end(**end, last=TODAY - timedelta(days=1))  # type: ignore[arg-type]

        with pytest.raises(Denied, match="สิ้นสุดไปแล้ว"):
            services.position_end(**end, last=TODAY)  # type: ignore[arg-type]

    def test_from_the_page(self, province_officer: Person, executive: Person) -> None:
        term = RoleAssignment.objects.get(user=executive.user)
        browser = province_officer.client()

        refused = browser.post(f"/accounts/positions/{term.pk}/end/", {"last_day": "1/1/2560"})
        done = browser.post(f"/accounts/positions/{term.pk}/end/", {"last_day": "31/12/2600"})

        assert refused.status_code == 409
        assert done["Location"] == "/accounts/executives/6250101/"

    def test_is_not_there_for_the_next_province(self, stranger_officer: Person, executive: Person) -> None:
        term = RoleAssignment.objects.get(user=executive.user)

        assert stranger_officer.client().get(f"/accounts/positions/{term.pk}/end/").status_code == 404

    def test_is_refused_to_the_administrator(self, unit_administrator: Person, executive: Person) -> None:
        term = RoleAssignment.objects.get(user=executive.user)
        address = f"/accounts/positions/{term.pk}/end/"

        assert unit_administrator.client().get(address).status_code == 403
        assert unit_administrator.client().post(address, {"last_day": "31/12/2600"}).status_code == 403


class TestExecutivePages:
    def test_list_units_with_and_without(self, province_officer: Person, executive: Person) -> None:
        browser = province_officer.client()

        without = browser.get("/accounts/executives/?seated=NO").content.decode()
        with_one = browser.get("/accounts/executives/?seated=YES").content.decode()

        assert "อบจ.ปราจีนบุรี" in without
        assert "อบต.บ้านสาธิต" not in without
        assert "executive ตัวอย่าง" in with_one
        assert "อบต.เพื่อนบ้าน" not in without + with_one

    def test_units_without_are_counted_as_they_are_listed(self, province_officer: Person, executive: Person) -> None:
        actor, later = province_officer.actor, TODAY + timedelta(days=400)

        counts = selectors.units_without(actor=actor, on=TODAY, days=[TODAY, later])

        assert counts["seated", TODAY] == 2
        for (lack, day), count in counts.items():
            listed = selectors.units_with_executives(actor=actor, on=TODAY, seats_on=day, search={lack: "NO"})
            assert listed.count() == count

    def test_seat_an_existing_account(self, province_officer: Person, recorder: Person) -> None:
        response = province_officer.client().post(
            "/accounts/executives/6250101/",
            {
                "person": str(recorder.user.pk),
                "position_title": "นายก อบต.",
                "order_number": "คำสั่งที่ 1/2570",
                "first_day": "๑ ต.ค. ๒๕๖๙",
            },
        )

        assert response.status_code == 302
        term = RoleAssignment.objects.get(role=RoleCode.EXECUTIVE)
        assert (term.held.lower, term.position_title) == (date(2026, 10, 1), "นายก อบต.")

    def test_seat_a_new_account_and_show_its_code(self, province_officer: Person) -> None:
        response = province_officer.client().post(
            "/accounts/executives/6250101/",
            {
                "person": "new",
                "display_name": "ผู้บริหาร ตัวอย่าง",
                "username": "mayor.1",
                "position_title": "นายก อบต.",
                "order_number": "คำสั่งที่ 1/2570",
                "first_day": "1/10/2569",
            },
        )

        assert "รหัสนี้แสดงครั้งเดียว" in response.content.decode()

    @pytest.mark.parametrize(
        ("typed", "status", "sentence"),
        [
            ({"person": "new"}, 422, "หรือเลือกบัญชีที่มีอยู่แล้ว"),
            ({"first_day": "31 ก.พ. 2570"}, 422, "ไม่มีวันที่ 31"),
            ({"order_number": ""}, 422, "โปรดกรอก “เลขที่คำสั่งหรือหนังสือ”"),
            ({"first_day": "1/10/2569", "last_day": "1/9/2569"}, 409, "อยู่ก่อนวันเริ่ม"),
            ({}, 409, "ซ้อนกับ executive"),
        ],
    )
    def test_say_what_is_wrong(
        self,
        province_officer: Person,
        executive: Person,
        recorder: Person,
        typed: dict[str, str],
        status: int,
        sentence: str,
    ) -> None:
        form = {
            "person": str(recorder.user.pk),
            "position_title": "นายก อบต.",
            "order_number": "คำสั่งที่ 1/2570",
            "first_day": "1/10/2569",
        }

        response = province_officer.client().post("/accounts/executives/6250101/", form | typed)

        assert response.status_code == status
        assert sentence in response.content.decode()

    @pytest.mark.parametrize("code", ["6270101", "P25", "9999999"])
    def test_are_not_there_for_other_units_and_offices(self, province_officer: Person, code: str) -> None:
        browser = province_officer.client()

        assert browser.get(f"/accounts/executives/{code}/").status_code == 404
        assert browser.post(f"/accounts/executives/{code}/").status_code == 404


class TestOfficers:
    def test_are_made_and_seated_by_the_department(self, department_officer: Person, register: Register) -> None:
        response = department_officer.client().post(
            "/accounts/officers/new/",
            {
                "office": str(register.province.pk),
                "display_name": "ท้องถิ่นจังหวัด ตัวอย่าง",
                "username": "p25.chief",
                "role": "PROVINCE_CERTIFIER",
                "position_title": "ท้องถิ่นจังหวัดปราจีนบุรี",
                "order_number": "คำสั่งกรม ที่ 1/2570",
                "first_day": "1/10/2569",
            },
        )

        assert "รหัสนี้แสดงครั้งเดียว" in response.content.decode()
        assert RoleAssignment.objects.filter(user__username="p25.chief", role="PROVINCE_CERTIFIER").exists()

    def test_may_be_given_another_role(
        self, operator: Person, province_officer: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(province_officer.user)

        response = operator.client().post(
            f"/accounts/people/{province_officer.user.pk}/seat/",
            {
                "role": "PROVINCE_CERTIFIER",
                "position_title": "ท้องถิ่นจังหวัด",
                "order_number": "คำสั่งกรม ที่ 2/2570",
                "first_day": "1/10/2569",
            },
        )

        assert response.status_code == 302
        assert province_officer.user.assignments.count() == 2

    def test_get_no_role_of_another_kind_of_office(self, operator: Person, province_officer: Person) -> None:
        response = operator.client().post(
            f"/accounts/people/{province_officer.user.pk}/seat/", {"role": "AUDITOR", "first_day": "1/10/2569"}
        )

        assert response.status_code == 422

    def test_are_listed_without_people_of_units(
        self, operator: Person, province_officer: Person, recorder: Person
    ) -> None:
        text = operator.client().get("/accounts/officers/").content.decode()

        assert "p25 ตัวอย่าง" in text
        assert "recorder ตัวอย่าง" not in text

    def test_may_not_end_their_own_term(self, operator: Person) -> None:
        term = RoleAssignment.objects.get(user=operator.user)

        with pytest.raises(Denied, match="ของบัญชีท่านเอง"):
            services.position_end(actor=operator.actor, at=NOW, assignment_id=term.pk, last=TODAY)


def test_the_database_refuses_two_holders_of_one_position(
    register: Register, executive: Person, recorder: Person
) -> None:
    from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="role_assignment_position_held_once"):
        RoleAssignment.objects.create(
            user=recorder.user, organisation=register.unit, role=RoleCode.EXECUTIVE, held=DateRange(TODAY, None)
        )
