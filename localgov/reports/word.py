"""Letters as Word files, to be edited by the office: real styles, Thai set as Word sets it.

Word takes face, size and weight of Thai text from the complex-script properties alone (`w:cs`, `w:szCs`, `w:bCs`), which
python-docx has no names for: they are set here on each style.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any, Final, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from localgov.reports.composing import Composition, Enclosure, Group, Item
from localgov.reports.kinds import PaperForm
from localgov.reports.wording import together

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The face of government letters; Word takes the second where the first is not installed.
FACE, OTHER_FACE = "TH SarabunPSK", "TH Sarabun New"
_RED: Final = RGBColor(0xC0, 0, 0)
_WIDTH: Final = Cm(16)
_TOP: Final[Length] = Cm(2.5)
_BOTTOM: Final[Length] = Cm(2)

_DENSE: Final = "หนังสือ บัญชีแน่น"

#: Name, size in points, bold, space before in points.
_STYLES: Final = (
    ("หนังสือ ข้อความ", 16, False, 0),
    ("หนังสือ ย่อหน้า", 16, False, 6),
    ("หนังสือ เรื่อง", 16, False, 6),
    ("หนังสือ ลงนาม", 16, False, 0),
    ("หนังสือ ชั้นความเร็ว", 32, True, 0),
    ("หนังสือ บันทึกข้อความ", 29, True, 0),
    ("หนังสือ หัวบันทึก", 16, False, 0),
    ("หนังสือ หัวบัญชี", 16, True, 0),
    ("หนังสือ บัญชี", 16, False, 0),
    (_DENSE, 14, False, 0),
)
#: Lines of the dense list, in points: 38 of them, the most that a column of one page holds, leave room for heading and total.
_DENSE_LINE: Final = 15


def letter_docx(composition: Composition, *, at: datetime) -> bytes:
    """One letter with its list as a Word file, dated `at`."""
    word = Document()
    _set_up(word, composition, at)
    if composition.form is PaperForm.MEMO:
        _memo_head(word, composition)
    else:
        _external_head(word, composition)
    _opening(word, composition)
    for part in composition.paragraphs:
        word.add_paragraph(together(part), style="หนังสือ ย่อหน้า")
    _ending(word, composition)
    if composition.list is not None:
        _enclosure(word, composition, composition.list)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _set_up(word: WordDocument, composition: Composition, at: datetime) -> None:
    """A4 with the margins of the regulation, the styles, the names of the fonts."""
    _page(word.sections[0], left=Cm(3))
    normal = cast(ParagraphStyle, word.styles["Normal"])
    _letters(normal, 16, bold=False)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for name, size, bold, before in _STYLES:
        style = cast(ParagraphStyle, word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
        style.base_style = normal
        style.paragraph_format.space_before = Pt(before)
        _letters(style, size, bold=bold)
    formats = {name: word.styles[name].paragraph_format for name, *_ in _STYLES}
    formats["หนังสือ ย่อหน้า"].first_line_indent = Cm(2.5)
    formats["หนังสือ ลงนาม"].left_indent = Cm(7.2)
    formats["หนังสือ ลงนาม"].alignment = WD_ALIGN_PARAGRAPH.CENTER
    formats["หนังสือ ลงนาม"].keep_with_next = True
    formats["หนังสือ หัวบัญชี"].alignment = WD_ALIGN_PARAGRAPH.CENTER
    formats[_DENSE].line_spacing_rule, formats[_DENSE].line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_DENSE_LINE)
    word.styles["หนังสือ ชั้นความเร็ว"].font.color.rgb = _RED
    about = word.core_properties
    about.title, about.author, about.language = composition.title, composition.agency, "th-TH"
    about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None)
    for part in word.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = _FONT_TABLE.encode()
    _headers(word.sections[0], composition.demo)


_FONT_TABLE: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:font w:name="{FACE}"><w:altName w:val="{OTHER_FACE}"/><w:charset w:val="DE"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)


def _headers(section: Section, demo: str) -> None:
    """`- ๒ -` from the second page on, in Thai digits; the word of the demo on every page."""
    section.different_first_page_header_footer = True
    for header, is_first in ((section.first_page_header, True), (section.header, False)):
        line = header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(demo)
        if not is_first:
            numbered = header.add_paragraph() if demo else line
            numbered.alignment = WD_ALIGN_PARAGRAPH.CENTER
            numbered.add_run("- ")
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), " PAGE \\* ThaiArabic ")
            numbered._p.append(field)
            numbered.add_run(" -")


def _page(section: Section, *, left: Length, top: Length = _TOP, bottom: Length = _BOTTOM) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = left, Cm(2)
    section.top_margin, section.bottom_margin = top, bottom


def _letters(style: ParagraphStyle, size: int, *, bold: bool) -> None:
    """Face, size and weight of a style, for Latin and for Thai letters."""
    style.font.name, style.font.size, style.font.bold = FACE, Pt(size), bold
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), FACE)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    style.font.cs_bold = bold
    _after(properties, "w:szCs", "w:sz", str(size * 2))
    language = _after(properties, "w:lang", "w:szCs", "en-US")
    language.set(qn("w:bidi"), "th-TH")


def _after(properties: Any, tag: str, before: str, value: str) -> Any:
    """The property, made after another one: the schema has a fixed order."""
    found = properties.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        properties.find(qn(before)).addnext(found)
    found.set(qn("w:val"), value)
    return found


def _bold(paragraph: Paragraph, text: str, size: int) -> None:
    """A run in bold of another size than its style's."""
    run = paragraph.add_run(text)
    run.font.bold = run.font.cs_bold = True
    run.font.size = Pt(size)
    _after(run._element.get_or_add_rPr(), "w:szCs", "w:sz", str(size * 2))


