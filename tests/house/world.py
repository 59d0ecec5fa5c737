"""One of everything that an address can name, all of our unit, and what names it.

A new page joins the house's walks by a line in `parts_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from localgov.access.roles import RoleCode
from localgov.accounts.models import DutyException, RoleAssignment
from localgov.audit.models import RowChange
from localgov.certification.models import Certificate
from localgov.filings.models import Attachment
from localgov.jobs.models import Job
from localgov.library.models import DownloadItem
from localgov.notices.models import Circular, Mail
from localgov.publishing.models import Item, VersionDocument, VersionPicture
from localgov.reports.models import LetterRun
from localgov.rounds.models import Reopening, RosterEntry
from localgov.travel.models import ProblemReport
from tests.conftest import Person, Register
from tests.house.addresses import Address, Parts


@dataclass(frozen=True)
class World:
    """Our unit, certified by its executive, with one of everything that an address can name."""

    register: Register
    entry: RosterEntry
    recorder: Person
    province_officer: Person
    draft_id: int
    receipt: str
    row: str
    attachment: Attachment
    reopening: Reopening
    head_day: str
    exception: DutyException
    download: DownloadItem
    letter: Circular
    item: Item

    @property
    def document(self) -> VersionDocument:
        """The document of a piece of news, which waits for the province."""
        return VersionDocument.objects.select_related("document", "version").get()

    @property
    def picture(self) -> VersionPicture:
        """The picture of the item, which waits for the province."""
        return VersionPicture.objects.select_related("picture").get(version__item=self.item)

    @cached_property
    def _known(self) -> dict[str, Parts]:
        return parts_of(self)

    def parts(self, address: Address) -> Parts:
        """What fills an address so that it names something of ours."""
        known = self._known
        if address.name not in known:
            room = address.name.partition(":")[0]
            known[address.name] = known.get(f"{room}:*", {})
        missing = [part for part in address.parts if part not in known[address.name]]
        assert not missing, f"the table of this test has no {missing} for the new address {address.name}"
        return known[address.name]


def parts_of(world: World) -> dict[str, Parts]:
    person: Parts = {"pk": world.recorder.user.pk}
    seat = RoleAssignment.objects.get(role=RoleCode.EXECUTIVE, organisation=world.register.unit)
    province: Parts = {"province_code": "25"}
    unit: Parts = {"code": world.entry.code}
    version: Parts = {"pk": world.entry.round.form_version_id}
    draft: Parts = {"pk": world.draft_id}
    opened: Parts = {"pk": world.entry.round_id}
    filing = {
        "fiscal_year": 2570,
        "unit_code": world.entry.code,
        "number": 1,
        "step": "submit",
        "code": world.entry.code,
    }
    certificate = Certificate.objects.order_by("pk").first()
    assert certificate is not None
    row_of_ours = RowChange.objects.filter(organisation_id=world.register.unit.pk).order_by("pk")[0].pk
    question: Parts = {"number": 1, "slug": "total"}
    return {
        "accounts:person-detail": person,
        "accounts:person-edit": person,
        "accounts:person-code": person,
        "accounts:person-close": person,
        "accounts:person-open": person,
        "accounts:officer-seat": {"pk": world.province_officer.user.pk},
        "accounts:issue-province": province,
        "accounts:issue-again": province,
        "accounts:executive-detail": unit,
        "accounts:exception-detail": unit,
        "accounts:exception-end": {"pk": world.exception.pk},
        "accounts:position-end": {"pk": seat.pk},
        "organisations:office-detail": {"code": world.register.province.code},
        "organisations:district-detail": {"code": world.register.district.code},
        "organisations:unit-detail": unit,
        "forms:draft-detail": draft,
        "forms:draft-publish": draft,
        "forms:draft-discard": draft,
        "forms:note-write": {"subject": "home"},
        "forms:version-detail": version,
        "forms:version-differences": version,
        "forms:version-workbook": version,
        "rounds:round-detail": opened,
        "rounds:round-extend": opened,
        "rounds:round-reopen": opened,
        "rounds:time-act-list": opened,
        "rounds:reopening-end": {"pk": world.reopening.pk},
        "rounds:roster-add": opened,
        "rounds:roster-excuse": {"pk": world.entry.pk},
        "filings:receipt-detail": {"receipt": world.receipt},
        "filings:file-download": {"attachment_id": world.attachment.pk},
        "filings:file-attach": filing | {"question": "village_name"},
        "filings:row-detail": filing | {"register": "village", "row": world.row},
        "filings:*": filing,
        "directory:website-status-detail": province,
        "directory:*": filing,
        "publishing:entry-status-detail": province,
        "publishing:entry-duty": {"fiscal_year": 2570},
        "help:guide": {"code": "department"},
        "help:picture": {"name": "none.webp"},
        "library:*": {"pk": world.download.pk, "version_id": world.download.newest_id},
        "inspection:filing-story": filing,
        "inspection:person-story": {"person": world.recorder.user.pk},
        "inspection:row-detail": {"pk": row_of_ours},
        "heads:head-text": {"day": world.head_day},
        "robots:sitemap-part": {"kind": "units", "number": 1},
        "publishing:document": {"pk": world.document.document_id},
        "documents:document": {"pk": world.document.version.item_id, "sha256": world.document.document.sha256},
        "publishing:picture": {"pk": world.picture.picture_id},
        "publishing:*": {"pk": world.item.pk},
        "pictures:picture": {"sha256": world.picture.picture.sha256, "size": "full", "ending": "jpg"},
        "notices:file-download": {"file_id": world.letter.files.get().pk},
        "notices:file-remove": {"file_id": world.letter.files.get().pk},
        "notices:*": {"pk": world.letter.pk},
        "monitoring:unit-activity": unit,
        "portal:region": {"slug": "central"},
        "portal:province": {"code": "25"},
        "portal:district": {"code": "2501"},
        "portal:domain": {"number": 1},
        "portal:domain-csv": {"number": 1},
        "portal:domain-json": {"number": 1},
        "portal:question": question,
        "portal:question-csv": question,
        "portal:question-json": question,
        "scoring:score-detail": filing,
        "travel:*": {"kind": "news", "pk": Item.objects.get(shown__isnull=False).pk, "code": "25", "slug": "none"},
        "problems:problem-detail": {"pk": ProblemReport.objects.get().pk},
        "jobs:job-progress": {"pk": Job.objects.order_by("pk")[0].pk},
        "portal:unit": unit,
        "portal:unit-domain": {**unit, "number": 1},
        "portal:unit-figures-csv": unit,
        "portal:unit-figures-json": unit,
        "portal:unit-register": {**unit, "slug": "village"},
        "portal:unit-register-csv": {**unit, "slug": "village"},
        "portal:unit-register-json": {**unit, "slug": "village"},
        "reports:*": {"pk": LetterRun.objects.get().pk, "place": 1},
        "mail:mail-detail": {"pk": Mail.objects.get().pk},
        "mail:mail-retry": {"pk": Mail.objects.get().pk},
        "mail:reminder-plan": opened,
        "mail:account-send": province,
        "mail:account-address": province,
        "certification:certificate-detail": {"address": certificate.address},
        "certification:certificate-text": {"address": certificate.address},
        "certification:certificate-pdf": {"address": certificate.address},
        "certificates:*": {"address": certificate.address},
        "certification:*": filing | {"signature": certificate.signature, "act": "take-back"},
    }
