"""A small form of the shape that real ones have, and short ways to build and judge variations of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hypothesis import HealthCheck, settings

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.checks import check_answers
from localgov.forms.engine.facts import UNKNOWN_AREAS, AllAnswers, Areas, UnitContext
from localgov.forms.engine.findings import Finding
from localgov.forms.engine.model import Form
from localgov.forms.engine.problems import FormBroken, Problem
from localgov.forms.engine.source import FormSource, RawRow
from localgov.lib.coordinates import Point

#: For property tests: how long an example takes on a shared machine says nothing about the code.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TODAY = dt.date(2026, 6, 15)
SAO = UnitContext("SAO", "25", 2569)
PAO = UnitContext("PAO", "25", 2569)

SURVEY = """\
type,name,label,hint,required,relevant,constraint,constraint_message,calculation,unit,kind,decimals,applies_to,last_year,linked
begin group,domain_1,ด้านที่หนึ่ง,,,,,,,,,,,,
begin group,profile,ข้อมูลทั่วไป,,,,,,,,,,,,
integer,male,ประชากรชาย,,yes,,,,,คน,,,,,
integer,female,ประชากรหญิง,,yes,,,,,คน,,,,,
integer,total,ประชากรรวม,,yes,,. = ${male} + ${female},ต้องเท่ากับประชากรชาย + หญิง (${male} + ${female}),,คน,,,,,
decimal,area,พื้นที่,,,,. > 0,,,ตร.กม.,,3,,,
decimal,budget,งบประมาณ,,,,,,,บาท,money,,,,
decimal,score,คะแนน,,,,. <= 100,คะแนนต้องไม่เกิน 100,,,,,,no,
integer,founded,ปีที่จัดตั้ง,,,,,,,,year_be,,,,
select_one yes_no,ems,มีกู้ชีพ,,yes,,,,,,boolean,,,,
integer,ems_cars,รถกู้ชีพ,,yes,${ems} = 'yes',. >= 1,มีบริการต้องมีรถอย่างน้อย 1 คัน,,คัน,,,,,
select_one size,size,ขนาด,,,,,,,,,,,,
text,note,หมายเหตุ,,,,,,,,,,,,
text,phone,โทรศัพท์,,,,,,,,phone,,,,
text,email,อีเมล,,,,,,,,email,,,,
text,web,เว็บไซต์,,,,,,,,url,,,,
text,home_tambon,ตำบลที่ตั้ง,,,,,,,,tambon,,,,
date,opened,วันเปิด,,,,,,,,,,,,
date,closed,วันปิด,,,,,,,,,,,,
geopoint,place,ที่ตั้ง,,,,,,,,,,,,
geopoint,market,ตลาด,,,,,,,,,,,,
file,plan,แผน,,,,,,,,,,,,
integer,density,ความหนาแน่น,,,,,,round(${total} div ${area}),คนต่อ ตร.กม.,,,,,
integer,elaas,รายรับจาก e-LAAS,,yes,,. <= 100,ไม่เกิน 100,,บาท,,,,,elaas
integer,village_count,จำนวนหมู่บ้าน,,yes,,,,,หมู่บ้าน,,,SAO SUBDISTRICT TOWN,,
end group,,,,,,,,,,,,,,
begin repeat,village,ทะเบียนหมู่บ้าน,,,,,,,,,,SAO SUBDISTRICT,,
integer,no,หมู่ที่,,yes,,. >= 1,,,,,,,,
select_one vkind,kind,ชนิด,,yes,,,,,,,,,,
text,vname,ชื่อหมู่บ้าน,,yes,,,,,,,,,,
integer,people,ประชากรหมู่บ้าน,,yes,,,,,คน,,,,,
integer,houses,ครัวเรือน,,,,,,,หลัง,,,,,
integer,elders,ผู้สูงอายุ,,yes,${kind} = 'village',,,,คน,,,,,
end repeat,,,,,,,,,,,,,,
end group,,,,,,,,,,,,,,
begin group,domain_2,ด้านที่สอง,,,,,,,,,,,,
begin group,other,อื่น ๆ,,,,,,,,,,,,
integer,dogs,สุนัข,,,,,,,ตัว,,,,,
end group,,,,,,,,,,,,,,
end group,,,,,,,,,,,,,,
"""

CHOICES = """\
list_name,name,label
yes_no,yes,มี
yes_no,no,ไม่มี
size,small,เล็ก
size,large,ใหญ่
vkind,village,หมู่บ้าน
vkind,community,ชุมชน
"""

SETTINGS = """\
form_title,form_id,version,fiscal_year_from,fiscal_year_to
แบบทดสอบ,sample,1,2569,2570
"""

RULES_HEADER = "code,question,when,expression,severity,message"


class SmallAreas:
    """Areas that know one province: a box in the east, and the sub-districts 2501xx."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        return province_code == "25" and point.lon > Decimal("101")

    def tambon_exists(self, code: str) -> bool | None:
        return code.startswith("2501") or not code.startswith("25")

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        return code.startswith(province_code)


def rows(sheet: str, text: str, file: str = "") -> tuple[RawRow, ...]:
    """The rows of a CSV text, as a reader makes them."""
    records = list(csv.DictReader(io.StringIO(text)))
    return tuple(
        RawRow(sheet, number, {column: cell for column, cell in record.items() if cell}, file)
        for number, record in enumerate(records, 2)
    )


def source(*, survey: str = SURVEY, choices: str = CHOICES, rules: str = "", settings: str = SETTINGS) -> FormSource:
    """The sheets of a form from texts; `rules` are rows without their header."""
    return FormSource(
        survey=rows("survey", survey),
        choices=rows("choices", choices),
        rules=rows("rules", f"{RULES_HEADER}\n{rules}"),
        settings=rows("settings", settings),
    )


@lru_cache(maxsize=256)
def sample_form(rules: str = "") -> Form:
    """The small form with these rules."""
    return build_form(source(rules=rules), check_xlsform=False)


def survey_of(*questions: str, columns: str = "type,name,label,required,relevant,constraint,calculation") -> str:
    """A survey of one sheet and one section that holds these CSV rows."""
    header = [columns, "begin group,d,ด้าน", "begin group,s,ส่วน"]
    return "\n".join([*header, *questions, "end group", "end group"]) + "\n"


def problems_of(**sheets: str) -> list[Problem]:
    """The problems of a form; fails when it has none."""
    try:
        build_form(source(**sheets), check_xlsform=False)
    except FormBroken as broken:
        return list(broken.problems)
    raise AssertionError("the form was built")


def facts(
    answers: Mapping[str, Any],
    *,
    form: Form | None = None,
    unit: UnitContext = SAO,
    last_year: Mapping[str, Any] | None = None,
    areas: Areas = UNKNOWN_AREAS,
) -> AllAnswers:
    """These answers, taken up."""
    return AllAnswers(form or sample_form(), answers, unit, today=TODAY, last_year=last_year, areas=areas)


def judged(answers: Any, *, rules: str = "", unit: UnitContext = SAO, **more: Any) -> list[Finding]:
    """All findings of these answers but those that say that a required answer is missing."""
    found = check_answers(sample_form(rules), answers, unit, today=TODAY, **more)
    return [finding for finding in found if finding.code != "required"]


def codes(found: list[Finding]) -> list[tuple[str, str, int | None]]:
    """Findings as (code, question, row)."""
    return [(str(finding.code), finding.question, finding.row) for finding in found]
