"""What the tests of public pages share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from localgov.directory import services as directory
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.inspection import services as inspection
from localgov.publishing.states import PublishedKind
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, Register
from tests.publishing.making import item_shown
from tests.web.public_shown import EVENT, Shown


@pytest.fixture
def shown(
    register: Register,
    at: datetime,
    sheet_in: Callable[[Status], Sheet],
    recorder: Person,
    entry: RosterEntry,
    settings: Any,
    tmp_path: Path,
) -> Shown:
    """Our unit: certified at both levels, with a website, news, a product and a place."""
    settings.MEDIA_ROOT = tmp_path
    sheet_in(Status.CERTIFIED_PROVINCE)
    directory.website_record(actor=recorder.actor, at=at, entry=entry, address="https://www.example.go.th/", seen=0)
    items = {kind: item_shown(register.unit, at, kind, EVENT.get(kind)) for kind in PublishedKind}
    return Shown(items, inspection.daily_head_make(at=at)[0].day.isoformat())
