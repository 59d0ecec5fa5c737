"""The demonstration's news, products and places: through the services, once, and in no real installation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from localgov.organisations.models import RegisterImport
from localgov.publishing.models import EntryDuty, Item, Picture
from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind
from localgov.rounds.models import Round
from localgov.web.demo.published import NEWS, PLACES, PRODUCTS, published_make
from localgov.web.demo.scenery import MOTIFS
from localgov.web.tasks import demo_items
from tests.conftest import Register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_every_kind_and_fate_is_there_and_twice_makes_nothing_more(register: Register, at: datetime) -> None:
    RegisterImport.objects.create(source="DEMO", effective_date=at.date())

    made = published_make(at=at, provinces=("25",))

    assert made == Item.objects.count() == 4
    assert published_make(at=at, provinces=("25",)) == 0
    assert set(shown.shown_counts(by="kind")) <= set(PublishedKind.values)
    assert len(shown.shown_items()) == 4
    assert not Picture.objects.filter(thumbs_at=None).exists()


def test_the_running_year_asks_for_one_of_each_kind_and_is_asked_once(round_2570: Round, at: datetime) -> None:
    RegisterImport.objects.create(source="DEMO", effective_date=at.date())

    for _ in range(2):
        published_make(at=at, provinces=())

    assert [(one.fiscal_year_be, one.news, one.products, one.places) for one in EntryDuty.objects.all()] == [
        (2570, 1, 1, 1)
    ]


def test_nothing_is_made_up_where_the_register_is_real(register: Register, at: datetime) -> None:
    RegisterImport.objects.create(source="REAL", effective_date=at.date())

    demo_items()
    with pytest.raises(ValueError, match="demonstration"):
        published_make(at=at)

    assert not Item.objects.exists()


def test_every_motif_that_is_asked_for_can_be_drawn() -> None:
    assert {motif for sketch in (*PLACES, *PRODUCTS, *NEWS) for motif in sketch.motifs} == set(MOTIFS)
