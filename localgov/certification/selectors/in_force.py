"""What is in force now (DESIGN §4, States)."""

from __future__ import annotations

from collections.abc import Collection

from localgov.certification.models import Certificate, Level
from localgov.filings.models import Filing, Sheet
from localgov.filings.states import Status


def certificate_of(*, sheet: Sheet, level: Level) -> Certificate | None:
    """The certificate of a sheet revision at a level that has not lapsed."""
    return (
        Certificate.objects.filter(sheet=sheet, level=level, lapse__isnull=True)
        .order_by("-pk")
        .select_related("sheet")
        .first()
    )


def sheet_in_force(*, filing: Filing, section: str, level: Level) -> Sheet | None:
    """The revision in force now, read at a level.

    PROVINCE: the newest revision certified by both. UNIT: that one, else the newest certified by the unit and neither
    returned nor taken back (DESIGN §4, States: an LAO-only n+1 never displaces a both-certified n).
    """
    return revisions_in_force([(filing.pk, section)], level=level).get((filing.pk, section))


def sections_certified_by_both(*, filing: Filing | None) -> frozenset[str]:
    """Sheets of a filing of which some revision is in force with both signatures, whatever its newest revision is."""
    return certified_by_both([filing.pk])[filing.pk] if filing is not None else frozenset()


def certified_by_both(filings: Collection[int]) -> dict[int, frozenset[str]]:
    """The same of many filings in one query."""
    found: dict[int, set[str]] = {filing: set() for filing in filings}
    sheets = Sheet.objects.filter(filing__in=filings, status=Status.CERTIFIED_PROVINCE)
    for filing, section in sheets.values_list("filing_id", "section"):
        found[filing].add(section)
    return {filing: frozenset(sections) for filing, sections in found.items()}


def unit_certificates(sheets: Collection[int]) -> dict[int, Certificate]:
    """The unit's certificates of some sheet revisions that have not lapsed, by sheet."""
    certificates = Certificate.objects.filter(sheet__in=sheets, level=Level.UNIT, lapse__isnull=True)
    return {one.sheet_id: one for one in certificates.order_by("pk")}


def revisions_in_force(places: Collection[tuple[int, str]], *, level: Level) -> dict[tuple[int, str], Sheet]:
    """`sheet_in_force` of many sheets, by filing and section; what has none is missing. Answers are not loaded."""
    found: dict[tuple[int, str], Sheet] = {}
    wanted = set(places)
    sheets = Sheet.objects.filter(filing__in={filing for filing, _ in wanted}, section__in={code for _, code in wanted})
    sheets = sheets.filter(
        status__in=[Status.CERTIFIED_PROVINCE, *([Status.CERTIFIED_LAO] if level == Level.UNIT else [])]
    )
    for sheet in sheets.defer("answers").order_by("revision"):
        best = found.get((sheet.filing_id, sheet.section))
        if (sheet.filing_id, sheet.section) not in wanted:
            continue
        if best is None or best.status == Status.CERTIFIED_LAO or sheet.status == Status.CERTIFIED_PROVINCE:
            found[sheet.filing_id, sheet.section] = sheet
    return found
