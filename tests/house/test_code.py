"""Rules of the code that a reader relies on: who writes, how long things get, what names mean."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import PurePosixPath

import pytest

from localgov.access.roles import RoleCode
from tests.house.sources import REPOSITORY, Source, calls, functions, python_files

pytestmark = pytest.mark.house

MOST_LINES_OF_A_MODULE = 600
MOST_LINES_OF_A_FUNCTION = 60
NAMELESS = {"utils", "helpers", "common", "core", "extras", "misc"}

#: Calls that write a row. `update` and `delete` only as querysets have them: a dict, a set or a cache has others.
_ALWAYS_WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
_WRITING_SQL = re.compile(r"^\s*(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE)\b", re.IGNORECASE)

#: Writes outside services, each with its reason.
WRITES_ELSEWHERE: dict[str, str] = {}

#: Functions longer than the house likes, each with its reason.
LONG_FUNCTIONS: dict[str, str] = {}

#: Selectors that may ask the clock, each with its reason.
CLOCK_ELSEWHERE = {
    "localgov/scoring/selectors.py": "a year without a round is listed by the register of today, unless a moment is asked for",
    "localgov/publishing/selectors/shown.py": "what the public may see is what is so now; no page shows it as of a moment",
}


def is_service(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.name == "services.py" or "services" in parts.parts


def is_write(call: ast.Call) -> bool:
    """Whether a call has the form of writing a row."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, keywords = call.func.attr, {keyword.arg for keyword in call.keywords}
    if name in _ALWAYS_WRITES:
        return True
    if name == "save":
        return not call.args
    if name == "update":
        return not call.args and bool(keywords)
    return name == "delete" and not call.args and not keywords


def writes_of(source: Source) -> list[str]:
    found = [f"{source.path}:{call.lineno}" for call in calls(source) if is_write(call)]
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _WRITING_SQL.match(node.value):
            found.append(f"{source.path}:{node.lineno}")
    return found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Sheet.objects.create(section='x')", True),
        ("sheet.save()", True),
        ("sheet.save(update_fields=['status'])", True),
        ("Sheet.objects.filter(pk=1).update(status='X')", True),
        ("Sheet.objects.all().delete()", True),
        ("Sheet.objects.bulk_create([])", True),
        ("found.update({'a': 1})", False),
        ("cache.delete('key')", False),
        ("picture.save(path)", False),
        ("digest.update(raw)", False),
    ],
)
def test_a_write_is_known_by_its_form(code: str, expected: bool) -> None:
    call = ast.parse(code).body[0].value  # type: ignore[attr-defined]
    assert is_write(call) is expected


def test_rows_are_written_by_services_alone() -> None:
    found = [
        line
        for source in python_files()
        if not is_service(source.path) and not source.is_migration and source.path not in WRITES_ELSEWHERE
        for line in writes_of(source)
    ]
    assert found == []


def test_the_exceptions_of_writing_are_still_needed() -> None:
    written = {source.path for source in python_files() if writes_of(source)}
    assert set(WRITES_ELSEWHERE) <= written


def test_only_the_workflow_and_certification_take_steps() -> None:
    callers = {
        source.path
        for source in python_files()
        for call in calls(source)
        if getattr(call.func, "id", getattr(call.func, "attr", "")) == "steps_apply"
    }
    assert {path for path in callers if not path.startswith("localgov/certification/services/")} == {
        "localgov/filings/services/workflow.py"
    }


def test_only_the_workflow_writes_a_sheet_s_status() -> None:
    found = [
        f"{source.path}:{node.lineno}"
        for source in python_files()
        if source.room in {"filings", "certification"} and not source.is_migration
        for node in source.nodes
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "status"
    ]
    assert {line.split(":")[0] for line in found} == {"localgov/filings/services/workflow.py"}


