"""What the documents promise: one name for each concept, every setting explained, links that lead somewhere."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db import models

from localgov.access.permissions import PERMISSION_NAMES
from localgov.access.roles import ROLES
from localgov.audit.models import RowChange
from localgov.certification.models import Lapse, Level
from localgov.directory.states import CheckResult
from localgov.figures.models import Stage
from localgov.filings.models.change import Via
from localgov.filings.states import Action, Desk, Status
from localgov.inspection.models import Link
from localgov.jobs.models import JobState
from localgov.lib.unit_types import UnitType
from localgov.library.models import ItemKind
from localgov.monitoring.causes import Cause
from localgov.monitoring.selectors.activity import WorkKind
from localgov.monitoring.selectors.idle import Use
from localgov.monitoring.selectors.pace import Outlook
from localgov.notices.states import CircularState, MailKind, MailState, ReceiptKind, ReminderAbout
from localgov.organisations.models import Kind, RegisterImport
from localgov.publishing.states import Category, CheckState, PublishedKind
from localgov.reports.kinds import LetterKind, Numbering, PaperForm, Urgency
from localgov.reports.models import Letterhead
from localgov.rounds.models import Profile
from localgov.rounds.scopes import Scope
from localgov.travel.states import ProblemKind, ProblemState

pytestmark = pytest.mark.house

REPOSITORY = Path(__file__).resolve().parents[2]
GLOSSARY = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
OPERATIONS = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md"), *REPOSITORY.glob("deploy/**/*")],
    key=lambda path: path.as_posix(),
)
CHOICES: dict[str, type[Enum]] = {
    "Action": Action, "Cause": Cause, "CheckResult": CheckResult,
    "ItemKind": ItemKind, "CircularState": CircularState, "ReceiptKind": ReceiptKind,
    "MailKind": MailKind, "MailState": MailState, "ReminderAbout": ReminderAbout,
    "Desk": Desk, "JobState": JobState, "Kind": Kind, "Lapse.Kind": Lapse.Kind, "Level": Level, "Profile": Profile,
    "Link.Kind": Link.Kind, "RegisterImport.Source": RegisterImport.Source, "RowChange.Op": RowChange.Op, "Scope": Scope,
    "LetterKind": LetterKind, "Letterhead.DistrictTitle": Letterhead.DistrictTitle, "Numbering": Numbering,
    "PaperForm": PaperForm, "Urgency": Urgency,
    "ProblemKind": ProblemKind, "ProblemState": ProblemState,
    "Outlook": Outlook, "Stage": Stage, "Status": Status, "UnitType": UnitType, "Use": Use, "Via": Via, "WorkKind": WorkKind,
    "PublishedKind": PublishedKind, "CheckState": CheckState, "Category": Category,
}  # fmt: skip
#: Read by the programs' own launchers, not by an operator's installation.
NOT_A_SETTING = {"LOCALGOV_TEST_DATABASE"}


def _choices() -> Iterator[tuple[str, str]]:
    """`Status.RECORDING` with its Thai label, for every member of every list of states and kinds; roles too."""
    for name, choices in CHOICES.items():
        for member in choices:
            yield f"{name}.{member.name}", str(member.label)  # type: ignore[attr-defined]
    for code, role in ROLES.items():
        yield f"RoleCode.{code.name}", role.name
    for permission, label in PERMISSION_NAMES.items():
        yield f"Permission.{permission.name}", label


def _names(line: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", line))


@pytest.mark.parametrize(
    "model", [model.__name__ for model in apps.get_models() if model.__module__.startswith("localgov.")]
)
def test_the_glossary_names_every_model(model: str) -> None:
    assert any(model in _names(line) for line in GLOSSARY.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(("identifier", "label"), list(_choices()))
def test_the_glossary_gives_every_state_action_role_and_right_the_words_of_the_screens(
    identifier: str, label: str
) -> None:
    lines = [line for line in GLOSSARY.splitlines() if identifier in _names(line)]

    assert len(lines) == 1
    assert lines[0].startswith(f"| {label} |")


def test_no_list_of_states_or_kinds_is_left_out_of_the_glossary() -> None:
    lists = {
        found.__qualname__ for found in models.TextChoices.__subclasses__() if found.__module__.startswith("localgov.")
    }

    assert lists <= set(CHOICES)


def test_operations_explain_every_environment_variable() -> None:
    read = re.compile(
        r"""env\.(?:text|flag|integer|items|secret)\(\s*"([A-Z_]+)"|"(LOCALGOV_[A-Z_]+|DATABASE_[A-Z_]+)\""""
    )
    sources = [*REPOSITORY.glob("config/*.py"), *REPOSITORY.glob("bin/*.py")]
    variables = {
        name for path in sources for pair in read.findall(path.read_text(encoding="utf-8")) for name in pair if name
    }

    assert variables - NOT_A_SETTING
    assert not [name for name in sorted(variables - NOT_A_SETTING) if f"`{name}`" not in OPERATIONS]


def test_operations_explain_every_command_of_the_product() -> None:
    commands = sorted(name for name, room in get_commands().items() if room.startswith("localgov."))

    assert commands
    assert not [name for name in commands if f"`{name}" not in OPERATIONS]


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if path.suffix == ".md"], ids=lambda path: path.name)
def test_links_of_a_document_lead_to_files(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [unquote(target) for target in targets if not re.match(r"[a-z]+:", target)]

    assert not [target for target in local if not (document.parent / target).exists()]


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if path.is_file()], ids=lambda path: path.name)
def test_a_document_names_no_folder_of_somebodys_machine(document: Path) -> None:
    text = document.read_text(encoding="utf-8")

    assert not re.findall(r"/(?:home|Users|root|work)/\S+", text)


def test_numbers_of_decisions_follow_one_another() -> None:
    numbers = [int(path.name[:4]) for path in sorted((REPOSITORY / "docs" / "adr").glob("[0-9]*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("guide", sorted((REPOSITORY / "docs" / "guides").glob("*.md")), ids=lambda path: path.name)
def test_the_words_that_a_guide_says_to_press_stand_on_the_screens(guide: Path) -> None:
    screens = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in ("localgov/**/*.html", "localgov/**/*.py", "assets/record/*.ts")
        for path in REPOSITORY.glob(pattern)
    )
    bold = re.findall(r"\*\*([^*]+?)\*\*", guide.read_text(encoding="utf-8").replace(r"\*", ""))
    words = {word.strip() for phrase in bold for word in re.split("[…:]", phrase) if word.strip()}

    assert words
    assert not [word for word in sorted(words) if word not in screens]