def _memo_head(word: WordDocument, composition: Composition) -> None:
    title = word.add_paragraph(style="หนังสือ บันทึกข้อความ")
    title.paragraph_format.tab_stops.add_tab_stop(Cm(1.7))
    title.paragraph_format.tab_stops.add_tab_stop(Cm(8), WD_TAB_ALIGNMENT.CENTER)
    title.add_run("\t")
    title.add_run(composition.urgency).font.color.rgb = _RED
    title.add_run("\tบันทึกข้อความ")
    rows = (
        (("ส่วนราชการ", composition.agency),),
        (("ที่", composition.number), ("วันที่", composition.date)),
        (("เรื่อง", composition.subject),),
    )
    for row in rows:
        line = word.add_paragraph(style="หนังสือ หัวบันทึก")
        for index, (label, words) in enumerate(row, start=1):
            line.paragraph_format.tab_stops.add_tab_stop(
                Length(_WIDTH * index // len(row)), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS
            )
            _bold(line, label, 20)
            line.add_run(f"  {together(words)}\t")


def _external_head(word: WordDocument, composition: Composition) -> None:
    """Two empty lines keep the place of the crest."""
    word.add_paragraph(style="หนังสือ ชั้นความเร็ว")
    word.add_paragraph(composition.urgency, style="หนังสือ ชั้นความเร็ว")
    table = word.add_table(rows=1, cols=2)
    _widths(table, (Cm(9), Cm(7)))
    _cell(table.cell(0, 0), f"ที่  {composition.number}", "หนังสือ ข้อความ")
    first, *others = composition.address
    _cell(table.cell(0, 1), first, "หนังสือ ข้อความ")
    for line in others:
        table.cell(0, 1).add_paragraph(line, style="หนังสือ ข้อความ")
    word.add_paragraph(composition.date, style="หนังสือ เรื่อง").paragraph_format.left_indent = Cm(8)
    _labelled(word, "เรื่อง", (composition.subject,))


def _opening(word: WordDocument, composition: Composition) -> None:
    _labelled(word, "เรียน", (composition.to,))
    _labelled(word, "อ้างถึง", composition.references)
    _labelled(word, "สิ่งที่ส่งมาด้วย", composition.enclosures)


def _labelled(word: WordDocument, label: str, rows: tuple[str, ...]) -> None:
    """A label and its lines, which stand under each other beside it."""
    indent = Cm(2.6) if len(label) > 8 else Cm(1.4)
    for index, row in enumerate(rows):
        line = word.add_paragraph(style="หนังสือ เรื่อง")
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = indent, Length(-indent)
        line.paragraph_format.tab_stops.add_tab_stop(indent)
        line.add_run(f"{label if index == 0 else ''}\t{together(row)}")


def _ending(word: WordDocument, composition: Composition) -> None:
    if composition.closing:
        word.add_paragraph(composition.closing, style="หนังสือ ลงนาม").paragraph_format.space_before = Pt(12)
    for index, line in enumerate(composition.signature):
        signed = word.add_paragraph(line, style="หนังสือ ลงนาม")
        signed.paragraph_format.space_before = Pt(0 if index else 42)
    for index, line in enumerate(composition.contact):
        word.add_paragraph(line, style="หนังสือ ข้อความ").paragraph_format.space_before = Pt(0 if index else 36)


def _enclosure(word: WordDocument, composition: Composition, enclosed: Enclosure) -> None:
    """The list on a page of its own: heading, the list in two columns, total."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    _page(section, left=Cm(2.5), top=Cm(2), bottom=Cm(1.6))
    _number_anew(section)
    word.add_paragraph(together(enclosed.title), style="หนังสือ หัวบัญชี")
    for line in enclosed.lead:
        word.add_paragraph(together(line), style="หนังสือ ข้อความ").alignment = WD_ALIGN_PARAGRAPH.CENTER
    style = _DENSE if enclosed.dense else "หนังสือ บัญชี"
    if enclosed.halves:
        _halves(word.add_table(rows=0, cols=4), enclosed.groups[0].items, style)
    else:
        _columns(word.add_section(WD_SECTION.CONTINUOUS), 2)
        table = word.add_table(rows=0, cols=2)
        for group in enclosed.groups:
            _group(table, group, style)
        _widths(table, (Cm(1.3), Cm(6.4)))
        _columns(word.add_section(WD_SECTION.CONTINUOUS), 1)
    total = word.add_paragraph(enclosed.total, style="หนังสือ หัวบัญชี")
    total.paragraph_format.space_before = Pt(12)


def _columns(section: Section, count: int) -> None:
    """Set newspaper columns; those of a section that is followed by another on the same page are balanced by Word."""
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), "284")


def _halves(table: Table, items: Sequence[Item], style: str) -> None:
    """The list in two halves beside each other, as the Department does it: one table, which no program breaks elsewhere."""
    half = -(-len(items) // 2)
    for left, right in zip_longest(items[:half], items[half:]):
        cells = _row(table)
        _entry(cells[0], cells[1], left, style)
        if right is not None:
            _entry(cells[2], cells[3], right, style)
    _widths(table, (Cm(1.3), Cm(6.9), Cm(1.3), Cm(6.9)))


def _entry(number: _Cell, name: _Cell, item: Item, style: str) -> None:
    _cell(number, item.number, style).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _cell(name, f"{item.name} {item.note}".strip(), style)


def _number_anew(section: Section) -> None:
    """Enclosures count their own pages."""
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:cols")).addprevious(numbers)


def _group(table: Table, group: Group, style: str) -> None:
    if group.label:
        cells = _row(table)
        heading = cells[0].merge(cells[1]).paragraphs[0]
        heading.style = "หนังสือ หัวบัญชี"
        heading.alignment = WD_ALIGN_PARAGRAPH.LEFT
        heading.paragraph_format.keep_with_next = True
        heading.add_run(group.label)
    for item in group.items:
        number, name = _row(table)
        _entry(number, name, item, style)


def style_id(name: str) -> str:
    """The id that python-docx gives to a style of ours: its name without blanks."""
    return name.replace(" ", "")


def _row(table: Table) -> tuple[_Cell, ...]:
    """A new row's cells; `row.cells` would lay out the whole table for each."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    return tuple(_Cell(one, row) for one in row._tr.tc_lst)


def _cell(cell: _Cell, text: str, style: str) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    # By the name, Word's whole list of styles would be searched for each cell.
    paragraph._p.style = style_id(style)
    paragraph.add_run(together(text))
    return paragraph


def _widths(table: Table, widths: tuple[Length, ...]) -> None:
    """Fixed widths, on each cell too: Word reads those."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=False):
            cell.width = width if cell.grid_span == 1 else Length(sum(widths))
