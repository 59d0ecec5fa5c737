"""The table of roles and permissions, and its committed page."""

import pytest
from django.conf import settings

from localgov.access.permissions import PERMISSION_NAMES, Permission
from localgov.access.roles import HANDED_DOWN_ROLES, ROLES, RoleCode, Seat
from localgov.accounts import role_matrix
from tests.conftest import Person


def test_the_committed_page_is_up_to_date() -> None:
    page = (settings.BASE_DIR / "docs" / "roles.md").read_text(encoding="utf-8")

    assert page == role_matrix.markdown(), "สั่ง manage.py write_role_matrix แล้ว commit docs/roles.md"


def test_every_permission_has_a_thai_name_and_a_role_that_carries_it() -> None:
    carried = set().union(*(role.permissions for role in ROLES.values()))

    assert set(PERMISSION_NAMES) == set(Permission) == carried


def test_every_role_is_given_by_somebody() -> None:
    for role in ROLES.values():
        assert any(role.given_by in other.permissions for other in ROLES.values()), role.code


def test_no_role_gives_itself_the_right_to_sign() -> None:
    for code in (RoleCode.RECORDER, RoleCode.VERIFIER, RoleCode.EXECUTIVE, RoleCode.PROVINCE_CERTIFIER):
        assert ROLES[code].given_by not in ROLES[code].permissions


def test_the_administrator_of_a_unit_records_and_certifies_nothing() -> None:
    writing = {Permission.FILING_RECORD, Permission.FILING_VERIFY, Permission.CERTIFY_UNIT}

    assert not writing & ROLES[RoleCode.UNIT_ADMINISTRATOR].permissions


def test_handed_down_accounts_hold_no_position() -> None:
    assert set(HANDED_DOWN_ROLES) == set(Seat) - {Seat.DEPARTMENT}
    assert not any(ROLES[role].held_as_position for role in HANDED_DOWN_ROLES.values())


@pytest.mark.django_db
def test_the_page_marks_the_readers_own_role(recorder: Person) -> None:
    text = recorder.client().get("/accounts/roles/").content.decode()

    assert "ผู้บันทึก <strong>(บทบาทของท่าน)</strong>" in text
    assert "รับรองข้อมูลระดับจังหวัด" in text
