"""Signing in, the lock after failures, one-time codes, choosing a password, signing out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from localgov.accounts import codes, services
from localgov.accounts.models import OneTimeCode, User
from localgov.audit.models import Event
from tests.accounts.conftest import PASSWORD, sign_in
from tests.conftest import Person

pytestmark = pytest.mark.django_db


class TestSignIn:
    def test_shows_a_thai_page_to_a_stranger(self) -> None:
        response = Client().get("/accounts/login/")

        assert response.status_code == 200
        assert "เข้าสู่ระบบ (LOG IN)" in response.content.decode()

    def test_lets_in_with_username_and_password_and_records_it(
        self, recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)

        response = sign_in(Client(), "recorder", PASSWORD)

        assert response.status_code == 302
        assert response["Location"] == "/home/"
        assert Event.objects.filter(type="account.signed_in", actor_id=recorder.user.pk).count() == 1

    def test_reads_the_username_in_any_case_and_with_blanks(
        self, recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)

        assert sign_in(Client(), " Recorder ", PASSWORD).status_code == 302

    def test_goes_to_the_page_that_was_asked_for(self, recorder: Person, with_password: Callable[[User], User]) -> None:
        with_password(recorder.user)

        response = sign_in(Client(), "recorder", PASSWORD, target="/accounts/login/?next=/accounts/password/")

        assert response["Location"] == "/accounts/password/"

    def test_never_goes_to_another_site(self, recorder: Person, with_password: Callable[[User], User]) -> None:
        with_password(recorder.user)

        response = sign_in(Client(), "recorder", PASSWORD, target="/accounts/login/?next=https://elsewhere.example/")

        assert response["Location"] == "/home/"

    def test_says_the_same_for_a_wrong_password_and_an_unknown_username(
        self, recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)

        wrong = sign_in(Client(), "recorder", "ไม่ใช่รหัสผ่านนี้")
        unknown = sign_in(Client(), "nobody", "ไม่ใช่รหัสผ่านนี้")

        assert wrong.status_code == unknown.status_code == 422
        sentence = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"
        assert sentence in wrong.content.decode()
        assert sentence in unknown.content.decode()

    def test_says_that_a_closed_account_is_closed(
        self, recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)
        User.objects.filter(pk=recorder.user.pk).update(is_active=False)
        browser = Client()

        response = sign_in(browser, "recorder", PASSWORD)

        assert "ถูกปิดใช้" in browser.get(response["Location"]).content.decode()
        assert "_auth_user_id" not in browser.session


class TestLock:
    def test_stops_the_sixth_attempt_and_says_for_how_long(
        self, recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)
        for _ in range(5):
            assert sign_in(Client(), "recorder", "ผิด").status_code == 422

        response = sign_in(Client(), "recorder", PASSWORD)

        assert response.status_code == 422
        assert "โปรดลองใหม่ในอีก 10 นาที" in response.content.decode()

    def test_does_not_stop_another_account_at_the_same_address(
        self, recorder: Person, verifier: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(verifier.user)
        for _ in range(6):
            sign_in(Client(), "recorder", "ผิด")

        assert sign_in(Client(), "verifier", PASSWORD).status_code == 302

    def test_forgets_when_the_time_is_over(self, recorder: Person, with_password: Callable[[User], User]) -> None:
        with_password(recorder.user)
        for _ in range(5):
            sign_in(Client(), "recorder", "ผิด")
        cache.clear()

        assert sign_in(Client(), "recorder", PASSWORD).status_code == 302

    def test_does_not_count_successes(self, recorder: Person, with_password: Callable[[User], User]) -> None:
        with_password(recorder.user)

        assert [sign_in(Client(), "recorder", PASSWORD).status_code for _ in range(7)] == [302] * 7


class TestOneTimeCode:
    def test_keeps_only_a_hash_of_eighty_bits(self, recorder: Person, with_code: Callable[..., str]) -> None:
        code = with_code(recorder.user)

        assert len(codes.ALPHABET) ** codes.LENGTH == 2**80
        assert len(code.replace("-", "")) == codes.LENGTH
        assert code.replace("-", "") not in OneTimeCode.objects.get().keyed_hash

    @pytest.mark.parametrize("typing", [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code} "])
    def test_is_read_however_it_is_typed(
        self, recorder: Person, with_code: Callable[..., str], typing: Callable[[str], str]
    ) -> None:
        assert sign_in(Client(), "recorder", typing(with_code(recorder.user))).status_code == 302

    def test_takes_letters_that_look_like_digits_for_digits(self) -> None:
        assert codes.read_code("oOiI-lL00-1111-2222") == "0011110011112222"

    def test_lets_in_once(self, recorder: Person, with_code: Callable[..., str]) -> None:
        code = with_code(recorder.user)

        first, second = sign_in(Client(), "recorder", code), sign_in(Client(), "recorder", code)

        assert (first.status_code, second.status_code) == (302, 422)

    def test_expires(self, recorder: Person, with_code: Callable[..., str]) -> None:
        issued = timezone.now()
        code = with_code(recorder.user, issued)

        late = services.code_redeem(username="recorder", typed=code, at=issued + timedelta(days=30))
        in_time = services.code_redeem(username="recorder", typed=code, at=issued + timedelta(days=30, seconds=-1))

        assert late is None
        assert in_time == recorder.user

    def test_is_void_after_a_later_one(self, recorder: Person, with_code: Callable[..., str]) -> None:
        first, second = with_code(recorder.user), with_code(recorder.user)

        assert sign_in(Client(), "recorder", first).status_code == 422
        assert sign_in(Client(), "recorder", second).status_code == 302

    def test_opens_no_other_account(self, recorder: Person, verifier: Person, with_code: Callable[..., str]) -> None:
        code = with_code(recorder.user)

        assert sign_in(Client(), "verifier", code).status_code == 422
        assert sign_in(Client(), "recorder", code).status_code == 302

    def test_opens_no_closed_account(self, recorder: Person, with_code: Callable[..., str]) -> None:
        code = with_code(recorder.user)
        User.objects.filter(pk=recorder.user.pk).update(is_active=False)

        assert sign_in(Client(), "recorder", code).status_code == 422

    def test_locks_its_row_so_that_two_at_once_get_in_once(
        self, recorder: Person, with_code: Callable[..., str]
    ) -> None:
        code = with_code(recorder.user)

        with CaptureQueriesContext(connection) as queries:
            services.code_redeem(username="recorder", typed=code, at=timezone.now())

        read = next(query["sql"] for query in queries if "accounts_onetimecode" in query["sql"])
        assert 'FOR UPDATE OF "accounts_onetimecode"' in read
        assert '"used_at" IS NULL' in read

    def test_costs_no_query_when_it_cannot_be_one(self, recorder: Person) -> None:
        with CaptureQueriesContext(connection) as queries:
            services.code_redeem(username="recorder", typed=PASSWORD, at=timezone.now())

        assert not [query for query in queries if "accounts_" in query["sql"]]

    def test_leads_nowhere_but_to_choosing_a_password(self, recorder: Person, with_code: Callable[..., str]) -> None:
        browser = Client()
        sign_in(browser, "recorder", with_code(recorder.user))

        response = browser.get("/accounts/people/")

        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/password/")


class TestPassword:
    def test_is_chosen_after_a_code_without_an_old_one(self, recorder: Person, with_code: Callable[..., str]) -> None:
        browser = Client()
        sign_in(browser, "recorder", with_code(recorder.user))

        response = browser.post("/accounts/password/", {"password": PASSWORD, "repeated": PASSWORD})

        assert response.status_code == 302
        recorder.user.refresh_from_db()
        assert not recorder.user.must_change_password
        assert sign_in(Client(), "recorder", PASSWORD).status_code == 302

    def test_ends_every_other_session_and_keeps_this_one(
        self, recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)
        here, elsewhere = Client(), Client()
        sign_in(here, "recorder", PASSWORD)
        sign_in(elsewhere, "recorder", PASSWORD)

        new = "แม่น้ำปราจีน-ไหลเอื่อย"
        here.post("/accounts/password/", {"current": PASSWORD, "password": new, "repeated": new})

        assert here.get("/accounts/password/").status_code == 200
        assert elsewhere.get("/accounts/password/")["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"password": "สั้นไป", "repeated": "สั้นไป"}, "อย่างน้อย 12 ตัวอักษร"),
            ({"password": "password1234", "repeated": "password1234"}, "เดาได้ง่าย"),
            ({"password": "903480218347", "repeated": "903480218347"}, "ตัวเลขล้วน"),
            ({"password": "recorder-recorder", "repeated": "recorder-recorder"}, "คล้ายชื่อผู้ใช้"),
            ({"password": PASSWORD + "x", "repeated": PASSWORD}, "ไม่ตรงกัน"),
            ({"password": PASSWORD, "repeated": PASSWORD}, "ต้องไม่ซ้ำ"),
            ({"current": "ผิด", "password": PASSWORD + "x", "repeated": PASSWORD + "x"}, "รหัสผ่านเดิมไม่ถูกต้อง"),
            ({"password": "ก" * 201, "repeated": "ก" * 201}, "ไม่เกิน 200"),
        ],
    )
    def test_says_what_is_wrong(
        self, recorder: Person, with_password: Callable[[User], User], typed: dict[str, str], sentence: str
    ) -> None:
        with_password(recorder.user)
        browser = Client()
        sign_in(browser, "recorder", PASSWORD)

        response = browser.post("/accounts/password/", {"current": PASSWORD, **typed})

        assert response.status_code == 422
        assert sentence in response.content.decode()

    def test_can_be_guessed_ten_times_a_minute_at_most(
        self, recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)
        browser = Client()
        sign_in(browser, "recorder", PASSWORD)

        guess = {"current": "เดา", "password": PASSWORD + "x", "repeated": PASSWORD + "x"}
        statuses = [browser.post("/accounts/password/", guess).status_code for _ in range(11)]

        assert statuses == [422] * 10 + [429]

    def test_page_is_open_to_an_account_without_any_role(self, register: object, person: Callable[..., Person]) -> None:
        newcomer = person("newcomer", register.unit)  # type: ignore[attr-defined]

        assert newcomer.client().get("/accounts/password/").status_code == 200
        assert newcomer.client().get("/accounts/people/").status_code == 403

    def test_page_sends_a_stranger_to_sign_in(self) -> None:
        assert Client().get("/accounts/password/")["Location"].startswith("/accounts/login/")


class TestSignOut:
    def test_ends_the_session(self, recorder: Person) -> None:
        browser = recorder.client()

        response = browser.post("/accounts/logout/")

        assert response["Location"] == "/accounts/login/"
        assert "_auth_user_id" not in browser.session

    def test_refuses_get(self, recorder: Person) -> None:
        assert recorder.client().get("/accounts/logout/").status_code == 405


@pytest.mark.parametrize("address", ["signup", "email", "password/reset", "inactive", "reauthenticate", "login/code"])
def test_no_other_page_of_allauth_is_routed(address: str) -> None:
    assert Client().get(f"/accounts/{address}/").status_code == 404
