"""The standing cast: a small register of two provinces, its people, a small form and its open rounds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import pytest
import time_machine
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.db import connections
from django.http.response import HttpResponseBase
from django.test import Client
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from localgov.access.actor import Actor, system_actor
from localgov.access.roles import ROLES, RoleCode
from localgov.accounts import selectors as accounts
from localgov.accounts.models import RoleAssignment, User
from localgov.certification import services as certification
from localgov.filings import services as filings
from localgov.filings.models import Sheet
from localgov.filings.services.changes import SetAnswer
from localgov.filings.states import Action, Status
from localgov.forms import services as forms
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import bangkok_day_end
from localgov.organisations.models import Kind, Organisation, OrganisationVersion
from localgov.rounds import services as rounds
from localgov.rounds.models import Profile, RosterEntry, Round
from localgov.travel.selectors import counting
from localgov.travel.views import front as travel_front
from localgov.ui.public_cache import CACHE
from tests.database import database_drop, database_make
from tests.installation import installation_begin

# Playwright keeps an event loop in the test's thread; the queries of the tests are as synchronous as everywhere.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Nothing in the suite is judged by the clock of a machine that others use too.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).resolve().parents[2] / "shared"

#: The moment at which most tests act: in fiscal year 2570, before every date of its round.
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FIRST_DAY = date(2020, 1, 1)


#: What takes longest, longest first: it begins early, so that the workers end together.
LONGEST = (
    "tests/killing/",
    "tests/browser/test_journey",
    "tests/browser/",
    "tests/bench/test_bench.py::test_a_tiny_run",
    "tests/web/test_public_pages.py::test_axe",
)
#: What of it needs an installation, and how many quick tests run while that is being made.
WITH_INSTALLATION = LONGEST[:4]
MEANWHILE = 500


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest near the front, after pytest-randomly has shuffled; the rest keeps its order."""

    def rank(item: pytest.Item) -> int:
        return next((place for place, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    longest = sorted((item for item in items if rank(item) < len(LONGEST)), key=rank)
    others = [item for item in items if rank(item) == len(LONGEST)]
    items[:] = others[:MEANWHILE] + longest + others[MEANWHILE:]
    is_first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0" and not config.option.collectonly
    if is_first and any(item.nodeid.startswith(WITH_INSTALLATION) for item in longest):
        installation_begin()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The database of this worker, instead of the one that Django would migrate from nothing."""
    with django_db_blocker.unblock():
        before = database_make()
    yield
    with django_db_blocker.unblock():
        database_drop(before)


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock of the application stands a little after `NOW` and goes on; a browser's real server has the real one."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    with time_machine.travel(NOW + timedelta(minutes=5), tick=True):
        yield


@pytest.fixture(autouse=True)
def _no_kept_answers() -> None:
    """Public answers kept from another test, whose database was another."""
    CACHE.clear()
    counting.forget()
    travel_front.forget()


@pytest.fixture
def at() -> datetime:
    """The moment of acting."""
    return NOW


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data; the test skips where it is missing."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("ไม่มีข้อมูลจริง (../shared/data) ข้างสำเนางานนี้")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, one for all tests of a process (Playwright allows one at a time)."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("ไม่มี Chromium ในเครื่องนี้: ติดตั้งด้วย make setup")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
        # Under Playwright's loop Django keeps a connection of its own, which nobody else would close.
        connections.close_all()


class TidyClient(Client):
    """A browser whose downloads are closed when the test ends, as a server closes them."""

    open_downloads: ClassVar[list[HttpResponseBase]] = []

    def request(self, **environment: Any) -> Any:
        """Send a request; remember a streamed answer."""
        response: Any = super().request(**environment)
        if response.streaming:
            self.open_downloads.append(response)
        return response


@pytest.fixture(autouse=True)
def _close_downloads() -> Iterator[None]:
    """Close what a test downloaded."""
    yield
    while TidyClient.open_downloads:
        # Not `close()`: that would also end the database connection of the test.
        for close in TidyClient.open_downloads.pop()._resource_closers:  # type: ignore[attr-defined]
            close()


@dataclass(frozen=True)
class Person:
    """One of the cast: an account and the actor that it is."""

    user: User
    actor: Actor

    def client(self) -> Client:
        """A browser in which the person is signed in."""
        browser = TidyClient()
        browser.force_login(self.user, backend="localgov.accounts.backends.PasswordBackend")
        return browser


@dataclass(frozen=True)
class Register:
    """The small register: the Department, two provinces with a district each, and their units."""

    department: Organisation
    province: Organisation
    district: Organisation
    unit: Organisation
    town: Organisation
    pao: Organisation
    other_province: Organisation
    other_district: Organisation
    other_unit: Organisation


def organisation_make(
    code: str, kind: Kind, name: str, path: str, *, unit_type: str = "", province: str = "", district: str = ""
) -> Organisation:
    """One organisation with one version in force since 2020."""
    return organisations_make((code, kind, name, path, unit_type, province, district))[0]


def organisations_make(*told: tuple[str, Kind, str, str, str, str, str]) -> list[Organisation]:
    """Organisations of code, kind, name, path, type, province and district, each with one version in force since 2020."""
    made = Organisation.objects.bulk_create(Organisation(code=code, kind=kind) for code, kind, *_ in told)
    OrganisationVersion.objects.bulk_create(
        OrganisationVersion(
            organisation=organisation,
            in_force=DateRange(FIRST_DAY, None),
            name=name,
            full_name=name,
            short_name=name,
            unit_type=unit_type,
            path=path,
            province_code=province,
            district_code=district,
            search_text=name,
        )
        for organisation, (_, _, name, path, unit_type, province, district) in zip(made, told, strict=True)
    )
    return made


@pytest.fixture
def register(db: None) -> Register:
    """Two provinces: 25 is ours, 27 is the stranger's."""
    ours, theirs, of_ours = ("25", ""), ("27", ""), ("25", "2501")
    return Register(
        *organisations_make(
            ("DLA", Kind.DEPARTMENT, "กรมส่งเสริมการปกครองท้องถิ่น", "th.", "", "", ""),
            ("P25", Kind.PROVINCE, "สถจ.ปราจีนบุรี", "th.25.", "", *ours),
            ("D2501", Kind.DISTRICT, "สถอ.เมืองปราจีนบุรี", "th.25.2501.", "", *of_ours),
            ("6250101", Kind.UNIT, "อบต.บ้านสาธิต", "th.25.2501.6250101.", "SAO", *of_ours),
            ("4250102", Kind.UNIT, "ทม.สาธิตเมือง", "th.25.4250102.", "TOWN", *of_ours),
            ("2250101", Kind.UNIT, "อบจ.ปราจีนบุรี", "th.25.2250101.", "PAO", *of_ours),
            ("P27", Kind.PROVINCE, "สถจ.สระแก้ว", "th.27.", "", *theirs),
            ("D2701", Kind.DISTRICT, "สถอ.เมืองสระแก้ว", "th.27.2701.", "", "27", "2701"),
            ("6270101", Kind.UNIT, "อบต.เพื่อนบ้าน", "th.27.2701.6270101.", "SAO", "27", "2701"),
        )
    )


@pytest.fixture
def person() -> Callable[..., Person]:
    """Makes one of the cast: `person("recorder", organisation, RoleCode.RECORDER)`."""

    def make(
        username: str, organisation: Organisation, *roles: RoleCode, sections: list[str] | None = None, title: str = ""
    ) -> Person:
        user = User.objects.create(username=username, display_name=f"{username} ตัวอย่าง", organisation=organisation)
        for role in roles:
            RoleAssignment.objects.create(
                user=user,
                organisation=organisation,
                role=role,
                sections=sections,
                held=DateRange(FIRST_DAY, None),
                position_title=title or (ROLES[role].name if ROLES[role].held_as_position else ""),
            )
        return Person(user, accounts.actor_for(user=user, on=NOW.date()))

    return make


@pytest.fixture
def recorder(register: Register, person: Callable[..., Person]) -> Person:
    """Records every sheet of our unit."""
    return person("recorder", register.unit, RoleCode.RECORDER)


@pytest.fixture
def other_recorder(register: Register, person: Callable[..., Person]) -> Person:
    """A second recorder of our unit."""
    return person("recorder2", register.unit, RoleCode.RECORDER)


@pytest.fixture
def verifier(register: Register, person: Callable[..., Person]) -> Person:
    """Verifies every sheet of our unit."""
    return person("verifier", register.unit, RoleCode.VERIFIER)


@pytest.fixture
def executive(register: Register, person: Callable[..., Person]) -> Person:
    """Certifies for our unit."""
    return person("executive", register.unit, RoleCode.EXECUTIVE, title="นายกองค์การบริหารส่วนตำบล")


@pytest.fixture
def unit_administrator(register: Register, person: Callable[..., Person]) -> Person:
    """The handed-down account of our unit."""
    return person("6250101", register.unit, RoleCode.UNIT_ADMINISTRATOR)


@pytest.fixture
def district_officer(register: Register, person: Callable[..., Person]) -> Person:
    """Watches our district."""
    return person("d2501", register.district, RoleCode.DISTRICT_OFFICER)


@pytest.fixture
def province_officer(register: Register, person: Callable[..., Person]) -> Person:
    """Watches our province."""
    return person("p25", register.province, RoleCode.PROVINCE_OFFICER)


@pytest.fixture
def province_certifier(register: Register, person: Callable[..., Person]) -> Person:
    """Certifies for our province."""
    return person("p25c", register.province, RoleCode.PROVINCE_CERTIFIER, title="ท้องถิ่นจังหวัด")


@pytest.fixture
def department_officer(register: Register, person: Callable[..., Person]) -> Person:
    """An officer of the Department."""
    return person("dla1", register.department, RoleCode.DEPARTMENT_OFFICER)


@pytest.fixture
def form_owner(register: Register, person: Callable[..., Person]) -> Person:
    """Publishes forms."""
    return person("dla2", register.department, RoleCode.FORM_OWNER)


@pytest.fixture
def operator(register: Register, person: Callable[..., Person]) -> Person:
    """Keeps the machine and the register."""
    return person("dla3", register.department, RoleCode.OPERATOR)


@pytest.fixture
def auditor(register: Register, person: Callable[..., Person]) -> Person:
    """Reads all."""
    return person("dla4", register.department, RoleCode.AUDITOR)


@pytest.fixture
def stranger(register: Register, person: Callable[..., Person]) -> Person:
    """Recorder, verifier and executive of a unit in the next province."""
    return person("stranger", register.other_unit, RoleCode.RECORDER, RoleCode.VERIFIER, RoleCode.EXECUTIVE)


@pytest.fixture
def stranger_officer(register: Register, person: Callable[..., Person]) -> Person:
    """Officer and certifier of the next province."""
    return person("p27", register.other_province, RoleCode.PROVINCE_OFFICER, RoleCode.PROVINCE_CERTIFIER)


@pytest.fixture
def small_form(register: Register, at: datetime) -> FormVersion:
    """A form of three small sheets under the code of the eight domains; sheet 3 applies to ทต. and อบต. alone."""
    source = read_folder(FIXTURES / "forms" / "small")
    return forms.form_publish(actor=system_actor("ทดสอบ", RoleCode.FORM_OWNER), at=at, source=source).version


@pytest.fixture
def round_2570(small_form: FormVersion, at: datetime) -> Round:
    """The small form, open for FY 2570."""
    return round_make(small_form, 2570, at)


@pytest.fixture
def round_2569(small_form: FormVersion, at: datetime) -> Round:
    """The same form one year before."""
    return round_make(small_form, 2569, at)


def round_make(
    version: FormVersion,
    fiscal_year: int,
    at: datetime,
    *,
    profile: Profile = Profile.PROVINCE,
    title: str = "ข้อมูล อปท. 8 ด้าน",
) -> Round:
    """Open a round whose dates lie in the end of its fiscal year (2569's stay open for late filing)."""
    year = max(fiscal_year, 2570) - 543
    return rounds.round_open(
        actor=system_actor("ทดสอบ", RoleCode.DEPARTMENT_OFFICER),
        at=at,
        form_version=version,
        fiscal_year=fiscal_year,
        title=title,
        profile=profile,
        due_at=bangkok_day_end(date(year, 6, 15)),
        last_new_at=bangkok_day_end(date(year, 8, 31)),
        last_edit_at=bangkok_day_end(date(year, 9, 30)),
    )


@pytest.fixture
def entry(round_2570: Round, register: Register) -> RosterEntry:
    """Our unit in the round of FY 2570."""
    return RosterEntry.objects.select_related("round").get(round=round_2570, organisation=register.unit)


#: Answers of the small form without a finding, by sheet.
CLEAN: dict[str, dict[str, object]] = {
    "domain_1": {"male": 3100, "female": 3225, "total": 6325},
    "domain_2": {"tap": True, "tap_households": 2000, "price": "8.50"},
    "domain_3": {"community_count": 4},
}


@pytest.fixture
def fill(entry: RosterEntry, recorder: Person, at: datetime) -> Callable[..., Sheet]:
    """Answers one sheet of our unit through the service: `fill("domain_1")`, or other answers than the clean ones."""

    def write(section: str, answers: dict[str, object] | None = None, *, by: Person = recorder) -> Sheet:
        current = Sheet.objects.filter(filing__roster_entry=entry, section=section, is_newest=True).first()
        stored = current.answers if current else {}
        changes = [
            SetAnswer(code, answer, seq=stored.get(code, {}).get("seq", 0))
            for code, answer in (CLEAN[section] if answers is None else answers).items()
        ]
        filings.answers_save(actor=by.actor, at=at, entry=entry, section=section, batch=uuid4(), changes=changes)
        return newest(entry, section)

    return write


def newest(entry: RosterEntry, section: str) -> Sheet:
    """The newest revision of a sheet."""
    return Sheet.objects.get(filing__roster_entry=entry, section=section, is_newest=True)


@pytest.fixture
def sheet_in(
    entry: RosterEntry,
    fill: Callable[..., Sheet],
    recorder: Person,
    verifier: Person,
    executive: Person,
    province_certifier: Person,
    at: datetime,
) -> Callable[[Status], Sheet]:
    """Walks the real workflow with all sheets of our unit up to a status and returns the first sheet."""

    def walk(status: Status) -> Sheet:
        steps: list[Callable[[], object]] = [
            lambda: [fill(section) for section in CLEAN],
            lambda: [take(recorder, section, Action.SUBMIT) for section in CLEAN],
            lambda: [take(verifier, section, Action.VERIFY) for section in CLEAN],
            lambda: certification.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4()),
            lambda: certification.province_certify(
                actor=province_certifier.actor, at=at, entry=entry, signature=uuid4()
            ),
        ]
        order = [
            Status.RECORDING,
            Status.SUBMITTED,
            Status.VERIFIED,
            Status.CERTIFIED_LAO,
            Status.CERTIFIED_PROVINCE,
        ]
        for step in steps[: order.index(status) + 1]:
            step()
        return newest(entry, "domain_1")

    def take(by: Person, section: str, action: Action) -> Sheet:
        sheet = newest(entry, section)
        return filings.sheet_take_action(
            actor=by.actor, at=at, entry=entry, section=section, action=action, lock=sheet.lock
        )

    return walk


@pytest.fixture(autouse=True)
def _forget_compiled_forms() -> Iterator[None]:
    """Compiled forms are kept by primary key; a rolled-back test gives its keys to the next one."""
    yield
    from localgov.forms import selectors
    from localgov.monitoring.selectors import pace

    selectors.compiled.cache_clear()
    selectors.applicable_sheets.cache_clear()
    pace.over.cache_clear()
