"""The words of printed certificates: what `papers/certificate.typ` lays out, in Thai and Thai digits."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from localgov.certification.models import Certificate, Level
from localgov.certification.selectors.certificate_page import CertificatePage, SectionView, TableView, seat_words
from localgov.filings.states import Action
from localgov.lib.numbers import ascii_digits_to_thai as thai
from localgov.lib.numbers import format_number
from localgov.lib.thai_calendar import format_datetime
from localgov.rounds.models import RosterEntry
from localgov.ui import paper

_TEMPLATE = "certification/papers/certificate.typ"
_AUTHOR = "INFO ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น กรมส่งเสริมการปกครองท้องถิ่น"
_DEMO = "ข้อมูลสาธิต ไม่ใช่ใบรับรองจริง"
#: A register with more columns than this is printed as named values, one row after another.
_MOST_COLUMNS = 9

#: The absolute address of a certificate's public page.
CheckUrl = Callable[[Certificate], str]


def certificate_pdf(page: CertificatePage, *, check_url: CheckUrl, is_demo: bool) -> bytes:
    """One certificate. The same certificate in the same standing gives the same bytes."""
    return _render(f"ใบรับรองข้อมูล {page.certificate.number}", [page], check_url=check_url, is_demo=is_demo)


def unit_pdf(entry: RosterEntry, pages: Sequence[CertificatePage], *, check_url: CheckUrl, is_demo: bool) -> bytes:
    """All certificates of a unit that count now, behind a cover that lists every domain."""
    title = f"ใบรับรองข้อมูล {entry.full_name} ปีงบประมาณ พ.ศ. {entry.round.fiscal_year_be}"
    return _render(title, pages, check_url=check_url, is_demo=is_demo, cover=_cover(entry, pages))


def _render(
    title: str,
    pages: Sequence[CertificatePage],
    *,
    check_url: CheckUrl,
    is_demo: bool,
    cover: dict[str, Any] | None = None,
) -> bytes:
    return paper.render(
        _TEMPLATE,
        {
            "title": title,
            "author": _AUTHOR,
            "demo": _DEMO if is_demo else "",
            "cover": cover,
            "papers": [_paper(page, check_url(page.certificate)) for page in pages],
        },
        at=max(page.certificate.at for page in pages),
    )


def _paper(page: CertificatePage, check_url: str) -> dict[str, Any]:
    body, certificate = page.body, page.certificate
    number = thai(certificate.number)
    return {
        "title": f"ใบรับรองข้อมูล{page.level}",
        "number_words": f"เลขที่ {number}",
        "unit": body["unit"]["name"],
        "place": _place(body["unit"]),
        "subject": thai(f"{page.domain} ปีงบประมาณ พ.ศ. {body['fiscal_year']}"),
        "ended": _ended(page),
        "facts": [
            ("แบบข้อมูล", thai(f"{page.form.title} รุ่น {body['form']['version']}")),
            ("ฉบับที่", thai(str(body["revision"]))),
            ("ข้อมูลที่รับรอง", thai(f"{format_number(page.count)} รายการ")),
            *(("ข้อยกเว้น", thai(words)) for words in page.exceptions),
        ],
        "declaration": certificate.declaration,
        "people_head": ["หน้าที่", "ชื่อและตำแหน่ง", "เมื่อ"],
        "people": _people(page),
        "proof_title": "การตรวจสอบใบรับรองนี้",
        "proof_facts": [
            ("รหัสตรวจสอบ", certificate.code),
            ("SHA-256", _grouped(certificate.sha256)),
            ("ตรวจได้ที่", check_url.partition("?")[0]),
        ],
        "proof_words": "สแกน QR หรือเปิดที่อยู่ข้างต้นแล้วกรอกรหัสตรวจสอบ ระบบจะคำนวณ SHA-256 ใหม่จากข้อความที่เก็บไว้ "
        "บอกว่าตรงกับใบรับรองนี้หรือไม่ และใบรับรองยังมีผลอยู่หรือไม่",
        "qr": paper.qr_svg(check_url),
        "amends": _amends(page),
        "answers_title": "ข้อมูลที่รับรอง",
        "sections": [_section(section) for section in page.sections],
        "footer": f"{number} · {certificate.code}",
    }


def _place(unit: dict[str, str]) -> str:
    """The place of that year; a text of the first format knows only its codes."""
    names = (("อำเภอ", "district_name"), ("จังหวัด", "province_name"))
    words = [f"{title}{unit[key]}" for title, key in names if unit.get(key)]
    return " ".join([*words, thai(f"รหัส อปท. {unit['code']}")])


def _ended(page: CertificatePage) -> str:
    if page.lapse is None:
        return ""
    order = f" ตามคำสั่งเลขที่ {page.lapse.order_number}" if page.lapse.order_number else ""
    words = f"ใบรับรองนี้สิ้นผลแล้ว: {page.lapse.get_kind_display()}เมื่อ {format_datetime(page.lapse.at)}{order}"
    return thai(words)


def _people(page: CertificatePage) -> list[dict[str, Any]]:
    people, found = page.body["people"], []
    for recorder in page.recorders:
        found.append(_hand("ผู้บันทึก", recorder, [], ""))
    verifier = people["verifier"]
    at = verifier["at"] if isinstance(verifier, dict) else people.get("verified_at")
    position = [verifier["position"]] if isinstance(verifier, dict) and verifier["position"] else []
    found.append(_hand("ผู้ตรวจสอบ", page.verifier, position, _moment(at)))
    signers = [page.earlier, page.certificate] if page.earlier else [page.certificate]
    for signer in signers:
        lines = [
            signer.signer_position,
            thai(seat_words(signer)),
            signer.signer_organisation,
            thai(f"ใบรับรองเลขที่ {signer.number}"),
        ]
        found.append(
            _hand(
                f"ผู้รับรอง{Level(signer.level).label}",
                signer.signer_name,
                [line for line in lines if line],
                thai(format_datetime(signer.at)),
            )
        )
    return found


def _hand(role: str, name: str, lines: list[str], when: str) -> dict[str, Any]:
    return {"role": role, "name": name, "lines": lines, "when": when}


def _moment(text: str | None) -> str:
    return thai(format_datetime(datetime.fromisoformat(text))) if text else ""


def _grouped(sha256: str) -> str:
    return " ".join(sha256[start : start + 8] for start in range(0, len(sha256), 8))


def _amends(page: CertificatePage) -> dict[str, Any] | None:
    amends = page.body.get("amends")
    if amends is None:
        return None
    because = amends["because"]
    words = ""
    if because:
        order = f" ตามคำสั่งเลขที่ {because['order_number']}" if because["order_number"] else ""
        words = f"{Action(because['action']).label}โดย {because['by']} {_moment(because['at'])}{thai(order)}: {because['reason']}"
    return {
        "title": thai(f"แก้ไขจากฉบับที่ {amends['revision']} ใบรับรองเลขที่ {amends['certificate']}"),
        "because": words,
        "heads": ["ข้อที่เปลี่ยน", "เดิม", "ใหม่", "ผู้แก้ไขและเหตุผล"],
        "nothing": "คำตอบเหมือนฉบับเดิมทุกข้อ",
        "rows": [
            {
                "label": one.label,
                "detail": " ".join(part for part in (thai(one.place), f"({one.what})" if one.what else "") if part),
                "old": thai(one.old) if one.figures else one.old,
                "new": thai(one.new) if one.figures else one.new,
                "who": f"{one.who}: {one.note}" if one.note else one.who,
            }
            for one in page.differences
        ],
    }


def _section(section: SectionView) -> dict[str, Any]:
    return {
        "label": section.label,
        "answers": [
            {
                "label": answer.label,
                "text": thai(answer.text) if answer.figures else answer.text,
                "unit": answer.unit,
                "note": f"เหตุผล: {answer.note}" if answer.note else "",
                "figures": answer.figures,
            }
            for answer in section.answers
        ],
        "table": _table(section.table) if section.table else None,
    }


def _table(table: TableView) -> dict[str, Any]:
    return {
        "label": table.label,
        "number_head": "ที่",
        "wide": len(table.headings) > _MOST_COLUMNS,
        "heads": list(table.headings),
        "figures": list(table.figures),
        "shares": [_share(table, column) for column in range(len(table.headings))],
        "numbers": [thai(str(number)) for number in range(1, len(table.rows) + 1)],
        "rows": [
            [thai(cell) if figures else cell for cell, figures in zip(row, table.figures, strict=True)]
            for row in table.rows
        ],
    }


def _share(table: TableView, column: int) -> float:
    """The width of a column against the others: its longest text, or half its heading, in letters from 10 to 26."""
    longest = max((_letters(row[column]) for row in table.rows), default=0)
    return float(min(26, max(10, longest, _letters(table.headings[column]) / 2)))


def _letters(text: str) -> int:
    """Letters that take room: marks above and below stand with theirs."""
    return sum(1 for letter in text if unicodedata.category(letter) != "Mn")


def _cover(entry: RosterEntry, pages: Sequence[CertificatePage]) -> dict[str, Any]:
    by_section = {page.certificate.sheet.section: page for page in pages}
    form = pages[0].form
    unit = pages[0].body["unit"]
    rows = []
    for number, (section, sheet) in enumerate(form.sheets.items(), start=1):
        page = by_section.get(section)
        cells = [thai(str(number)), sheet.label]
        if page is None:
            cells += ["ไม่มีใบรับรองที่มีผล", "", ""]
        else:
            cells += [
                thai(f"{page.level} ฉบับที่ {page.body['revision']}"),
                thai(page.certificate.number),
                page.certificate.code,
            ]
        rows.append(cells)
    return {
        "title": "ใบรับรองข้อมูลองค์กรปกครองส่วนท้องถิ่น",
        "unit": entry.full_name,
        "place": _place(unit),
        "subject": thai(f"ข้อมูล {len(form.sheets)} ด้าน ปีงบประมาณ พ.ศ. {entry.round.fiscal_year_be}"),
        "words": thai(
            f"เอกสารนี้รวมใบรับรองที่มีผลอยู่ {len(pages)} ด้าน แต่ละด้านเป็นใบรับรองแยกกัน "
            "มีเลขที่ รหัสตรวจสอบ และ QR ของตนเองสำหรับตรวจกับระบบ"
        ),
        "heads": ["ด้านที่", "ด้าน", "รับรองแล้ว", "เลขที่ใบรับรอง", "รหัสตรวจสอบ"],
        "rows": rows,
        "footer": thai(f"{entry.full_name} ปีงบประมาณ พ.ศ. {entry.round.fiscal_year_be}"),
    }