def test_roles_are_named_in_access_and_accounts_alone() -> None:
    codes = {code.value for code in RoleCode}
    found = []
    for source in python_files():
        if source.room in {"access", "accounts"} or source.is_command or source.is_migration or "/demo/" in source.path:
            continue
        for node in source.nodes:
            named = isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "RoleCode"
            typed = isinstance(node, ast.Constant) and node.value in codes and not _is_desk(source, node)
            if named or typed:
                found.append(f"{source.path}:{getattr(node, 'lineno', 0)}")
    assert found == []


def _is_desk(source: Source, node: ast.Constant) -> bool:
    """Desks of the workflow (whose turn it is) share some words with roles."""
    return source.path == "localgov/filings/states.py"


def test_modules_stay_short() -> None:
    long = [
        source.path
        for source in python_files()
        if not source.is_migration and source.text.count("\n") > MOST_LINES_OF_A_MODULE
    ]
    assert long == []


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from `def` to its end, its docstring apart."""
    first = function.body[0]
    explained = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if explained else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_functions_stay_short() -> None:
    long = [
        f"{source.path} {function.name}"
        for source in python_files()
        if not source.is_migration
        for function in functions(source)
        if lines_of(function) > MOST_LINES_OF_A_FUNCTION
    ]
    assert set(long) - set(LONG_FUNCTIONS) == set()


def test_every_module_has_a_name_that_says_something() -> None:
    names = {
        PurePosixPath(part).stem: source.path for source in python_files() for part in PurePosixPath(source.path).parts
    }
    assert {path for name, path in names.items() if name in NAMELESS} == set()


def test_imports_are_absolute() -> None:
    found = [
        f"{source.path}:{node.lineno}"
        for source in python_files()
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


def test_every_public_thing_is_explained() -> None:
    missing = []
    for source in python_files():
        if source.is_migration or not source.text.strip():
            continue
        if not ast.get_docstring(source.tree):
            missing.append(source.path)
        for node in source.tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):  # type: ignore[arg-type]
                missing.append(f"{source.path}:{node.lineno} {node.name}")  # type: ignore[attr-defined]
    assert missing == []


def test_nothing_is_left_to_do_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{source.path}:{number}"
        for source in python_files()
        for number, line in enumerate(source.text.splitlines(), start=1)
        if marks.search(line)
    ]
    assert found == []


def test_saving_and_deleting_have_no_hidden_behaviour() -> None:
    """No overridden save or delete, no signals: side effects are lines in a service (STYLE 13)."""
    found = []
    for source in python_files():
        if source.is_migration:
            continue
        if "django.db.models.signals" in source.text or "@receiver" in source.text:
            found.append(f"{source.path}: signal")
        if "/models/" in source.path:
            found += [f"{source.path}:{f.lineno}" for f in functions(source) if f.name in {"save", "delete"}]
    assert found == []


def test_the_clock_is_asked_at_the_edges() -> None:
    """Services, selectors and policies take `at`; they never ask the clock (STYLE 18)."""
    found = [
        source.path
        for source in python_files()
        if is_service(source.path) or "/selectors" in source.path or source.path.endswith("policies.py")
        for call in calls(source)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"now", "utcnow", "today", "localdate"}
        if getattr(call.func.value, "id", "") in {"timezone", "datetime", "dt", "date"}
    ]
    assert set(found) - set(CLOCK_ELSEWHERE) == set()


def test_the_package_reads_no_file_beside_the_checkout() -> None:
    found = [source.path for source in python_files() if "/work/" in source.text or "../shared" in source.text]
    assert found == []


def test_no_real_data_is_committed() -> None:
    """Of the Department's files only the catalogue of questions and the tree of accounts may be here (MISSION §1)."""
    committed = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    shared = REPOSITORY.parent / "shared" / "data"
    if not committed or not shared.is_dir():
        pytest.skip("ไม่มีคลัง git หรือข้อมูลจริงข้างสำเนางานนี้")
    allowed = {"catalogue.csv"}
    names = {path.name for path in shared.rglob("*") if path.is_file()} - allowed
    assert [path for path in committed if PurePosixPath(path).name in names and "README" not in path] == []
