"""Points in Thailand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib.coordinates import LAT_MAX, LAT_MIN, LON_MAX, LON_MIN, NotAPoint, Point, haversine_km, parse_point
from localgov.lib.refusals import Refusal
from tests.lib import real_data
from tests.lib.readers import value_or_refusal

points = st.builds(
    Point,
    lat=st.decimals(min_value=LAT_MIN, max_value=LAT_MAX, places=6),
    lon=st.decimals(min_value=LON_MIN, max_value=LON_MAX, places=6),
)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("13.756331", "100.501765"),
        (13.756331, 100.501765),
        ("๑๓.๗๕๖๓๓๑", " 100.501765 "),
        ("13.7563311", "100.5017649"),
        ("13.756331, 100.501765", ""),
        ("(13.756331 100.501765)", None),
    ],
)
def test_a_point_is_read_to_six_decimals(lat: str | float, lon: str | float | None) -> None:
    assert parse_point(lat, lon) == Point(lat=Decimal("13.756331"), lon=Decimal("100.501765"))


@pytest.mark.parametrize(("lat", "lon"), [("", ""), (None, None), (" ", None)])
def test_two_blank_boxes_are_no_point(lat: str | None, lon: str | None) -> None:
    assert parse_point(lat, lon) is None


@pytest.mark.parametrize(
    ("lat", "lon", "code", "part_of_sentence"),
    [
        ("13.75", "", "half", "ยังขาดลองจิจูด"),
        (None, "100.5", "half", "ยังขาดละติจูด"),
        (0, 0, "zero", "เว้นว่าง"),
        ("0.0000001", "0", "zero", "เว้นว่าง"),
        ("16.64", 0, "half", "ลองจิจูดเป็น 0"),
        (0, "103.57", "half", "ละติจูดเป็น 0"),
        ("100.5", "13.75", "swapped", "ละติจูด 13.75 และลองจิจูด 100.5"),
        ("51.5", "-0.12", "outside", "นอกประเทศไทย"),
        ("5.5999", "100", "outside", "5.6"),
        ("13", "105.7001", "outside", "105.7"),
        ("13°45'22\"", "100.5", "degrees", "องศาทศนิยม"),
        ("1,3", "100.5", "degrees", "ละติจูด"),
    ],
)
def test_what_is_no_point_in_thailand_is_refused(
    lat: str | int | None, lon: str | int, code: str, part_of_sentence: str
) -> None:
    with pytest.raises(NotAPoint, match=part_of_sentence) as refused:
        parse_point(lat, lon)
    assert refused.value.code == code


@given(points)
def test_a_shown_point_can_be_typed_back(point: Point) -> None:
    assert parse_point(str(point), "") == point
    assert parse_point(str(point.lat), str(point.lon)) == point


def test_bangkok_lies_583_kilometres_from_chiang_mai() -> None:
    bangkok = Point(lat=Decimal("13.7563"), lon=Decimal("100.5018"))
    chiang_mai = Point(lat=Decimal("18.7883"), lon=Decimal("98.9853"))
    assert haversine_km(bangkok, chiang_mai) == pytest.approx(582.5, abs=1)


@given(points, points)
def test_distance_is_the_same_both_ways_and_never_negative(one: Point, other: Point) -> None:
    assert haversine_km(one, one) == 0
    assert haversine_km(one, other) == pytest.approx(haversine_km(other, one))
    assert 0 <= haversine_km(one, other) < 1_900


def test_the_real_register_has_few_broken_points() -> None:
    rows = real_data.rows("dla_register.csv")
    read = [value_or_refusal(parse_point, row["lat"], row["lng"]) for row in rows]
    assert sum(isinstance(point, Point) for point in read) > 4_800
    assert sum(isinstance(point, Refusal) and point.code != "zero" for point in read) < 60
