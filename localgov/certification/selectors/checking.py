"""What anyone may ask of a certificate: by its number, by what its paper carries, and what became of it."""

from __future__ import annotations

import re

from localgov.certification.models import NUMBER_PREFIX, Certificate
from localgov.certification.selectors.certificate_page import MOST_FOUND, CertificatePage
from localgov.certification.selectors.standing import CertificateView, certificate_views
from localgov.lib.identifiers import NotACheckCode, hash_prefix
from localgov.lib.numbers import thai_digits_to_ascii

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_HASH_LENGTH = 64


def address_of(number: str) -> str | None:
    """The address of the certificate whose number a person typed, with or without รบ., in Thai or Arabic digits; or None."""
    typed = _DASHES.sub("-", "".join(thai_digits_to_ascii(number).split())).removeprefix(NUMBER_PREFIX)
    certificate = Certificate.objects.filter(number=f"{NUMBER_PREFIX}{typed}").only("number").first()
    return certificate.address if certificate else None


def certificates_of_hash(typed: str) -> list[Certificate]:
    """The certificates of a check code or a SHA-256, newest first; both levels of a sheet share theirs."""
    prefix = hash_typed(typed)
    if prefix is None:
        return []
    rest = _HASH_LENGTH - len(prefix)
    found = Certificate.objects.filter(sha256__gte=prefix + "0" * rest, sha256__lte=prefix + "f" * rest)
    found = found.select_related("sheet__filing__roster_entry__round", "lapse").defer("snapshot", "sheet__answers")
    return list(found.order_by("-pk")[:MOST_FOUND])


def paper_agrees(certificate: Certificate, typed: str) -> bool:
    """Whether the check code or the SHA-256 on a paper is this certificate's."""
    prefix = hash_typed(typed)
    return prefix is not None and certificate.sha256.startswith(prefix)


def hash_typed(text: str) -> str | None:
    """The beginning of the hash that a person typed: all 64 digits in any grouping, or 20 of a check code; None = neither."""
    plain = "".join(thai_digits_to_ascii(text).split()).lower()
    if re.fullmatch(rf"[0-9a-f]{{{_HASH_LENGTH}}}", plain):
        return plain
    try:
        return hash_prefix(text)
    except NotACheckCode:
        return None


def history_of(page: CertificatePage) -> tuple[CertificateView, ...]:
    """All certificates of the same domain, newest first: which revision replaced which."""
    section = page.certificate.sheet.section
    views = certificate_views(filing=page.certificate.sheet.filing, numbers={section: page.domain})
    return tuple(view for view in views if view.certificate.sheet.section == section)
