"""Names stand in the order of a Thai dictionary, in Python and in the database alike."""

import random

import pytest
from django.db import connection

from localgov.lib.thai_sort import THAI_KEY_SQL, thai_key
from tests.lib import real_data

IN_ORDER = (
    ("ชุมพร", "เชียงราย", "เชียงใหม่", "ตรัง"),
    ("พิษณุโลก", "เพชรบุรี", "เพชรบูรณ์", "แพร่", "ภูเก็ต", "มหาสารคาม", "มุกดาหาร", "แม่ฮ่องสอน"),
    ("กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี", "กาฬสินธุ์", "กำแพงเพชร", "ขอนแก่น"),
    ("กา", "ก่า", "ก้า", "ก๊า", "ก๋า", "กาก", "เก", "แก", "โก", "ใก", "ไก"),
    ("น้ำขาว", "น้ำขุ่น", "น้ำแข็ง"),
    ("หนองบัว", "หนองบัว 1", "หนองบัว 2", "หนองบัวลำภู"),
    ("อำนาจเจริญ", "อุดรธานี", "อุบลราชธานี"),
)
ODD_NAMES = (
    "จ.ป.ร.", "กม.5", "กม.๕", "สีพยา-บ่อพุ", "เมืองพัทยา", "กรุงเทพฯ", "น้ำ", "น\u0e4d\u0e49า", "ABC abc", "", " ", "เ", "เเม่",
    "โนนสูง-น้ำคำ", "“ไทย”", "ฤๅษี", "ก็", "ก์", "ๆ", "ไม้\u200bไผ่", "a\u00a0b", "ป่าไม้ (1)", "๛", "É", "İ", "漢字", "e\u0301",
)  # fmt: skip


@pytest.mark.parametrize("names", IN_ORDER)
def test_names_stand_in_dictionary_order(names: tuple[str, ...]) -> None:
    mixed = list(names)
    random.Random(5).shuffle(mixed)
    assert sorted(mixed, key=thai_key) == list(names)


def test_the_77_provinces_stand_in_the_order_of_a_collation_library() -> None:
    provinces = real_data.rows("province_crosswalk.csv")
    expected = [row["name_th"] for row in sorted(provinces, key=lambda row: int(row["th_sort_order"]))]
    assert sorted(expected, key=thai_key) == expected
    assert len(expected) == 77


@pytest.mark.parametrize(
    ("one", "other"),
    [("กม.5", "กม.๕"), ("สีพยา-บ่อพุ", "สีพยา บ่อพุ"), ("น้ำ", "น\u0e4d\u0e49า"), ("ABC", "abc"), ("กรุงเทพฯ", "กรุงเทพ")],
)
def test_digits_case_and_punctuation_do_not_count(one: str, other: str) -> None:
    assert thai_key(one) == thai_key(other)


@pytest.mark.django_db
def test_the_database_computes_the_same_keys() -> None:
    names = sorted({name for group in IN_ORDER for name in group} | set(ODD_NAMES))
    names += [row["name_th"] for row in _registry_rows()]
    with connection.cursor() as cursor:
        cursor.execute(THAI_KEY_SQL.replace("FUNCTION thai_key", "FUNCTION pg_temp.thai_key"))
        cursor.execute("SELECT name, pg_temp.thai_key(name) FROM unnest(%s::text[]) AS name", [names])
        different = [(name, key) for name, key in cursor.fetchall() if key != thai_key(name)]
    assert different == []


def _registry_rows() -> list[dict[str, str]]:
    """The real register where it is at hand; the committed names suffice elsewhere."""
    return real_data.rows("lao_registry.csv") if (real_data.FOLDER / "lao_registry.csv").exists() else []
