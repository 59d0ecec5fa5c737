"""One certificate on paper: what was signed, by whom, and whether the kept text still has the hash that was signed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from localgov.access.actor import Actor
from localgov.access.duty import Parts
from localgov.certification.models import NUMBER_PREFIX, Certificate, Lapse, Level, Seat
from localgov.certification.selectors.differences import Difference, differences, in_figures
from localgov.certification.selectors.standing import (
    CertificateView,
    RevisionState,
    Standing,
    certificate_views,
    lapse_of,
    sheets_of,
    standing_of,
)
from localgov.certification.snapshot import certified_row
from localgov.filings import showing
from localgov.filings.models import Filing
from localgov.forms import selectors as forms
from localgov.forms.engine.model import Form, Question, Register, Section
from localgov.forms.openness import is_open_alone, is_open_row
from localgov.lib.canonical import canonical_bytes, sha256_hex
from localgov.lib.identifiers import NotACheckCode, hash_prefix
from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.thai_calendar import format_date_short
from localgov.rounds.models import RosterEntry

#: As many certificates as a search shows.
MOST_FOUND = 50
_HASH_LENGTH = 64


@dataclass(frozen=True)
class AnswerLine:
    """One certified answer; `figures`: a number or a date, which paper writes in Thai digits."""

    label: str
    text: str
    unit: str
    note: str
    figures: bool


@dataclass(frozen=True)
class TableView:
    """One certified register: headings and rows of texts; `figures` tells the columns of numbers and dates."""

    label: str
    headings: tuple[str, ...]
    figures: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SectionView:
    """A section with what was certified in it."""

    label: str
    answers: tuple[AnswerLine, ...] = ()
    table: TableView | None = None


@dataclass(frozen=True)
class Verification:
    """The check of the kept text: its hash computed anew, whether its bytes are canonical, the other level's hash."""

    sha256: str
    same_hash: bool
    canonical: bool
    same_as_other: bool | None

    @property
    def holds(self) -> bool:
        """Whether nothing of what was signed has changed."""
        return self.same_hash and self.canonical and self.same_as_other is not False


