"""The product's own guides (docs/guides, one for each role): read from Markdown for the help pages and for paper.

They change with a release alone, so that each process reads a guide once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from localgov.access.roles import Seat

FOLDER: Path = settings.BASE_DIR / "docs" / "guides"
PICTURES: Path = settings.BASE_DIR / "docs" / "images" / "guides"
#: What every role reads: signing in, and what all pages have in common.
COMMON = "README"

_UNIT = (Seat.UNIT, Seat.DISTRICT, Seat.PROVINCE)
#: Guide → for whom it is; the Department reads them all.
GUIDES: dict[str, tuple[Seat, ...]] = {
    COMMON: tuple(Seat),
    "recorder": _UNIT,
    "verifier": _UNIT,
    "executive": _UNIT,
    "unit-administrator": _UNIT,
    "district": (Seat.DISTRICT, Seat.PROVINCE),
    "province": (Seat.PROVINCE,),
    "department": (Seat.DEPARTMENT,),
}


#: Signs of the screen that the paper's font lacks, and what it prints for them.
_ON_PAPER = str.maketrans({"✓": "√", "✕": "×", "⚠": "!"})


@dataclass(frozen=True)
class Guide:
    """A guide as the help page prints it; `headings` are ids and words of its parts."""

    code: str
    title: str
    html: SafeString
    headings: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def guide(code: str, open_to: frozenset[str] = frozenset(GUIDES)) -> Guide:
    """A guide for a reader who may open some guides: links to others are their words alone. KeyError for none of ours."""
    tokens = _tokens(code)
    title = next(_plain(tokens[place + 1]) for place, token in enumerate(tokens) if token.type == "heading_open")
    headings: list[tuple[str, str]] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            token.attrSet("id", f"part-{len(headings) + 1}")
            headings.append((f"part-{len(headings) + 1}", _plain(tokens[place + 1])))
    for token in tokens:
        _lead_inside(token, open_to)
    reader = _reader()
    html = reader.renderer.render(tokens[3:], reader.options, {})  # the heading of the page is the page's own
    return Guide(code, title, mark_safe(html), tuple(headings))  # noqa: S308 - our own text, its HTML switched off


def guide_source(code: str) -> str:
    """The SHA-256 of everything that the paper of a guide is made of."""
    digest = hashlib.sha256()
    for text in (FOLDER / f"{code}.md", FOLDER / f"{COMMON}.md"):
        digest.update(text.read_bytes())
    for name in sorted(pictures_of(code)):
        digest.update((PICTURES / name).read_bytes())
    return digest.hexdigest()


def pictures_of(code: str) -> set[str]:
    """Names of the pictures that a guide shows."""
    return {Path(str(token.attrs["src"])).name for token in _inlines(_tokens(code)) if token.type == "image"}


@lru_cache(maxsize=1)
def pictures() -> frozenset[str]:
    """Names of all pictures that there are."""
    return frozenset(path.name for path in PICTURES.glob("*.webp"))


def guide_blocks(code: str) -> list[dict[str, Any]]:
    """A guide for `papers/guide.typ`: blocks, each with its kind and either inline parts or blocks within."""
    return [_block(node) for node in SyntaxTreeNode(_tokens(code)).children]


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _tokens(code: str) -> list[Token]:
    if code not in GUIDES:
        raise KeyError(code)
    return _reader().parse((FOLDER / f"{code}.md").read_text(encoding="utf-8"))


def _inlines(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def _lead_inside(token: Token, open_to: frozenset[str]) -> None:
    """Turn links between guides into links between help pages, and all others into their words alone."""
    kept: list[Token] = []
    dropped = False
    for child in token.children or ():
        if child.type == "link_open":
            target = Path(str(child.attrs.get("href", "")))
            dropped = target.stem not in open_to or target.suffix != ".md"
            if not dropped:
                child.attrSet("href", reverse("help:guide", args=[target.stem]))
        elif child.type == "image":
            child.attrSet("src", reverse("help:picture", args=[Path(str(child.attrs["src"])).name]))
            child.attrSet("loading", "lazy")
        if not (dropped and child.type in ("link_open", "link_close")):
            kept.append(child)
    if token.children is not None:
        token.children = kept


def _block(node: SyntaxTreeNode) -> dict[str, Any]:
    if node.type == "heading":
        return {"kind": "heading", "level": int(node.tag[1]), "parts": _parts(node.children[0])}
    if node.type == "paragraph":
        (inline,) = node.children
        picture = inline.children[0] if inline.children else None
        if picture is not None and picture.type == "image":
            return {"kind": "picture", "name": Path(str(picture.attrs["src"])).name, "words": picture.content}
        return {"kind": "paragraph", "parts": _parts(inline)}
    if node.type in ("bullet_list", "ordered_list"):
        items = [[_block(child) for child in item.children] for item in node.children]
        return {"kind": node.type, "items": items}
    if node.type == "table":
        rows = [row for section in node.children for row in section.children]
        return {"kind": "table", "rows": [[_parts(cell.children[0]) for cell in row.children] for row in rows]}
    raise ValueError(f"a guide has a {node.type}, which no paper prints")


def _parts(inline: SyntaxTreeNode, style: str = "") -> list[dict[str, str]]:
    """The pieces of a line with their looks: `strong`, `code` or none."""
    parts: list[dict[str, str]] = []
    for node in inline.children:
        if node.type in ("text", "code_inline"):
            parts.append(
                {"text": node.content.translate(_ON_PAPER), "style": "code" if node.type == "code_inline" else style}
            )
        elif node.type == "softbreak":
            parts.append({"text": " ", "style": style})
        elif node.type in ("strong", "link", "em"):
            parts += _parts(node, "strong" if node.type == "strong" else style)
        else:
            raise ValueError(f"a guide has {node.type} in a line, which no paper prints")
    return parts
