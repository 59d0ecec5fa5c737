"""Atom feeds (RFC 4287): what a reader's program asks to tell what is new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
#: Characters that XML 1.0 cannot hold, even escaped.
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FeedEntry:
    """One thing told: `url` is its page and its name for ever; `updated` is aware."""

    url: str
    title: str
    updated: datetime
    author: str
    summary: str = ""
    category: str = ""
    picture: str = ""


def feed_text(entries: Sequence[FeedEntry], *, title: str, url: str, page: str, language: str, since: datetime) -> str:
    """The feed at `url` of what `page` shows, newest first; `since` stands for the change of a feed without entries."""
    updated = max((one.updated for one in entries), default=since)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(language)}">',
        f"<id>{_text(url)}</id><title>{_text(title)}</title><updated>{updated.isoformat()}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{_text(url)}"/>',
        f'<link rel="alternate" type="text/html" href="{_text(page)}"/>',
        *(_entry(one) for one in entries),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(one: FeedEntry) -> str:
    parts = [
        f"<id>{_text(one.url)}</id><title>{_text(one.title)}</title><updated>{one.updated.isoformat()}</updated>",
        f'<link rel="alternate" type="text/html" href="{_text(one.url)}"/>',
        f"<author><name>{_text(one.author)}</name></author>",
    ]
    if one.category:
        parts.append(f'<category term="{_text(one.category)}"/>')
    if one.picture:
        parts.append(f'<link rel="enclosure" type="image/jpeg" href="{_text(one.picture)}"/>')
    if one.summary:
        parts.append(f"<summary>{_text(one.summary)}</summary>")
    return f"<entry>{''.join(parts)}</entry>"


def _text(value: str) -> str:
    return escape(_UNWRITABLE.sub("", value))
