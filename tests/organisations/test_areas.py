"""Provinces, districts and outlines."""

from decimal import Decimal

import pytest

from localgov.lib.coordinates import Point
from localgov.organisations import areas, boundaries

KABIN_BURI = Point(lat=Decimal("13.98"), lon=Decimal("101.71"))
BANGKOK = Point(lat=Decimal("13.7563"), lon=Decimal("100.5018"))


def test_the_register_covers_76_provinces_and_878_districts() -> None:
    assert (len(areas.provinces()), len(areas.districts())) == (76, 878)
    assert areas.province("10") is None


def test_provinces_stand_in_dictionary_order() -> None:
    names = [one.name for one in areas.provinces()]

    order = [names.index(name) for name in ("ชุมพร", "เชียงราย", "เชียงใหม่", "ตรัง", "เพชรบุรี", "แพร่", "ภูเก็ต", "แม่ฮ่องสอน")]
    assert order == sorted(order)


@pytest.mark.parametrize("written", ["ปราจีนบุรี", " จังหวัดปราจีนบุรี ", "จ.ปราจีนบุรี", "ปราจีน บุรี"])
def test_understands_how_officers_write_a_province(written: str) -> None:
    found = areas.province_named(written)

    assert found is not None
    assert found.code == "25"


@pytest.mark.parametrize(
    ("written", "code"), [("อำเภอกบินทร์บุรี", "2502"), ("อ.เมืองปราจีนบุรี", "2501"), ("เมือง", "2501"), ("พระประแดง", None)]
)
def test_finds_a_district_within_its_province_alone(written: str, code: str | None) -> None:
    found = areas.district_named(written, province_code="25")

    assert (found.code if found else None) == code


def test_every_province_has_a_region_and_an_outline() -> None:
    if not boundaries.SHAPES_FILE.exists():
        pytest.skip("ยังไม่ได้สร้าง assets/dist (make setup)")
    regions = {one.region for one in areas.provinces()}

    assert len(regions) == 4
    assert [one.name for one in areas.provinces() if boundaries.shape_of(one.code) is None] == []


def test_tells_a_point_in_the_province_from_one_far_outside() -> None:
    if not boundaries.SHAPES_FILE.exists():
        pytest.skip("ยังไม่ได้สร้าง assets/dist (make setup)")

    assert areas.AREAS.contains(KABIN_BURI, province_code="25") is True
    assert areas.AREAS.contains(BANGKOK, province_code="25") is False


def test_knows_nothing_of_a_province_that_is_none() -> None:
    assert areas.AREAS.contains(BANGKOK, province_code="99") is None


def test_tells_sub_districts_and_their_province_by_code() -> None:
    assert areas.AREAS.tambon_exists("250201") is True
    assert areas.AREAS.tambon_exists("259999") is False
    assert areas.AREAS.tambon_in_province("250201", province_code="27") is False
    assert areas.AREAS.tambon_in_province("259999", province_code="25") is None
