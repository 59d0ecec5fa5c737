"""The demo registry, and the real register that takes its place."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.accounts.models import User
from localgov.audit.models import Event
from localgov.organisations.models import Organisation, OrganisationVersion, RegisterImport
from localgov.organisations.services import demo_register_make
from localgov.organisations.services.demo import demo_records
from localgov.rounds.models import RosterEntry, Round
from tests.organisations.register_files import FIRST, register_file

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
OPERATOR = system_actor("ทดสอบ", RoleCode.OPERATOR)


@pytest.fixture
def first_file(tmp_path: Path) -> Path:
    """A small register file."""
    path = tmp_path / "register.csv"
    path.write_bytes(register_file(FIRST))
    return path


def test_has_as_many_units_of_each_type_as_the_country() -> None:
    records = list(demo_records())

    assert Counter(one.unit_type for one in records) == {
        "PAO": 76,
        "CITY": 30,
        "TOWN": 195,
        "SUBDISTRICT": 2247,
        "SAO": 5300,
        "SPECIAL": 1,
    }
    assert len({one.code for one in records}) == len(records)
    assert all(one.is_demo and one.code.startswith("9") for one in records)


def test_names_no_two_units_of_a_district_alike() -> None:
    names = Counter((one.district_code, one.full_name) for one in demo_records())

    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.django_db
def test_is_made_once_and_marked_as_demo() -> None:
    made = demo_register_make(actor=OPERATOR, at=AT)
    again = demo_register_make(actor=OPERATOR, at=AT)

    assert (made.units, made.offices, made.created) == (7849, 955, True)
    assert (again.units, again.offices, again.created) == (7849, 955, False)
    assert not OrganisationVersion.objects.filter(is_demo=False).exists()


@pytest.mark.django_db
def test_is_not_made_over_a_real_register(first_file: Path) -> None:
    call_command("import_register", str(first_file), stdout=StringIO())

    with pytest.raises(Denied, match=r"ทะเบียน อปท\. จริง"):
        demo_register_make(actor=OPERATOR, at=AT)
    with pytest.raises(CommandError, match=r"ทะเบียน อปท\. จริง"):
        call_command("load_demo")


@pytest.mark.django_db
def test_gives_way_to_the_first_real_register_with_all_that_hung_on_it(first_file: Path) -> None:
    call_command("load_demo", stdout=StringIO())
    office = Organisation.objects.get(code="P25")
    User.objects.create(username="demo", organisation=office)
    out = StringIO()

    call_command("import_register", str(first_file), "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert (report["demo_removed"], report["created"]) == (7849, 6)
    assert not OrganisationVersion.objects.filter(is_demo=True).exists()
    assert not User.objects.exists()
    assert RegisterImport.objects.get().source == "REAL"
    assert list(Event.objects.filter(type="register.demo")) == []
    years = Round.objects.order_by("fiscal_year_be").values_list("fiscal_year_be", flat=True)
    assert list(years) == [2569, 2570]
    assert RosterEntry.objects.count() == 2 * 6


@pytest.mark.django_db
def test_leaves_the_append_only_tables_guarded(first_file: Path) -> None:
    call_command("load_demo", stdout=StringIO())
    call_command("import_register", str(first_file), stdout=StringIO())

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'")
        assert cursor.fetchone() == (0,)
