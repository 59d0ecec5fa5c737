"""The database's own record of ordinary tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from localgov.access.decision import Denied
from localgov.accounts import services as accounts
from localgov.accounts.models import OneTimeCode, User
from localgov.audit.models import Event, RowChange
from localgov.organisations.models import OrganisationVersion
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Person, Register
from tests.inspection.conftest import app_role

pytestmark = pytest.mark.django_db


def newest(table: str) -> RowChange:
    return RowChange.objects.filter(table=table).order_by("-pk")[0]


def test_records_who_became_what(recorder: Person) -> None:
    User.objects.filter(pk=recorder.user.pk).update(display_name="ชื่อใหม่")

    change = newest("accounts_user")
    assert (change.op, change.row) == ("UPDATE", str(recorder.user.pk))
    assert change.old == {"display_name": "recorder ตัวอย่าง"}
    assert change.new == {"display_name": "ชื่อใหม่"}
    assert change.organisation_id == recorder.user.organisation_id


def test_joins_the_act_by_the_transaction(entry: RosterEntry, department_officer: Person, at: datetime) -> None:
    rounds.roster_excuse(
        actor=department_officer.actor, at=at, entry_id=entry.pk, excused_from=at.date(), reason="ยุบรวม"
    )

    change = newest("rounds_rosterentry")
    act = Event.objects.filter(type__startswith="roster").order_by("-pk")[0]
    assert change.tx == act.tx
    assert change.new["excused_reason"] == "ยุบรวม"


def test_records_what_is_written_past_the_program(register: Register) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisations_organisationversion SET name = 'โดยมือ' WHERE organisation_id = %s", [register.unit.pk]
        )

    change = newest("organisations_organisationversion")
    assert change.new == {"name": "โดยมือ"}
    assert change.db_user == "localgov_owner"


def test_one_statement_over_many_rows_records_each(register: Register) -> None:
    before = RowChange.objects.count()

    touched = OrganisationVersion.objects.update(postcode="25000")

    assert RowChange.objects.count() - before == touched > 5


def test_records_added_and_deleted_rows(register: Register, person: Callable[..., Person]) -> None:
    someone = User.objects.create(username="gone", display_name="ผู้จากไป", organisation=register.unit)
    assert newest("accounts_user").new["username"] == "gone"

    key = someone.pk
    someone.delete()

    change = newest("accounts_user")
    assert (change.op, change.row, change.old["username"], change.new) == ("DELETE", str(key), "gone", {})


def test_an_update_that_changes_nothing_leaves_no_row(recorder: Person) -> None:
    before = RowChange.objects.count()

    User.objects.filter(pk=recorder.user.pk).update(display_name=recorder.user.display_name)

    assert RowChange.objects.count() == before


def test_no_secret_is_ever_recorded(recorder: Person, unit_administrator: Person, at: datetime) -> None:
    accounts.person_give_code(actor=unit_administrator.actor, at=at, user_id=recorder.user.pk)
    recorder.user.set_password("รหัสผ่านที่ยาวพอและลับ")
    recorder.user.save()

    secrets = [recorder.user.password, *OneTimeCode.objects.values_list("keyed_hash", flat=True)]
    kept = " ".join(f"{change.old} {change.new}" for change in RowChange.objects.all())
    assert len(secrets) > 1
    assert [secret for secret in secrets if secret in kept] == []
    assert newest("accounts_user").new["password"] == "•••"


def test_signing_in_is_no_change_of_the_account(recorder: Person, at: datetime) -> None:
    before = RowChange.objects.filter(table="accounts_user").count()

    User.objects.filter(pk=recorder.user.pk).update(last_login=at)

    assert RowChange.objects.filter(table="accounts_user").count() == before


def test_a_long_text_is_kept_as_its_hash(small_form: Any) -> None:
    source = newest("forms_formversion").new["source"]

    assert len(source["sha256"]) == 64


def test_the_serving_role_is_recorded_though_it_may_not_write_the_record(round_2570: Round) -> None:
    with app_role():
        Round.objects.filter(pk=round_2570.pk).update(title="ชื่อใหม่")

    assert newest("rounds_round").new == {"title": "ชื่อใหม่"}


def test_a_refused_act_leaves_nothing(entry: RosterEntry, stranger: Person, at: datetime) -> None:
    before = RowChange.objects.count()

    with pytest.raises(Denied):
        rounds.roster_excuse(actor=stranger.actor, at=at, entry_id=entry.pk, excused_from=at.date(), reason="ไม่มีสิทธิ")

    assert RowChange.objects.count() == before
