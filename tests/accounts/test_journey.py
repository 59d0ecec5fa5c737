"""From the Department to a recorder at work, through pages alone."""

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from localgov.access.permissions import Permission
from localgov.access.roles import RoleCode
from localgov.accounts import selectors
from localgov.accounts.models import User
from localgov.audit.models import Event
from localgov.lib.thai_calendar import bangkok_date
from tests.accounts.conftest import PASSWORD, sign_in
from tests.conftest import NOW, Person, Register

pytestmark = pytest.mark.django_db

_CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


def _come_in(username: str, code: str) -> Client:
    """Sign in with a code and choose a password, as a person does."""
    browser = Client()
    arrival = sign_in(browser, username, code)
    forced = browser.get("/accounts/roles/")
    assert arrival.status_code == 302
    assert forced["Location"].startswith("/accounts/password/")
    assert "ตั้งรหัสผ่านของท่าน" in browser.get(forced["Location"]).content.decode()
    assert browser.post("/accounts/password/", {"password": PASSWORD, "repeated": PASSWORD}).status_code == 302
    return browser


def _codes(content: bytes) -> dict[str, str]:
    """Username → code of every workbook in a zip."""
    found: dict[str, str] = {}
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            rows = CalamineWorkbook.from_filelike(BytesIO(package.read(name))).get_sheet_by_name("บัญชี").to_python()
            found |= {str(row[4]): str(row[5]) for row in rows[1:]}
    return found


def test_department_hands_down_administrator_makes_a_recorder_who_comes_in(
    register: Register, department_officer: Person
) -> None:
    response = department_officer.client().post("/accounts/issue/25/")
    codes = _codes(b"".join(response.streaming_content))  # type: ignore[attr-defined]

    administrator = _come_in("6250101", codes["6250101"])
    made = administrator.post(
        "/accounts/people/new/", {"display_name": "ผู้บันทึก ด้านน้ำ", "username": "water.rec", "email": ""}
    )
    code = _CODE.search(made.content.decode())
    person = User.objects.get(username="water.rec")
    administrator.post(f"/accounts/people/{person.pk}/", {"recorder": ["domain_5"]})
    assert code is not None
    recorder = _come_in("water.rec", code.group())

    actor = selectors.actor_for(user=person, on=bangkok_date(NOW).replace(year=2099))
    path = "th.25.2501.6250101."
    assert actor.can(Permission.FILING_RECORD, at=path, section="domain_5")
    assert not actor.can(Permission.FILING_RECORD, at=path, section="domain_6")
    assert not actor.can(Permission.FILING_VERIFY, at=path, section="domain_5")
    assert recorder.get("/accounts/people/").status_code == 403
    assert "ผู้ใช้ระบบ: อบต.บ้านสาธิต" in recorder.get("/accounts/roles/").content.decode()


def test_province_comes_in_and_seats_an_executive_who_comes_in(register: Register, department_officer: Person) -> None:
    response = department_officer.client().post("/accounts/issue/25/")
    codes = _codes(b"".join(response.streaming_content))  # type: ignore[attr-defined]

    province = _come_in("p25", codes["p25"])
    seated = province.post(
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
    code = _CODE.search(seated.content.decode())
    assert code is not None
    _come_in("mayor.1", code.group())

    term = selectors.executives_of(organisation_id=register.unit.pk)[0]
    assert (term.user.username, term.role) == ("mayor.1", RoleCode.EXECUTIVE)
    acts = list(Event.objects.order_by("pk").values_list("type", flat=True))
    assert acts == [
        "account.issued",
        "account.code_used",
        "account.signed_in",
        "account.password_chosen",
        "position.seated",
        "account.code_given",
        "account.code_used",
        "account.signed_in",
        "account.password_chosen",
    ]
