"""Certificates as pages print them: number, check code, whether they still stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from localgov.certification.models import Certificate, Lapse, Level
from localgov.filings.models import Filing, Sheet
from localgov.filings.states import Status


class Standing(StrEnum):
    """Whether a certificate counts now; the value is the word that pages print."""

    IN_FORCE = "มีผลอยู่"
    WAITING = "รอจังหวัดรับรองแทนฉบับเดิม"
    SUPERSEDED = "มีฉบับใหม่รับรองแทนแล้ว"
    ENDED = "สิ้นผลแล้ว"


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


def certificate_views(*, filing: Filing | None, numbers: dict[str, str]) -> tuple[CertificateView, ...]:
    """All certificates of a filing, newest first; `numbers` names sheets by code. Two queries."""
    if filing is None:
        return ()
    sheets = list(Sheet.objects.filter(filing=filing).only("pk", "section", "revision", "status"))
    certificates = (
        Certificate.objects.filter(sheet__filing=filing)
        .select_related("sheet", "lapse")
        .defer("snapshot", "sheet__answers")
        .order_by("-pk")
    )
    return tuple(
        CertificateView(
            certificate=certificate,
            domain=numbers.get(certificate.sheet.section, certificate.sheet.section),
            standing=standing_of(certificate, sheets),
            lapse=lapse_of(certificate),
        )
        for certificate in certificates
    )


def lapse_of(certificate: Certificate) -> Lapse | None:
    """How the certificate ended; None while it has not."""
    return getattr(certificate, "lapse", None)


def standing_of(certificate: Certificate, sheets: Iterable[Sheet]) -> Standing:
    """Whether a certificate counts now, among the revisions of its filing (DESIGN §4, In force)."""
    if lapse_of(certificate) is not None:
        return Standing.ENDED
    own = [sheet for sheet in sheets if sheet.section == certificate.sheet.section]
    newest = _newest_by_both(own)
    if newest is None or newest == certificate.sheet.revision:
        return Standing.IN_FORCE
    return Standing.SUPERSEDED if newest > certificate.sheet.revision else Standing.WAITING


def _newest_by_both(sheets: Sequence[Sheet]) -> int | None:
    return max((sheet.revision for sheet in sheets if sheet.status == Status.CERTIFIED_PROVINCE), default=None)
