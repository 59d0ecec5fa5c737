"""Figures as a set of data for search engines (schema.org `Dataset`), on the terms that the site says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from localgov.lib.thai_calendar import BANGKOK, fiscal_year_bounds
from localgov.portal.selectors import freshness
from localgov.portal.selectors.readings import Reading

_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


def data_set(
    request: HttpRequest, reading: Reading, *, name: str, description: str, files: Mapping[str, str]
) -> dict[str, Any]:
    """The figures of a reading over the country; `files` are the addresses of its CSV and JSON, by format."""
    first, last = fiscal_year_bounds(reading.year.fiscal_year)
    moment = freshness.as_of(reading)
    department = {"@type": "GovernmentOrganization", "name": _("กรมส่งเสริมการปกครองท้องถิ่น กระทรวงมหาดไทย")}
    found: dict[str, Any] = {
        "@type": "Dataset",
        "name": name,
        "description": _("%(about)s จากข้อมูลที่ อปท. บันทึก ตรวจสอบ และรับรองในระบบ INFO") % {"about": description},
        "url": request.build_absolute_uri(),
        "inLanguage": get_language(),
        "isAccessibleForFree": True,
        "license": request.build_absolute_uri(reverse("site:terms")),
        "creator": department,
        "publisher": department,
        "temporalCoverage": f"{first.isoformat()}/{last.isoformat()}",
        "spatialCoverage": {"@type": "Country", "name": _("ประเทศไทย"), "identifier": "TH"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": _MEDIA_TYPES[ending],
                "contentUrl": request.build_absolute_uri(address),
            }
            for ending, address in files.items()
        ],
    }
    if moment is not None:
        found["dateModified"] = moment.astimezone(BANGKOK).isoformat()
    return found
