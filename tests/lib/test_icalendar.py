"""Calendar files, read back by the rules of RFC 5545."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.icalendar import CalendarEvent, calendar_text

STAMP = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def event(**changes: object) -> CalendarEvent:
    """A three-day fair."""
    values: dict[str, object] = {
        "uid": "news-7@info.example.go.th",
        "first": date(2026, 12, 30),
        "last": date(2027, 1, 1),
        "title": "งานประเพณี",
        "stamp": STAMP,
    }
    return CalendarEvent(**(values | changes))  # type: ignore[arg-type]


def unfolded(text: str) -> list[str]:
    """Its lines as a program reads them."""
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_of_whole_days_ends_on_the_day_after_its_last() -> None:
    lines = unfolded(calendar_text([event()], name="กิจกรรม"))

    assert "DTSTART;VALUE=DATE:20261230" in lines
    assert "DTEND;VALUE=DATE:20270102" in lines
    assert "DTSTAMP:20261120T030000Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_marks_that_mean_something_are_escaped_and_no_text_begins_a_line_of_its_own() -> None:
    text = calendar_text([event(title="ก; ข, ค\\ง\r\nEND:VEVENT", place="ลาน")], name="ก")

    assert "SUMMARY:ก\\; ข\\, ค\\\\ง\\nEND:VEVENT" in unfolded(text)
    assert unfolded(text).count("END:VEVENT") == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_no_line_is_longer_than_seventy_five_octets_and_none_loses_a_letter(title: str) -> None:
    text = calendar_text([event(title=title)], name="")

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    kept = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{kept}" in unfolded(text)
