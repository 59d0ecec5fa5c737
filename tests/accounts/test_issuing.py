"""Handing accounts down: all in one act, once, as workbooks; again for those who have not come in."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.accounts import selectors, services
from localgov.accounts.models import OneTimeCode, RoleAssignment, User
from localgov.audit.models import Event
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.models import Kind, Organisation, OrganisationVersion
from tests.accounts.conftest import PASSWORD, sign_in
from tests.conftest import FIRST_DAY, NOW, Person, Register

pytestmark = pytest.mark.django_db


def _issue(person: Person, province: str = "") -> list[services.HandedDown]:
    return services.accounts_issue(actor=person.actor, at=NOW, province_code=province)


class TestIssue:
    def test_makes_one_account_for_every_office_and_unit_with_the_role_of_its_kind(
        self, register: Register, department_officer: Person
    ) -> None:
        issued = _issue(department_officer)

        roles = dict(RoleAssignment.objects.filter(user__is_handed_down=True).values_list("user__username", "role"))
        assert roles == {
            "p25": RoleCode.PROVINCE_OFFICER,
            "d2501": RoleCode.DISTRICT_OFFICER,
            "6250101": RoleCode.UNIT_ADMINISTRATOR,
            "4250102": RoleCode.UNIT_ADMINISTRATOR,
            "2250101": RoleCode.UNIT_ADMINISTRATOR,
            "p27": RoleCode.PROVINCE_OFFICER,
            "d2701": RoleCode.DISTRICT_OFFICER,
            "6270101": RoleCode.UNIT_ADMINISTRATOR,
        }
        assert len({one.code for one in issued}) == 8
        assert Event.objects.get(type="account.issued").data["count"] == 8

    def test_keeps_no_code_in_clear(self, register: Register, department_officer: Person) -> None:
        issued = _issue(department_officer)

        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(c::text, ' ') FROM accounts_onetimecode c")
            stored = cursor.fetchone()[0]
            cursor.execute("SELECT string_agg(e::text, ' ') FROM audit_event e")
            stored += cursor.fetchone()[0]
        assert not any(one.code in stored or one.code.replace("-", "") in stored for one in issued)

    def test_lets_each_in_once_to_choose_a_password(self, register: Register, department_officer: Person) -> None:
        code = {one.username: one.code for one in _issue(department_officer)}["6250101"]
        OneTimeCode.objects.update(expires_at="2100-01-01T00:00Z")
        browser = Client()

        sign_in(browser, "6250101", code)
        browser.post("/accounts/password/", {"password": PASSWORD, "repeated": PASSWORD})

        assert browser.get("/accounts/people/").status_code == 200
        assert sign_in(Client(), "6250101", PASSWORD).status_code == 302

    def test_is_done_once(self, register: Register, department_officer: Person) -> None:
        _issue(department_officer)

        with pytest.raises(Denied, match="มีบัญชีแล้ว"):
            _issue(department_officer)

    def test_makes_only_what_is_missing(self, register: Register, department_officer: Person) -> None:
        _issue(department_officer, "27")

        assert {one.province_code for one in _issue(department_officer)} == {"25"}

    def test_of_a_province_office_stays_below_it(self, register: Register, province_officer: Person) -> None:
        issued = _issue(province_officer)

        assert {one.username for one in issued} == {"d2501", "6250101", "4250102", "2250101"}

    def test_is_refused_to_everybody_else(
        self, recorder: Person, unit_administrator: Person, district_officer: Person, auditor: Person
    ) -> None:
        for one in (recorder, unit_administrator, district_officer, auditor):
            with pytest.raises(Denied, match="ไม่มีสิทธิออกบัญชี"):
                _issue(one)

    def test_costs_as_many_queries_for_a_thousand_units_as_for_ten(
        self, register: Register, department_officer: Person
    ) -> None:
        with CaptureQueriesContext(
            connection,
        ) as few:
            _issue(department_officer)
        _many_units(1_900)
        with CaptureQueriesContext(connection) as many:
            assert len(_issue(department_officer)) == 1_900

        assert len(many) == len(few)
        assert len(many) <= 14

    def test_has_room_for_the_whole_country(self, register: Register, department_officer: Person) -> None:
        _many_units(8_800)

        with CaptureQueriesContext(connection) as queries:
            issued = _issue(department_officer)

        assert len({one.code for one in issued}) == len(issued) == 8_808
        assert len(queries) <= 26


def _many_units(count: int) -> None:
    organisations = Organisation.objects.bulk_create(
        [Organisation(code=f"7{number:06}", kind=Kind.UNIT) for number in range(count)]
    )
    OrganisationVersion.objects.bulk_create(
        [
            OrganisationVersion(
                organisation=one,
                in_force=DateRange(FIRST_DAY, None),
                name=f"หน่วยที่ {one.code}",
                full_name=f"อบต.หน่วยที่ {one.code}",
                short_name=f"อบต.หน่วยที่ {one.code}",
                unit_type="SAO",
                path=f"th.25.2501.{one.code}.",
                province_code="25",
                district_code="2501",
            )
            for one in organisations
        ]
    )


class TestReissue:
    def test_voids_the_codes_of_those_who_have_not_come_in(
        self, register: Register, department_officer: Person, with_password: Callable[[User], User]
    ) -> None:
        old = {one.username: one.code for one in _issue(department_officer, "25")}
        settled = User.objects.get(username="6250101")
        settled.must_change_password = False
        settled.save(update_fields=["must_change_password"])
        with_password(settled)

        new = services.accounts_reissue(actor=department_officer.actor, at=NOW, province_code="25")

        assert {one.username for one in new} == {"p25", "d2501", "4250102", "2250101"}
        assert services.code_redeem(username="d2501", typed=old["d2501"], at=NOW) is None
        assert services.code_redeem(username="d2501", typed=new[0].code, at=NOW) is None or new[0].username == "d2501"
        codes = {one.username: one.code for one in new}
        assert services.code_redeem(username="4250102", typed=codes["4250102"], at=NOW) is not None
        assert sign_in(Client(), "6250101", PASSWORD).status_code == 302

    def test_is_refused_where_nobody_waits(self, register: Register, department_officer: Person) -> None:
        with pytest.raises(Denied, match="ไม่มีบัญชีที่รอ"):
            services.accounts_reissue(actor=department_officer.actor, at=NOW, province_code="25")


class TestPages:
    @pytest.fixture
    def archive(self, register: Register, department_officer: Person) -> Iterator[zipfile.ZipFile]:
        response = department_officer.client().post("/accounts/issue/all/")

        assert response["Content-Type"] == "application/zip"
        assert "no-store" in response["Cache-Control"]
        with zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))) as package:  # type: ignore[attr-defined]
            yield package

    def test_hands_over_a_workbook_per_province(self, archive: zipfile.ZipFile) -> None:
        assert archive.namelist() == ["INFO-บัญชีผู้ใช้-25-สถจ.ปราจีนบุรี.xlsx", "INFO-บัญชีผู้ใช้-27-สถจ.สระแก้ว.xlsx"]

    def test_the_workbook_says_what_to_do_and_lists_codes_that_work(self, archive: zipfile.ZipFile) -> None:
        book = CalamineWorkbook.from_filelike(BytesIO(archive.read(archive.namelist()[0])))
        listing = book.get_sheet_by_name("บัญชี").to_python()

        assert "ห้ามส่งทั้งแฟ้ม" in str(book.get_sheet_by_name("คำชี้แจง").to_python())
        assert listing[0][4:6] == ["ชื่อผู้ใช้", "รหัสใช้ครั้งเดียว"]
        assert len(listing) == 6
        username, code = str(listing[1][4]), str(listing[1][5])
        assert sign_in(Client(), username, code).status_code == 302

    def test_counts_by_province(self, archive: zipfile.ZipFile, department_officer: Person) -> None:
        rows = selectors.accounts_by_province(actor=department_officer.actor, at=NOW, on=bangkok_date(NOW))

        counts = {row.province_code: (row.organisations, row.issued, row.in_use, row.missing) for row in rows}
        assert counts == {"25": (5, 5, 0, 0), "27": (3, 3, 0, 0)}

    def test_says_that_nothing_is_missing(self, archive: zipfile.ZipFile, department_officer: Person) -> None:
        assert "ทุกหน่วยงานมีบัญชีแล้ว" in department_officer.client().get("/accounts/issue/").content.decode()

    def test_asks_before_it_acts(self, register: Register, province_officer: Person) -> None:
        response = province_officer.client().get("/accounts/issue/25/")

        assert "ดาวน์โหลดซ้ำไม่ได้" in response.content.decode()
        assert not User.objects.filter(is_handed_down=True).exists()

    def test_another_province_is_not_there(self, register: Register, province_officer: Person) -> None:
        browser = province_officer.client()

        assert browser.get("/accounts/issue/27/").status_code == 404
        assert browser.post("/accounts/issue/27/").status_code == 404
        assert browser.post("/accounts/issue/27/again/").status_code == 404

    def test_an_act_with_nothing_to_do_is_refused(self, archive: zipfile.ZipFile, department_officer: Person) -> None:
        assert department_officer.client().post("/accounts/issue/all/").status_code == 403
