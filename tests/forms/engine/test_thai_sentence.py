"""Expressions are said in Thai with the form's labels."""

from __future__ import annotations

import pytest

from localgov.forms.engine.grammar import parse
from localgov.forms.engine.thai_sentence import thai_sentence
from tests.forms.engine.samples import sample_form


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (". = ${male} + ${female}", "“ประชากรรวม” เท่ากับ “ประชากรชาย” + “ประชากรหญิง”"),
        (". >= 1000", "“ประชากรรวม” ไม่น้อยกว่า 1,000"),
        ("${ems} = 'yes'", "“มีกู้ชีพ” เท่ากับ “มี”"),
        ("'small' != ${size}", "“เล็ก” ไม่เท่ากับ “ขนาด”"),
        ("${unit_type} = 'PAO'", "ประเภท อปท. เท่ากับ “องค์การบริหารส่วนจังหวัด”"),
        ("${fiscal_year} >= 2569", "ปีงบประมาณ ไม่น้อยกว่า 2569"),
        ("fiscal-year(${opened}) = 2569", "ปีงบประมาณของ “วันเปิด” เท่ากับ 2569"),
        ("${opened} <= today()", "“วันเปิด” ไม่เกิน วันนี้"),
        ("${male} = '' or ${female} != ''", "ยังไม่ตอบ “ประชากรชาย” หรือ ตอบ “ประชากรหญิง” แล้ว"),
        ("(1 + 2) * 3 > -4", "(1 + 2) × 3 มากกว่า −4"),
        ("${male} div 2 < ${female} mod 2", "“ประชากรชาย” ÷ 2 น้อยกว่า “ประชากรหญิง” เศษของการหารด้วย 2"),
        ("${male} > ${last-saved#male}", "“ประชากรชาย” มากกว่า “ประชากรชาย”ของปีก่อน"),
        ("count(${village}) = ${village_count}", "จำนวนแถวของ “ทะเบียนหมู่บ้าน” เท่ากับ “จำนวนหมู่บ้าน”"),
        ("count(${people}) > 1", "จำนวนแถวที่ตอบ “ประชากรหมู่บ้าน” มากกว่า 1"),
        (
            "count-if(${village}, kind = 'village') = 2",
            "จำนวนแถวของ “ทะเบียนหมู่บ้าน” ที่ “ชนิด” เท่ากับ “หมู่บ้าน” เท่ากับ 2",
        ),
        ("sum(${people}) = .", "ผลรวมทุกแถวของ “ประชากรหมู่บ้าน” เท่ากับ “ประชากรรวม”"),
        ("sum-if(${people}, no > 1) = 0", "ผลรวมของ “ประชากรหมู่บ้าน” เฉพาะแถวที่ “หมู่ที่” มากกว่า 1 เท่ากับ 0"),
        ("unique(${no}, ${kind})", "“หมู่ที่”, “ชนิด” ไม่ซ้ำกันระหว่างแถว"),
        ("if(${ems} = 'yes', 1, 0) = 1", "(ถ้า “มีกู้ชีพ” เท่ากับ “มี” ใช้ 1 มิฉะนั้นใช้ 0) เท่ากับ 1"),
        ("coalesce(${male}, 0) = 0", "ค่าแรกที่มีของ “ประชากรชาย”, 0 เท่ากับ 0"),
        ("not(${male} > 1) and 1 = 1", "ไม่ใช่ว่า (“ประชากรชาย” มากกว่า 1) และ 1 เท่ากับ 1"),
        ("selected(${size}, 'large')", "“ขนาด” เลือก “ใหญ่”"),
        ("count-selected(${size}) = 1", "จำนวนตัวเลือกที่เลือกใน “ขนาด” เท่ากับ 1"),
        ("round(${area}, 1) = round(2.5)", "“พื้นที่” ปัดเป็นทศนิยม 1 ตำแหน่ง เท่ากับ 2.5 ปัดเป็นทศนิยม 0 ตำแหน่ง"),
        ("regex(${note}, '[0-9]')", "“หมายเหตุ” ตรงรูปแบบ “[0-9]”"),
        ("fiscal-year() = 2570", "ปีงบประมาณนี้ เท่ากับ 2570"),
        ("in-province(${place})", "“ที่ตั้ง” อยู่ในจังหวัดของ อปท."),
        ("distance(${place}, ${market}) < 9", "ระยะห่างระหว่าง “ที่ตั้ง” กับ “ตลาด” (เมตร) น้อยกว่า 9"),
    ],
)
def test_says(text: str, sentence: str) -> None:
    assert thai_sentence(parse(text), sample_form(), "total") == sentence


def test_without_a_question_the_dot_is_this_answer() -> None:
    assert thai_sentence(parse(". > 1"), sample_form()) == "คำตอบนี้ มากกว่า 1"
