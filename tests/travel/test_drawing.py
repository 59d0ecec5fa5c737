"""From a press on a drawing to a point, and back."""

import pytest

from localgov.lib.coordinates import Point, parse_point
from localgov.organisations import boundaries
from localgov.travel import drawing


def at(lat: str, lon: str) -> Point:
    """A point in Thailand."""
    found = parse_point(lat, lon)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _outlines() -> None:
    if not boundaries.are_known():
        pytest.skip("ยังไม่ได้สร้างเส้นขอบจังหวัด: make setup")


def test_a_press_on_the_country_means_the_point_that_was_drawn_there() -> None:
    frame = drawing.country_frame()
    assert frame is not None
    x, y = frame.place(at("13.9", "101.5"))

    pressed = frame.point_at(float(x), float(y))

    assert pressed is not None
    assert abs(float(pressed.lat) - 13.9) < 0.01
    assert abs(float(pressed.lon) - 101.5) < 0.01
    assert drawing.province_at(pressed) == "25"
    assert frame.point_at(-900, -900) is None


def test_a_point_in_the_sea_lies_in_no_province() -> None:
    assert drawing.province_at(at("9.0", "101.5")) == ""


def test_every_province_is_drawn_and_the_front_page_carries_few_bytes_of_it() -> None:
    paths = dict(drawing.country_paths())

    assert len(paths) == 76
    assert all(path.startswith("M") for path in paths.values())
    assert sum(map(len, paths.values())) < 25_000
    drawn = drawing.province_drawing("25")
    assert drawn is not None
    assert max(drawn.frame.width, drawn.frame.height) == 420
    assert drawing.province_drawing("xx") is None
