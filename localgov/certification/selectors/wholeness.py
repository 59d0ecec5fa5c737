"""Whether certificates, the steps that made them, the certified figures and the record of acts are one whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from localgov.audit.models import Event
from localgov.certification.models import Certificate, Level
from localgov.certification.selectors.in_force import certificate_of, sheet_in_force
from localgov.certification.snapshot import certified_answers
from localgov.figures.models import Stage
from localgov.figures.services import FigureValue
from localgov.filings.models import Sheet, StepTaken
from localgov.filings.selectors import judging, wholeness
from localgov.filings.selectors.workspace import Workspace, workspace
from localgov.filings.states import Action, Status
from localgov.lib.canonical import sha256_hex
from localgov.rounds.models import RosterEntry

_SIGNING = {Level.UNIT: Action.CERTIFY_LAO, Level.PROVINCE: Action.CERTIFY_PROVINCE}
_STAGES = {Level.UNIT: Stage.UNIT, Level.PROVINCE: Stage.PROVINCE}
#: Which certificates of a revision stand in which status.
_STANDING: dict[str, frozenset[Level]] = {
    Status.CERTIFIED_LAO: frozenset({Level.UNIT}),
    Status.CERTIFIED_PROVINCE: frozenset({Level.UNIT, Level.PROVINCE}),
}


def unit_faults(entry: RosterEntry, *, counters: bool = False) -> list[str]:
    """Everything that is not whole in what a unit filed and certified in a year; empty when all is. Thai sentences."""
    space = workspace(entry=entry, round=entry.round)
    if space.filing is None:
        return []
    faults = wholeness.filing_faults(entry, counters=counters)
    sheets = list(Sheet.objects.filter(filing=space.filing).order_by("section", "revision"))
    certificates = list(Certificate.objects.filter(sheet__in=sheets).select_related("lapse").order_by("pk"))
    return [
        *faults,
        *_certificate_faults(sheets, certificates),
        *_unrecorded(space, certificates),
        *_figure_faults(space),
    ]


def _certificate_faults(sheets: Sequence[Sheet], certificates: Sequence[Certificate]) -> Iterator[str]:
    given = Counter((certificate.sheet_id, Level(certificate.level)) for certificate in certificates)
    steps = StepTaken.objects.filter(sheet__in=sheets, action__in=_SIGNING.values()).values_list("sheet_id", "action")
    signed = Counter(steps)
    standing: dict[int, list[Level]] = {}
    for certificate in certificates:
        if sha256_hex(certificate.snapshot.encode()) != certificate.sha256:
            yield f"ใบรับรอง {certificate.number}: รหัสตรวจไม่ตรงกับเนื้อหา"
        if not hasattr(certificate, "lapse"):
            standing.setdefault(certificate.sheet_id, []).append(Level(certificate.level))
    for sheet in sheets:
        place = f"{sheet.section} ฉบับที่ {sheet.revision}"
        for level, action in _SIGNING.items():
            if given[sheet.pk, level] != signed[sheet.pk, action.value]:
                yield f"{place}: จำนวนใบรับรอง{level.label}ไม่ตรงกับขั้นตอนที่ลงนาม"
        if sorted(standing.get(sheet.pk, [])) != sorted(_STANDING.get(sheet.status, ())):
            yield f"{place}: ใบรับรองที่มีผลไม่ตรงกับสถานะ"


def _unrecorded(space: Workspace, certificates: Iterable[Certificate]) -> Iterator[str]:
    """Certificates that the record of acts does not tell of."""
    filing: Any = space.filing
    events = Event.objects.filter(type="certificate.sign", target_kind="filing", target_id=str(filing.pk))
    told = {number for event in events for number in event.data.get("certificates", [])}
    for certificate in certificates:
        if certificate.number not in told:
            yield f"ใบรับรอง {certificate.number}: ไม่มีในบันทึกการกระทำ"


def _figure_faults(space: Workspace) -> Iterator[str]:
    filing: Any = space.filing
    for level in Level:
        values: dict[str, FigureValue] = {}
        for section in space.sheets:
            sheet = sheet_in_force(filing=filing, section=section, level=level)
            certificate = certificate_of(sheet=sheet, level=Level.UNIT) if sheet is not None else None
            if certificate is not None:
                answers = certified_answers(certificate.snapshot)
                values |= judging.figure_values(space.form, answers, space.form.questions)
        yield from wholeness.figure_faults(space, stage=_STAGES[level], values=values)
