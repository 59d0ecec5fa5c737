"""`demo_accounts` and `create_operator`."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from localgov.accounts import services
from localgov.accounts.models import RoleAssignment, User
from localgov.organisations.models import RegisterImport
from tests.accounts.conftest import sign_in
from tests.conftest import FIRST_DAY, Person, Register

pytestmark = pytest.mark.django_db


def _run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


class TestDemoAccounts:
    def test_make_one_for_each_role_and_print_them(self, register: Register) -> None:
        text = _run("demo_accounts")

        assert services.DEMO_PASSWORD in text
        assert {user.username for user in User.objects.all()} == set(re.findall(r"^  (\w+)", text, re.MULTILINE))
        assert sign_in(Client(), "recorder1", services.DEMO_PASSWORD).status_code == 302
        assert sign_in(Client(), "operator", services.DEMO_PASSWORD).status_code == 302

    def test_are_named_after_their_role(self, register: Register) -> None:
        _run("demo_accounts")

        assert all("ข้อมูลสาธิต" in name for name in User.objects.values_list("display_name", flat=True))

    def test_change_nothing_the_second_time(self, register: Register) -> None:
        first = _run("demo_accounts")
        before = list(RoleAssignment.objects.order_by("pk").values())

        assert _run("demo_accounts") == first
        assert list(RoleAssignment.objects.order_by("pk").values()) == before

    def test_are_not_made_on_a_real_installation_which_is_told_how_to_begin(self, register: Register) -> None:
        RegisterImport.objects.create(source=RegisterImport.Source.REAL, effective_date=FIRST_DAY)

        text = _run("demo_accounts")

        assert "create_operator" in text
        assert not User.objects.exists()

    def test_need_the_demo_register(self) -> None:
        with pytest.raises(CommandError, match="load_demo"):
            _run("demo_accounts")


class TestCreateOperator:
    def test_prints_a_code_that_lets_in_once(self, register: Register) -> None:
        code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", _run("create_operator", "Machine.Room"))

        assert code is not None
        browser = Client()
        assert sign_in(browser, "machine.room", code.group()).status_code == 302
        assert sign_in(Client(), "machine.room", code.group()).status_code == 422

    def test_gives_an_operator_who_lost_the_password_a_new_code(self, register: Register, operator: Person) -> None:
        _run("create_operator", "dla3")

        operator.user.refresh_from_db()
        assert operator.user.must_change_password
        assert operator.user.assignments.count() == 1

    @pytest.mark.parametrize(
        ("username", "sentence"), [("recorder", "ไม่ใช่บัญชีผู้ปฏิบัติการ"), ("p25", "สงวนไว้"), ("x", "ยาว 3")]
    )
    def test_refuses_with_a_sentence(self, recorder: Person, username: str, sentence: str) -> None:
        with pytest.raises(CommandError, match=sentence):
            _run("create_operator", username)

    def test_refuses_before_there_is_a_register(self) -> None:
        with pytest.raises(CommandError, match="ไม่มีอยู่ในทะเบียน"):
            _run("create_operator", "machine.room")
