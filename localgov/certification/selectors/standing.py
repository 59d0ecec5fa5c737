"""Certificates as pages print them: number, check code, whether they still stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_noop

from localgov.certification.models import Certificate, Lapse, Level
from localgov.filings.models import Filing, Sheet, StepTaken
from localgov.filings.states import Status


class Standing(StrEnum):
    """Whether a certificate counts now; the value is the word that pages print."""

    IN_FORCE = gettext_noop("มีผลอยู่")
    WAITING = gettext_noop("รอจังหวัดรับรองแทนฉบับเดิม")
    SUPERSEDED = gettext_noop("มีฉบับใหม่รับรองแทนแล้ว")
    ENDED = gettext_noop("สิ้นผลแล้ว")


class RevisionState(NamedTuple):
    """Where one revision of a sheet stands."""

    section: str
    revision: int
    status: str


@dataclass(frozen=True)
class CertificateView:
    """A certificate with the name of its sheet, its standing, and how it ended if it did."""

    certificate: Certificate
    domain: str
    standing: Standing
    lapse: Lapse | None = None

    @property
    def level(self) -> str:
        """ระดับ อปท. or ระดับจังหวัด."""
        return str(Level(self.certificate.level).label)

    @property
    def in_force(self) -> bool:
        """Whether it counts now."""
        return self.standing is Standing.IN_FORCE


def certificate_views(
    *, filing: Filing | None, numbers: dict[str, str], past: datetime | None = None
) -> tuple[CertificateView, ...]:
    """All certificates of a filing (that were given by then), newest first; `numbers` names sheets by code. A few queries."""
    if filing is None:
        return ()
    sheets = sheets_of(filing, past=past)
    given = Certificate.objects.filter(sheet__filing=filing)
    certificates = (
        (given if past is None else given.filter(recorded_at__lte=past))
        .select_related("sheet", "lapse")
        .defer("snapshot", "sheet__answers")
        .order_by("-pk")
    )
    return tuple(
        CertificateView(
            certificate=certificate,
            domain=numbers.get(certificate.sheet.section, certificate.sheet.section),
            standing=standing_of(certificate, sheets, past=past),
            lapse=lapse_of(certificate, past=past),
        )
        for certificate in certificates
    )


def sheets_of(filing: Filing, *, past: datetime | None = None) -> list[RevisionState]:
    """The revisions of a filing's sheets in their states of now, or of a past moment."""
    sheets = Sheet.objects.filter(filing=filing)
    if past is None:
        return [RevisionState(*row) for row in sheets.values_list("section", "revision", "status")]
    steps = StepTaken.objects.filter(sheet__filing=filing, recorded_at__lte=past).order_by("pk")
    last = dict(steps.values_list("sheet_id", "target"))
    began = sheets.filter(created_at__lte=past).values_list("pk", "section", "revision")
    return [RevisionState(section, revision, last.get(pk, Status.RECORDING)) for pk, section, revision in began]


def lapse_of(certificate: Certificate, *, past: datetime | None = None) -> Lapse | None:
    """How the certificate ended; None while it has not (or had not)."""
    lapse: Lapse | None = getattr(certificate, "lapse", None)
    return None if lapse is not None and past is not None and lapse.recorded_at > past else lapse


def standing_of(certificate: Certificate, sheets: Iterable[RevisionState], *, past: datetime | None = None) -> Standing:
    """Whether a certificate counts, among the revisions of its filing as they stand (DESIGN §4, In force)."""
    if lapse_of(certificate, past=past) is not None:
        return Standing.ENDED
    own = [sheet for sheet in sheets if sheet.section == certificate.sheet.section]
    newest = _newest_by_both(own)
    if newest is None or newest == certificate.sheet.revision:
        return Standing.IN_FORCE
    return Standing.SUPERSEDED if newest > certificate.sheet.revision else Standing.WAITING


def _newest_by_both(sheets: Sequence[RevisionState]) -> int | None:
    return max((sheet.revision for sheet in sheets if sheet.status == Status.CERTIFIED_PROVINCE), default=None)
