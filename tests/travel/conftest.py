"""Items of these tests: what is shown, and one of everything that is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from localgov.publishing import services as publishing
from localgov.publishing.models import Item
from localgov.publishing.states import PublishedKind
from tests.conftest import Register
from tests.publishing.making import WRITER, item_made, item_returned, item_shown

HIDDEN = "เรื่องลับยังไม่เผยแพร่"
POINT = {"latitude": "14.05", "longitude": "101.37"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Where the pictures of the test lie."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@dataclass(frozen=True)
class Shelf:
    """What our unit shows, and what it has beside that nobody may see."""

    place: Item
    product: Item
    fair: Item
    hidden: tuple[Item, ...]


@pytest.fixture
def shelf(register: Register, at: datetime) -> Shelf:
    """A place, a product and a fair are shown; the hidden ones wait, went back, are switched off, deleted."""
    day = {"event_from": "25/11/2569", "event_to": "27/11/2569"}
    secret = {"title": HIDDEN, **POINT}
    fair = {"title": HIDDEN, **day}
    switched_off = item_shown(register.unit, at, PublishedKind.PLACE, secret, colour="red")
    publishing.item_display(actor=WRITER, at=at, item_id=switched_off.pk, displayed=False)
    deleted = item_shown(register.unit, at, PublishedKind.NEWS, fair)
    publishing.item_delete(actor=WRITER, at=at, item_id=deleted.pk)
    return Shelf(
        place=item_shown(register.unit, at, PublishedKind.PLACE, POINT | {"email": "tour@example.go.th"}),
        product=item_shown(
            register.unit, at, PublishedKind.PRODUCT, {"price_from": "120", "price_to": "350", "price_unit": "กระบอก"}
        ),
        fair=item_shown(register.unit, at + timedelta(minutes=1), PublishedKind.NEWS, day | {"address": "ลานหน้าวัด"}),
        hidden=(
            item_made(register.unit, at, PublishedKind.PLACE, secret, colour="blue"),
            item_made(register.unit, at, PublishedKind.NEWS, fair),
            item_returned(register.unit, at, PublishedKind.PRODUCT, typed=secret),
            switched_off,
            deleted,
        ),
    )
