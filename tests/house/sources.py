"""The product's own files, read once: what the house rules are held against."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "localgov"


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the repository's root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in the tree, walked once for all rules."""
        return tuple(ast.walk(self.tree))

    @property
    def room(self) -> str:
        """The room that it belongs to; empty outside the package."""
        parts = Path(self.path).parts
        return parts[1] if len(parts) > 2 and parts[0] == "localgov" else ""

    @property
    def is_migration(self) -> bool:
        """Whether it is one of Django's migrations."""
        return "/migrations/" in self.path

    @property
    def is_command(self) -> bool:
        """Whether it is a management command."""
        return "/management/commands/" in self.path


@cache
def python_files() -> tuple[Source, ...]:
    """Every Python file of the package."""
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def templates() -> tuple[tuple[str, str], ...]:
    """Path and text of every template."""
    found = sorted(PACKAGE.rglob("*.html"))
    return tuple((path.relative_to(REPOSITORY).as_posix(), path.read_text(encoding="utf-8")) for path in found)


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(source: Source) -> Iterator[ast.Call]:
    """Every call of a file."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            yield node


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(REPOSITORY).as_posix(), text, ast.parse(text))
