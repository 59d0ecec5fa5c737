"""What people type when they look for a unit is read as they mean it: abbreviations, areas behind the name, other scripts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.db import connection

from localgov.lib.thai_fold import THAI_FOLD_SQL, thai_fold
from localgov.lib.thai_text import clean_line
from localgov.organisations.unit_words import Wanted, readings

SAO, PAO, CITY, TOWN, SUBDISTRICT = (("SAO",), ("PAO",), ("CITY",), ("TOWN",), ("SUBDISTRICT",))
MUNICIPAL = ("CITY", "TOWN", "SUBDISTRICT")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("อบต. กบินทร์", Wanted("กบินทร์", SAO)),
        ("อบต กบินทร์", Wanted("กบินทร์", SAO)),
        ("อ.บ.ต.กบินทร์", Wanted("กบินทร์", SAO)),
        ("องค์กรบริหารส่วนตำบลกบินทร์", Wanted("กบินทร์", SAO)),
        ("องค์การบริหารตำบล กบินทร์", Wanted("กบินทร์", SAO)),
        ("กบินทร์ อบต.", Wanted("กบินทร์", SAO)),
        ("เทศบาล ต. หนองบัว", Wanted("หนองบัว", SUBDISTRICT)),
        ("ทต.หนองบัว", Wanted("หนองบัว", SUBDISTRICT)),
        ("เทศบาลนครขอนแก่น", Wanted("ขอนแก่น", CITY)),
        ("เทศบาลหาดใหญ่", Wanted("หาดใหญ่", MUNICIPAL)),
        ("ทม บ้านไผ่", Wanted("บ้านไผ่", TOWN)),
        ("อบจ โคราช", Wanted("นครราชสีมา", PAO)),
        ("หนองบัว ขอนแก่น", Wanted("หนองบัว", provinces=("40",))),
        ("หนองบัวขอนแก่น", Wanted("หนองบัว", provinces=("40",))),
        ("หนองบัวจังหวัดขอนแก่น", Wanted("หนองบัว", provinces=("40",))),
        ("หนองบัว จ. ขอนแก่น", Wanted("หนองบัว", provinces=("40",))),
        ("อบต.หนองบัว อ.บ้านฝาง จ.ขอนแก่น", Wanted("หนองบัว", SAO, ("40",), ("4002",))),
        ("หนองบัว เมือง กาฬสินธุ์", Wanted("หนองบัว", districts=("4601",))),
        ("Khon Kaen city municipality", Wanted("ขอนแก่น", CITY)),
        ("Hatyai", Wanted("หาดใหญ่")),
        ("Nong Bua SAO", Wanted("หนองบัว", SAO)),
        ("pattaya", Wanted("เมืองพัทยา")),
        ("๕๘๑๐๔๐๑", Wanted(code="5810401")),
        ("40000", Wanted(postcode="40000")),
        ("น\u0e4d\u0e49าพอง", Wanted("น้ำพอง")),
        ("อบต", Wanted(types=SAO)),
        ("เทศบาลนคร", Wanted(types=CITY)),
    ],
)
def test_the_likeliest_reading_is_the_one_that_was_meant(typed: str, meant: Wanted) -> None:
    assert readings(typed)[0] == meant


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("เทศบาลเมืองเก่า", Wanted("เมืองเก่า", MUNICIPAL)),
        ("เทศบาลนครชัยศรี", Wanted("นครชัยศรี", MUNICIPAL)),
        ("ทมนางาม", Wanted("ทมนางาม")),
        ("อบต ขอนแก่น", Wanted(types=SAO, provinces=("40",))),
        ("ศรี ราชา", Wanted("ศรี ราชา")),
    ],
)
def test_what_thai_leaves_open_keeps_its_other_reading(typed: str, also: Wanted) -> None:
    assert also in readings(typed)


@pytest.mark.parametrize("typed", ["", " ", "%%%", "'; --", "\x00", "\u200b", "12345678901234567890", "()"])
def test_a_text_that_says_nothing_asks_nothing(typed: str) -> None:
    assert readings(typed) == ()


def test_a_text_without_end_is_read_in_its_beginning() -> None:
    assert all(len(one.name) <= 100 for one in readings("หนองบัว" * 5000))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("นครราชศรีมา", "นครราชสีมา"),
        ("บุรีรัม", "บุรีรัมย์"),
        ("หาดใหย่", "หาดใหญ่"),
        ("เชียงไหม", "เชียงใหม่"),
        ("สุไหงโกลก", "สุไหงโก-ลก"),
        ("แหลมฉะบัง", "แหลมฉบัง"),
        ("ท่าข้ามม", "ท่าข้าม"),
        ("กม.๕", "กม.5"),
    ],
)
def test_spellings_of_one_sound_fold_to_the_same_letters(typed: str, name: str) -> None:
    assert thai_fold(typed) == thai_fold(name) != ""


@pytest.mark.django_db
def test_the_database_folds_as_the_program_does(real_names: list[str]) -> None:
    names = [
        *real_names,
        "นครราชสีมา",
        "สุไหงโก-ลก",
        "จ.ป.ร.",
        "กม.๕",
        "ABC abc",
        "",
        "ก์",
        "ริ์",
        "ไทยสร้าง",
        "โคกกกม่วง",
        "漢",
        "É",
    ]
    with connection.cursor() as cursor:
        cursor.execute(THAI_FOLD_SQL.replace("FUNCTION thai_fold", "FUNCTION pg_temp.thai_fold"))
        cursor.execute("SELECT name, pg_temp.thai_fold(name), thai_fold(name) FROM unnest(%s::text[]) AS name", [names])
        different = [row for row in cursor.fetchall() if {row[1], row[2]} != {thai_fold(row[0])}]
    assert different == []


@pytest.fixture
def real_names() -> list[str]:
    """Every name of the real register where it is at hand; the made-up ones suffice elsewhere."""
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "dla_register.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted({clean_line(row["name"]) for row in csv.DictReader(file)})
