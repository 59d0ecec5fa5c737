"""Questions as the recording page prints them: the control, the answer in its box, last year's value, findings beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

import geothai

from localgov.filings import document, showing
from localgov.filings.selectors.judging import PlacedFinding
from localgov.filings.selectors.linked import LinkedView
from localgov.forms.engine.model import Kind, Question, QuestionType, Severity

#: Up to this many choices stand open as radio buttons; more fold into a list.
MOST_RADIOS = 4

#: Keyboards of phones for the kinds that have one.
_INPUT_MODES = {
    Kind.PHONE: "tel",
    Kind.EMAIL: "email",
    Kind.URL: "url",
    Kind.YEAR_BE: "numeric",
    Kind.TAMBON: "numeric",
}
_CONTROLS = {
    QuestionType.INTEGER: "number",
    QuestionType.DECIMAL: "number",
    QuestionType.DATE: "date",
    QuestionType.GEOPOINT: "point",
    QuestionType.FILE: "file",
}
#: What the page's script calls each control (`data-kind`).
_SCRIPT_KINDS = {
    "radio": "choice",
    "select": "choice",
    "point": "point",
    "date": "date",
    "file": "text",
    "text": "text",
}


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices under a heading; an empty label is no heading."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class FindingView:
    """A finding beside its question. `use` is the suggested answer as JSON, `use_text` as a person reads it."""

    code: str
    severity: str
    message: str
    explained: bool
    use: str = ""
    use_text: str = ""


@dataclass(frozen=True)
class FieldView:
    """One question of a page, or one column of a row, with its answer. Texts only: a template prints it."""

    question: Question
    control: str
    groups: tuple[ChoiceGroup, ...] = ()
    text: str = ""
    shown: str = ""
    lat: str = ""
    lon: str = ""
    missing: str = ""
    reason: str = ""
    note: str = ""
    seq: int = 0
    carried: bool = False
    last_year: str = ""
    bring: str = ""
    visible: bool = True
    findings: tuple[FindingView, ...] = field(default=())
    linked: LinkedView | None = None

    @property
    def code(self) -> str:
        """The question's code."""
        return self.question.code

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices, whatever their group."""
        return tuple(choice for group in self.groups for choice in group.choices)

    @property
    def file_id(self) -> str:
        """The id of the attached file; empty when there is none."""
        head, _, _ = self.text.partition("/")
        return head if self.control == "file" and _is_uuid(head) else ""

    @property
    def script_kind(self) -> str:
        """`data-kind` for the page's script."""
        if self.control == "number":
            return "integer" if self.question.type is QuestionType.INTEGER else "decimal"
        return _SCRIPT_KINDS.get(self.control, "text")

    @property
    def input_mode(self) -> str:
        """Which keyboard a phone shows."""
        return input_mode(self.question)

    @property
    def is_grouped(self) -> bool:
        """Whether several boxes make the one answer."""
        return self.control in ("radio", "point", "file")

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.text or self.missing or self.lat or self.lon)

    @property
    def worst(self) -> str:
        """`error`, `warning` or nothing."""
        severities = {finding.severity for finding in self.findings}
        return next((severity for severity in ("error", "warning") if severity in severities), "")

    @property
    def warned(self) -> bool:
        """Whether a reason is asked for."""
        return any(finding.severity == "warning" for finding in self.findings)

    @property
    def signature(self) -> str:
        """What the answer's boxes held when the page was printed; a plain post compares with it."""
        return signature(text=self.text, lat=self.lat, lon=self.lon, missing=self.missing, reason=self.reason)

    @property
    def printed(self) -> str:
        """Counter, signature and note as printed: a hidden box brings them back with a plain post."""
        return json.dumps([self.seq, self.signature, self.note], ensure_ascii=False)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def signature(*, text: str, lat: str, lon: str, missing: str, reason: str) -> str:
    """The content of an answer's boxes in one text."""
    return json.dumps([text, lat, lon, missing, reason if missing == "NO_DATA" else ""], ensure_ascii=False)


def input_mode(question: Question) -> str:
    """`inputmode` of a question's box."""
    if question.type is QuestionType.DECIMAL:
        return "decimal"
    if question.type in (QuestionType.INTEGER, QuestionType.DATE):
        return "numeric"
    return _INPUT_MODES.get(question.kind, "text")


def control_of(question: Question, *, in_table: bool = False) -> str:
    """Which control asks a question: number, text, date, point, file, radio, select, or linked and computed (none)."""
    if question.linked:
        return "linked"
    if question.calculation is not None:
        return "computed"
    if question.type is QuestionType.SELECT_ONE and question.choices is not None:
        few = len(question.choices.labels) <= MOST_RADIOS
        return "radio" if few and not in_table else "select"
    if question.kind is Kind.TAMBON:
        return "select"
    return _CONTROLS.get(question.type, "text")


