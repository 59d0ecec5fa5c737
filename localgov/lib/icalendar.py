"""Calendar files (iCalendar, RFC 5545) of whole-day events: what a telephone's or an office's calendar subscribes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
_OCTETS: Final = 75  # of a line, RFC 5545 §3.1
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class CalendarEvent:
    """One event of whole days, `first` to `last` inside; `uid` is the same for ever, `stamp` when it last changed."""

    uid: str
    first: date
    last: date
    title: str
    stamp: datetime
    place: str = ""
    text: str = ""
    url: str = ""


def calendar_text(events: Iterable[CalendarEvent], *, name: str) -> str:
    """The calendar file of the events; `name` is what the reader's program calls the calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//localgov//travel//TH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "X-WR-TIMEZONE:Asia/Bangkok",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(event: CalendarEvent) -> list[str]:
    """DTEND is the day after the last one: the standard's end is exclusive."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(event.title)}",
    ]
    if event.place:
        lines.append(f"LOCATION:{_escaped(event.place)}")
    if event.text:
        lines.append(f"DESCRIPTION:{_escaped(event.text)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, each after the first beginning with a blank; no letter is cut in two."""
    rest, room = line.encode(), _OCTETS
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:  # inside a letter
            cut -= 1
        yield f"{' ' if room < _OCTETS else ''}{rest[:cut].decode()}"
        rest, room = rest[cut:], _OCTETS - 1
    yield f"{' ' if room < _OCTETS else ''}{rest.decode()}"