@dataclass(frozen=True)
class CertificatePage:
    """Everything that the certificate prints."""

    certificate: Certificate
    entry: RosterEntry
    form: Form
    standing: Standing
    lapse: Lapse | None
    other: Certificate | None
    earlier: Certificate | None
    #: The newest version, where only what may be published is shown: what both versions open (`forms.openness`).
    open_by: Form | None = None

    @cached_property
    def body(self) -> dict[str, Any]:
        """The kept text, read."""
        found: dict[str, Any] = json.loads(self.certificate.snapshot)
        return found

    @property
    def number(self) -> int:
        """The domain's place in the form, from 1."""
        return list(self.form.sheets).index(self.certificate.sheet.section) + 1

    @property
    def domain(self) -> str:
        """`ด้านที่ 6 การจัดการภายในและธรรมาภิบาล`, as signed."""
        return f"ด้านที่ {self.number} {self.body['sheet']['label']}"

    @property
    def seat(self) -> str:
        """In which kind of term the signer signed, in words."""
        return seat_words(self.certificate)

    @property
    def level(self) -> str:
        """ระดับ อปท. or ระดับจังหวัด."""
        return str(Level(self.certificate.level).label)

    @property
    def exceptions(self) -> tuple[str, ...]:
        """On which exceptions of a tiny unit it rests, in words, as signed."""
        return tuple(
            f"{one['person']['name']} {Parts(one['parts']).label} โดยคนเดียว ตามข้อยกเว้น คำสั่งเลขที่ {one['order']} "
            f"ตั้งแต่ {_day(one['from'])} ถึง {_day(one['to'])}"
            for one in self.body.get("exceptions", ())
        )

    @property
    def in_force(self) -> bool:
        """Whether it counts now."""
        return self.standing is Standing.IN_FORCE

    @cached_property
    def verification(self) -> Verification:
        """The check, made now."""
        raw = self.certificate.snapshot.encode()
        sha256 = sha256_hex(raw)
        return Verification(
            sha256=sha256,
            same_hash=sha256 == self.certificate.sha256,
            canonical=canonical_bytes(self.body) == raw,
            same_as_other=None if self.other is None else self.other.sha256 == self.certificate.sha256,
        )

    @cached_property
    def sections(self) -> tuple[SectionView, ...]:
        """What was certified, in the form's order; sections without an answer are left out."""
        sections = self.form.sheets[self.certificate.sheet.section].sections.values()
        views = (self._section(section) for section in sections)
        return tuple(view for view in views if view.answers or view.table)

    @property
    def count(self) -> int:
        """Certified answers and rows."""
        return len(self.body["answers"]) + sum(len(rows) for rows in self.body["registers"].values())

    @property
    def recorders(self) -> tuple[str, ...]:
        """Names of who recorded, as signed; a text of the first format has the accounts' numbers alone."""
        return tuple(_name(person) for person in self.body["people"]["recorders"])

    @property
    def verifier(self) -> str:
        """Name of who verified, as signed."""
        return _name(self.body["people"]["verifier"])

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What this revision changed: part of what was signed. Empty for a first one."""
        return differences(self.form, self.body)

    def _section(self, section: Section) -> SectionView:
        if section.register is not None:
            rows = self._rows(section.register)
            answer = self._answers([section.register])
            return SectionView(section.label, answer, self._table(section.register, rows) if rows else None)
        return SectionView(
            section.label, self._answers([one for one in section.questions.values() if self._shown(one)])
        )

    def _shown(self, question: Question) -> bool:
        return self.open_by is None or is_open_alone(question, self.open_by)

    def _rows(self, register: Register) -> list[dict[str, Any]]:
        """The certified rows; for everyone those that they may read."""
        rows: list[dict[str, Any]] = self.body["registers"].get(register.code, [])
        if self.open_by is None:
            return rows
        by_province = self.standing is Standing.IN_FORCE and Level.PROVINCE in {
            self.certificate.level,
            self.other.level if self.other else "",
        }
        return [row for row in rows if is_open_row(register.code, certified_row(row), by_province=by_province)]

    def _table(self, register: Register, rows: list[dict[str, Any]]) -> TableView | None:
        used = [
            column
            for column in register.columns.values()
            if self._shown(column) and any(column.code in row["values"] for row in rows)
        ]
        if not used:
            return None
        return TableView(
            label=register.label,
            headings=tuple(f"{column.label} ({column.unit})" if column.unit else column.label for column in used),
            figures=tuple(in_figures(column) for column in used),
            rows=tuple(tuple(self._cell(column, row["values"]) for column in used) for row in rows),
        )

    def _answers(self, items: list[Question] | list[Register]) -> tuple[AnswerLine, ...]:
        answers = {item.code: self._told(self.body["answers"].get(item.code)) for item in items}
        return tuple(
            AnswerLine(
                label=item.label,
                text=showing.any_text(self.form, item.code, found["value"]),
                unit=found.get("unit", ""),
                note=found.get("note", ""),
                figures=isinstance(item, Question) and in_figures(item),
            )
            for item in items
            if (found := answers[item.code])
        )

    def _cell(self, column: Question, values: Mapping[str, Any]) -> str:
        entry = self._told(values.get(column.code))
        return showing.answer_text(column, entry["value"]) if entry else ""

    def _told(self, entry: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """An answer; for everyone without what was written beside it (a note, why there is no data), which has no mark."""
        if not entry or self.open_by is None:
            return entry or {}
        value = entry["value"]
        bare = {"missing": value["missing"]} if isinstance(value, Mapping) and "missing" in value else value
        return {key: bare if key == "value" else one for key, one in entry.items() if key != "note"}


def _name(person: Any) -> str:
    return str(person["name"]) if isinstance(person, dict) else f"บัญชีเลขที่ {person}"


def certificate_page(*, actor: Actor, address: str, past: datetime | None = None) -> CertificatePage | None:
    """A certificate by its number (without prefix), if the actor may see its filing; None otherwise. Six queries.

    With `past` as it stood at that moment; None where it was not given yet.
    """
    certificate = certificate_visible(actor=actor, address=address)
    if certificate is None or (past is not None and certificate.recorded_at > past):
        return None
    return _page(certificate, past=past)


def public_page(*, address: str) -> CertificatePage | None:
    """A certificate by its number (without prefix) as anyone may see it: what may be published of it."""
    certificate = _with_entry(Certificate.objects.filter(number=f"{NUMBER_PREFIX}{address}")).first()
    if certificate is None:
        return None
    newest = forms.newest_version(certificate.sheet.filing.roster_entry.round.form_code)
    return _page(certificate, open_by=forms.compiled(newest.pk) if newest else None)


def unit_pages(*, entry: RosterEntry) -> tuple[CertificatePage, ...]:
    """The certificates of a unit that count now, one for each domain in the form's order: the highest level's."""
    filing = Filing.objects.filter(roster_entry=entry).first()
    found: dict[str, Certificate] = {}
    sheets = sheets_of(filing) if filing else []
    certificates = _with_entry(Certificate.objects.filter(sheet__filing=filing, lapse__isnull=True)) if filing else ()
    for certificate in sorted(certificates, key=lambda one: (one.level == Level.PROVINCE, one.pk)):
        if standing_of(certificate, sheets) is Standing.IN_FORCE:
            found[certificate.sheet.section] = certificate
    order = list(forms.sheet_labels(entry.round.form_version_id))
    return tuple(_page(found[section], sheets=sheets) for section in order if section in found)


def _page(
    certificate: Certificate,
    *,
    open_by: Form | None = None,
    sheets: Sequence[RevisionState] | None = None,
    past: datetime | None = None,
) -> CertificatePage:
    entry = certificate.sheet.filing.roster_entry
    others = Certificate.objects.filter(sheet=certificate.sheet).exclude(level=certificate.level)
    if past is not None:
        others = others.filter(recorded_at__lte=past)
    of_sheet = list(others.select_related("lapse", "seat").order_by("-pk"))
    before = [one for one in of_sheet if certificate.level == Level.PROVINCE and one.pk < certificate.pk]
    if sheets is None:
        sheets = sheets_of(certificate.sheet.filing, past=past)
    return CertificatePage(
        certificate=certificate,
        entry=entry,
        form=forms.compiled(entry.round.form_version_id),
        standing=standing_of(certificate, sheets, past=past),
        lapse=lapse_of(certificate, past=past),
        other=next((one for one in of_sheet if lapse_of(one, past=past) is None), None),
        earlier=before[0] if before else None,
        open_by=open_by,
    )


def seat_words(certificate: Certificate) -> str:
    """Whether the signer was acting and by which order; empty for certificates from before that was kept."""
    seat: Seat | None = getattr(certificate, "seat", None)
    return seat.wording if seat else ""


def _day(text: str) -> str:
    return format_date_short(date.fromisoformat(text))


def _with_entry(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return certificates.select_related("lapse", "seat", "sheet__filing__roster_entry__round").defer("sheet__answers")


def certificate_visible(*, actor: Actor, address: str) -> Certificate | None:
    """A certificate by its number (without prefix), if the actor may see its filing."""
    return _with_entry(
        Certificate.objects.filter(
            number=f"{NUMBER_PREFIX}{address}", sheet__filing__in=Filing.objects.visible_to(actor)
        )
    ).first()


def unit_certificates(*, entry: RosterEntry, past: datetime | None = None) -> tuple[CertificateView, ...]:
    """All certificates of a unit in a round, newest first, as they stand or stood at a past moment."""
    filing = Filing.objects.filter(roster_entry=entry).first()
    return certificate_views(filing=filing, numbers=_domain_names(entry), past=past)


def _domain_names(entry: RosterEntry) -> dict[str, str]:
    labels = forms.sheet_labels(entry.round.form_version_id)
    return {section: f"ด้านที่ {number} {label}" for number, (section, label) in enumerate(labels.items(), start=1)}


def signed_together(*, entry: RosterEntry, signature: UUID) -> tuple[CertificateView, ...]:
    """The certificates that one signature gave to a unit, in the order of signing."""
    views = unit_certificates(entry=entry)
    return tuple(reversed([view for view in views if view.certificate.signature == signature]))


def certificates_named(*, actor: Actor, text: str) -> list[Certificate]:
    """The certificates that a typed number or check code means, of filings that the actor may see; newest first.

    A check code names the text that was signed: both levels' certificates of a sheet carry the same one.
    """
    visible = Certificate.objects.filter(sheet__filing__in=Filing.objects.visible_to(actor))
    typed = "".join(thai_digits_to_ascii(text).split()).removeprefix(NUMBER_PREFIX)
    found = visible.filter(number=f"{NUMBER_PREFIX}{typed}")
    if not found.exists():
        try:
            prefix = hash_prefix(text)
        except NotACheckCode:
            return []
        rest = _HASH_LENGTH - len(prefix)
        found = visible.filter(sha256__gte=prefix + "0" * rest, sha256__lte=prefix + "f" * rest)
    return list(found.select_related("sheet__filing__roster_entry__round", "lapse").order_by("-pk")[:MOST_FOUND])