def field_view(
    question: Question,
    stored: Mapping[str, Any] | None,
    *,
    last_year: Any = None,
    findings: Sequence[PlacedFinding] = (),
    visible: bool = True,
    computed: Any = None,
    district_code: str = "",
    province_code: str = "",
    in_table: bool = False,
    linked: LinkedView | None = None,
) -> FieldView:
    """A question with its stored answer, ready to print."""
    control = control_of(question, in_table=in_table)
    answer = computed if control == "computed" else document.to_answer(stored)
    is_missing = isinstance(answer, Mapping) and "missing" in answer
    is_point = question.type is QuestionType.GEOPOINT and isinstance(answer, Mapping) and not is_missing
    text = "" if is_point else showing.typed_text(question, answer)
    return FieldView(
        question=question,
        control=control,
        groups=choice_groups(question, text, district_code=district_code, province_code=province_code),
        text=text,
        shown=linked.text if linked else showing.answer_text(question, answer),
        linked=linked,
        lat=str(answer.get("lat", "")) if is_point else "",
        lon=str(answer.get("lon", "")) if is_point else "",
        missing=str(answer["missing"]) if is_missing else "",
        reason=str(answer.get("reason", "")) if is_missing else "",
        note=str((stored or {}).get("note", "")),
        seq=document.sequence(stored),
        carried=bool((stored or {}).get("carried")),
        last_year=showing.answer_text(question, last_year),
        bring=_bring(question, last_year, control, answer),
        visible=visible,
        findings=tuple(finding_view(question, placed) for placed in findings),
    )


def _bring(question: Question, last_year: Any, control: str, answer: Any) -> str:
    """Last year's answer as JSON where a button may bring it: asked, not answered, and no linked or computed value."""
    if last_year is None or answer is not None or control in ("linked", "computed", "file"):
        return ""
    value = "yes" if last_year is True else "no" if last_year is False else last_year
    if question.type is QuestionType.DATE:
        value = showing.typed_text(question, last_year) or last_year
    return json.dumps(value, ensure_ascii=False)


def finding_view(question: Question | None, placed: PlacedFinding) -> FindingView:
    """A finding in words."""
    finding = placed.finding
    suggestion = finding.suggestion
    return FindingView(
        code=str(finding.code),
        severity=finding.severity.value,
        message=finding.message,
        explained=placed.explained and finding.severity is Severity.WARNING,
        use="" if suggestion is None else json.dumps(suggestion, ensure_ascii=False),
        use_text="" if suggestion is None or question is None else showing.answer_text(question, suggestion),
    )


def choice_groups(
    question: Question, chosen: str, *, district_code: str, province_code: str
) -> tuple[ChoiceGroup, ...]:
    """The choices of a question; sub-districts of the unit's district first, then the province's."""
    if question.kind is Kind.TAMBON:
        return _with_chosen(tambon_groups(district_code, province_code), chosen)
    if question.choices is None:
        return ()
    choices = tuple(Choice(slug, label, slug == chosen) for slug, label in question.choices.labels.items())
    return _with_chosen((ChoiceGroup("", choices),), chosen)


def _with_chosen(groups: tuple[ChoiceGroup, ...], chosen: str) -> tuple[ChoiceGroup, ...]:
    """The groups with the chosen one marked; a stored value that is no choice stays visible as it was typed."""
    if not chosen:
        return groups
    found = any(choice.value == chosen for group in groups for choice in group.choices)
    if not found:
        name = showing.tambon_name(chosen) if chosen.isascii() and chosen.isdigit() else ""
        return (ChoiceGroup("", (Choice(chosen, name or f"{chosen} (ไม่อยู่ในตัวเลือก)", True),)), *groups)
    return tuple(
        ChoiceGroup(group.label, tuple(Choice(c.value, c.label, c.value == chosen) for c in group.choices))
        for group in groups
    )


@lru_cache(maxsize=256)
def tambon_groups(district_code: str, province_code: str) -> tuple[ChoiceGroup, ...]:
    """Sub-districts of a province by district, the unit's own district first."""
    districts = sorted(geothai.districts(province_code), key=lambda one: (one.code != district_code, one.code))
    return tuple(
        ChoiceGroup(
            f"อ.{district.name_th}",
            tuple(Choice(tambon.code, f"ต.{tambon.name_th}") for tambon in geothai.subdistricts(district.code)),
        )
        for district in districts
    )
