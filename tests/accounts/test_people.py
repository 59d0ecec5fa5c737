"""Personal accounts of a unit: making, rights by domain, codes, closing; and who may not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.accounts import selectors, services
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.selectors import Rights
from localgov.accounts.usernames import NotAUsername
from localgov.audit.models import Event
from localgov.lib.thai_calendar import bangkok_date
from tests.accounts.conftest import PASSWORD, sign_in
from tests.conftest import NOW, Person, Register

pytestmark = pytest.mark.django_db


class TestCreate:
    def test_makes_an_account_without_rights_and_answers_with_its_code_once(self, unit_administrator: Person) -> None:
        browser = unit_administrator.client()

        response = browser.post(
            "/accounts/people/new/", {"display_name": "  ผู้บันทึก   ด้านน้ำ ", "username": "Water.1", "email": ""}
        )

        user = User.objects.get(username="water.1")
        text = response.content.decode()
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert user.display_name == "ผู้บันทึก ด้านน้ำ"
        assert user.must_change_password
        assert not user.assignments.exists()
        assert "water.1" in text
        assert "รหัสนี้แสดงครั้งเดียว" in text
        assert Event.objects.filter(type="account.created", target_id=str(user.pk)).exists()

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"username": "ab"}, "ยาว 3 ถึง 40"),
            ({"username": "6250101"}, "สงวนไว้"),
            ({"username": "p25"}, "สงวนไว้"),
            ({"username": "สมมติ.1"}, "ขึ้นต้นด้วยอักษรอังกฤษ"),
            ({"username": "recorder"}, "อยู่แล้ว"),
            ({"display_name": ""}, "โปรดกรอก “ชื่อที่แสดง”"),
            ({"email": "bansang001bansang.go.th"}, "ไม่มีเครื่องหมาย @"),
        ],
    )
    def test_says_what_is_wrong(
        self, unit_administrator: Person, recorder: Person, typed: dict[str, str], sentence: str
    ) -> None:
        form = {"display_name": "ผู้บันทึก", "username": "new.one", "email": ""} | typed

        response = unit_administrator.client().post("/accounts/people/new/", form)

        assert response.status_code == 422
        assert sentence in response.content.decode()

    def test_refuses_to_make_people_of_another_unit(self, unit_administrator: Person, register: Register) -> None:
        with pytest.raises(Denied, match=r"ผู้ดูแลระบบ INFO ของ อปท\. นั้น"):
            services.person_create(
                actor=unit_administrator.actor,
                at=NOW,
                organisation_id=register.other_unit.pk,
                username="spy",
                display_name="คนนอก",
            )


class TestRights:
    def test_are_given_by_domain_and_have_effect_at_once(self, unit_administrator: Person, recorder: Person) -> None:
        services.rights_set(
            actor=unit_administrator.actor,
            at=NOW,
            user_id=recorder.user.pk,
            rights=Rights(recorder=frozenset({"domain_5"}), verifier=frozenset({"domain_6"})),
        )

        actor = selectors.actor_for(user=recorder.user, on=bangkok_date(NOW))
        held = {grant.role: grant.sections for grant in actor.grants}
        assert held == {RoleCode.RECORDER: frozenset({"domain_5"}), RoleCode.VERIFIER: frozenset({"domain_6"})}

    def test_keep_the_past_when_they_change(self, unit_administrator: Person, recorder: Person) -> None:
        services.rights_set(
            actor=unit_administrator.actor, at=NOW, user_id=recorder.user.pk, rights=Rights(recorder=frozenset())
        )

        today = bangkok_date(NOW)
        assert not selectors.actor_for(user=recorder.user, on=today).grants
        assert selectors.actor_for(user=recorder.user, on=today - timedelta(days=1)).grants
        ended = RoleAssignment.objects.get(user=recorder.user)
        assert (ended.ended_by, ended.ended_at) == (unit_administrator.user.pk, NOW)

    def test_that_are_given_and_taken_on_one_day_stay_in_the_history(
        self, unit_administrator: Person, register: Register, person: Callable[..., Person]
    ) -> None:
        newcomer = person("newcomer", register.unit)
        for sections in ({"domain_1"}, {"domain_2"}, set()):
            services.rights_set(
                actor=unit_administrator.actor,
                at=NOW,
                user_id=newcomer.user.pk,
                rights=Rights(recorder=frozenset(sections)),
            )

        rows = RoleAssignment.objects.filter(user=newcomer.user).order_by("pk")
        assert [row.sections for row in rows] == [["domain_1"], ["domain_2"]]
        assert all(row.held.isempty for row in rows)
        assert unit_administrator.client().get(f"/accounts/people/{newcomer.user.pk}/").status_code == 200

    def test_are_not_rewritten_when_nothing_changes(self, unit_administrator: Person, recorder: Person) -> None:
        services.rights_set(
            actor=unit_administrator.actor, at=NOW, user_id=recorder.user.pk, rights=Rights(recorder=None)
        )

        assert RoleAssignment.objects.filter(user=recorder.user).count() == 1
        assert not Event.objects.filter(type="right.set").exists()

    def test_of_every_domain_are_set_from_the_page(self, unit_administrator: Person, verifier: Person) -> None:
        response = unit_administrator.client().post(
            f"/accounts/people/{verifier.user.pk}/", {"recorder": ["domain_1", "domain_8"], "verifier_all": "on"}
        )

        assert response.status_code == 302
        rights = selectors.rights_of(list(verifier.user.assignments.all()), on=bangkok_date(NOW) + timedelta(days=9000))
        assert rights.verifier is None
        assert rights.recorder == frozenset({"domain_1", "domain_8"})

    def test_of_both_kinds_in_one_domain_are_warned_of(self, unit_administrator: Person, verifier: Person) -> None:
        browser = unit_administrator.client()
        address = f"/accounts/people/{verifier.user.pk}/"

        browser.post(address, {"recorder": ["domain_4"], "verifier": ["domain_4", "domain_5"]})

        assert "ผู้นี้รับผิดชอบทั้งบันทึกและตรวจสอบใน ด้านที่ 4 โครงสร้างพื้นฐาน ระบบ" in browser.get(address).content.decode()

    def test_of_an_unknown_domain_are_refused(self, unit_administrator: Person, verifier: Person) -> None:
        response = unit_administrator.client().post(f"/accounts/people/{verifier.user.pk}/", {"recorder": ["domain_9"]})

        assert response.status_code == 422
        with pytest.raises(Denied):
            services.rights_set(
                actor=unit_administrator.actor,
                at=NOW,
                user_id=verifier.user.pk,
                rights=Rights(recorder=frozenset({"domain_9"})),
            )

    def test_are_never_given_to_the_administrator(self, unit_administrator: Person) -> None:
        response = unit_administrator.client().post(
            f"/accounts/people/{unit_administrator.user.pk}/", {"recorder_all": "on"}
        )

        assert response.status_code == 403
        assert [grant.role for grant in unit_administrator.actor.grants] == [RoleCode.UNIT_ADMINISTRATOR]

    def test_are_never_given_by_the_province_or_the_executive(
        self, province_officer: Person, executive: Person, recorder: Person
    ) -> None:
        for officer in (province_officer, executive):
            response = officer.client().post(f"/accounts/people/{recorder.user.pk}/", {"verifier_all": "on"})

            assert response.status_code == 403


class TestControl:
    def test_gives_a_new_code_and_ends_the_open_session(
        self, unit_administrator: Person, recorder: Person, with_password: Callable[[User], User]
    ) -> None:
        with_password(recorder.user)
        elsewhere = Client()
        sign_in(elsewhere, "recorder", PASSWORD)

        response = unit_administrator.client().post(f"/accounts/people/{recorder.user.pk}/code/")

        assert "รหัสใช้ครั้งเดียว" in response.content.decode()
        assert elsewhere.get("/accounts/password/")["Location"].startswith("/accounts/login/")
        assert sign_in(Client(), "recorder", PASSWORD).status_code == 422

    def test_closes_and_opens_an_account(self, unit_administrator: Person, recorder: Person) -> None:
        browser, address = recorder.client(), f"/accounts/people/{recorder.user.pk}"

        unit_administrator.client().post(f"{address}/close/")
        closed = browser.get("/accounts/password/")
        unit_administrator.client().post(f"{address}/open/")
        recorder.user.refresh_from_db()

        assert closed.status_code == 302
        assert recorder.user.is_active
        assert [event.type for event in Event.objects.filter(type__startswith="account.").order_by("pk")] == [
            "account.closed",
            "account.opened",
        ]

    def test_renames(self, unit_administrator: Person, recorder: Person) -> None:
        unit_administrator.client().post(
            f"/accounts/people/{recorder.user.pk}/edit/", {"display_name": "ผู้บันทึกคนใหม่", "email": ""}
        )

        recorder.user.refresh_from_db()
        assert recorder.user.display_name == "ผู้บันทึกคนใหม่"

    @pytest.mark.parametrize("act", ["code", "close", "edit"])
    def test_of_an_executive_belongs_to_the_province_alone(
        self, unit_administrator: Person, province_officer: Person, executive: Person, act: str
    ) -> None:
        address = f"/accounts/people/{executive.user.pk}/{act}/"

        assert unit_administrator.client().get(address).status_code == 403
        assert unit_administrator.client().post(address).status_code == 403
        assert province_officer.client().get(address).status_code == 200

    def test_of_an_executive_to_be_belongs_to_the_province_already(
        self, unit_administrator: Person, province_officer: Person, recorder: Person, register: Register
    ) -> None:
        term = services.Term(
            bangkok_date(NOW) + timedelta(days=30), position_title="นายก อบต.", order_number="คำสั่งที่ 1/2570"
        )
        services.position_seat(
            actor=province_officer.actor,
            at=NOW,
            organisation_id=register.unit.pk,
            role=RoleCode.EXECUTIVE,
            person=recorder.user.pk,
            term=term,
        )

        with pytest.raises(Denied, match="ดำรงตำแหน่งผู้รับรอง"):
            services.person_give_code(actor=unit_administrator.actor, at=NOW, user_id=recorder.user.pk)

    def test_of_ones_own_account_is_refused(self, unit_administrator: Person) -> None:
        response = unit_administrator.client().get(f"/accounts/people/{unit_administrator.user.pk}/close/")

        assert response.status_code == 403

    def test_of_a_handed_down_account_belongs_to_the_office_above(
        self, unit_administrator: Person, province_officer: Person, stranger_officer: Person, recorder: Person
    ) -> None:
        User.objects.filter(pk=unit_administrator.user.pk).update(is_handed_down=True)
        address = f"/accounts/people/{unit_administrator.user.pk}/code/"

        assert province_officer.client().get(address).status_code == 200
        assert stranger_officer.client().get(address).status_code == 404

    def test_of_a_recorder_is_not_the_provinces(self, province_officer: Person, recorder: Person) -> None:
        assert province_officer.client().post(f"/accounts/people/{recorder.user.pk}/code/").status_code == 403


class TestList:
    def test_shows_the_administrator_its_own_people(
        self, unit_administrator: Person, recorder: Person, stranger: Person
    ) -> None:
        text = unit_administrator.client().get("/accounts/people/").content.decode()

        assert "recorder ตัวอย่าง" in text
        assert "stranger ตัวอย่าง" not in text
        assert "เพิ่มบัญชีบุคคล" in text

    def test_searches_by_name_role_and_standing(
        self, unit_administrator: Person, recorder: Person, verifier: Person, with_code: Callable[..., str]
    ) -> None:
        with_code(verifier.user)
        browser = unit_administrator.client()

        for query, found, missing in [
            ("name=RECORD", "recorder ตัวอย่าง", "verifier ตัวอย่าง"),
            ("role=VERIFIER", "verifier ตัวอย่าง", "recorder ตัวอย่าง"),
            ("standing=WAITING", "verifier ตัวอย่าง", "recorder ตัวอย่าง"),
            ("standing=IN_USE", "recorder ตัวอย่าง", "verifier ตัวอย่าง"),
        ]:
            text = browser.get(f"/accounts/people/?{query}").content.decode()
            assert found in text, query
            assert missing not in text, query

    def test_is_exported(self, unit_administrator: Person, recorder: Person) -> None:
        response = unit_administrator.client().get("/accounts/people/?export=xlsx")

        assert response.status_code == 200
        assert b"".join(response.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]

    def test_costs_the_same_queries_for_one_person_and_for_many(
        self,
        unit_administrator: Person,
        register: Register,
        person: Callable[..., Person],
        django_assert_max_num_queries: Callable[..., object],
    ) -> None:
        for number in range(12):
            person(f"many{number}", register.unit, RoleCode.RECORDER, RoleCode.VERIFIER)

        browser = unit_administrator.client()
        with django_assert_max_num_queries(7):  # type: ignore[attr-defined]
            browser.get("/accounts/people/")


class TestSelectors:
    def test_people_of_a_unit_are_its_open_personal_accounts(
        self, register: Register, unit_administrator: Person, recorder: Person, verifier: Person, stranger: Person
    ) -> None:
        User.objects.filter(pk=unit_administrator.user.pk).update(is_handed_down=True)
        User.objects.filter(pk=verifier.user.pk).update(is_active=False)

        assert list(selectors.people_of_unit(organisation_id=register.unit.pk)) == [recorder.user]

    def test_an_account_is_labelled_by_name_and_username(self, recorder: Person) -> None:
        assert selectors.user_label(recorder.user) == "recorder ตัวอย่าง (recorder)"

    def test_a_username_in_capitals_is_refused_by_the_database(self, register: Register) -> None:
        from django.db import IntegrityError

        with pytest.raises(IntegrityError, match="user_username_small_letters"):
            User.objects.create(username="Recorder", display_name="x", organisation=register.unit)

    def test_reading_a_username_gives_small_letters(self) -> None:
        from localgov.accounts.usernames import read_username

        assert read_username(" Water_๑ ") == "water_1"
        with pytest.raises(NotAUsername):
            read_username("a" * 41)
