"""What is in force now (DESIGN §4, States)."""

from __future__ import annotations

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
    sheets = list(Sheet.objects.filter(filing=filing, section=section).order_by("-revision"))
    both = next((sheet for sheet in sheets if sheet.status == Status.CERTIFIED_PROVINCE), None)
    if both is not None or level == Level.PROVINCE:
        return both
    return next((sheet for sheet in sheets if sheet.status == Status.CERTIFIED_LAO), None)


def sections_certified_by_both(*, filing: Filing | None) -> frozenset[str]:
    """Sheets of a filing of which some revision is in force with both signatures, whatever its newest revision is."""
    found = Sheet.objects.filter(filing=filing, status=Status.CERTIFIED_PROVINCE)
    return frozenset(found.values_list("section", flat=True)) if filing is not None else frozenset()
