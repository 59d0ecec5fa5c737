"""Circulars of the cast's offices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from localgov.notices import services
from localgov.notices.models import Circular
from localgov.notices.services import Audience, Text
from tests.conftest import Person

TEXT = Text(
    number="ปจ 0023.3/ว 123",
    dated=date(2026, 11, 19),
    subject="ขอให้บันทึกข้อมูล อปท. 8 ด้าน ให้แล้วเสร็จ",
    body="เนื้อความของหนังสือ",
    finish_on=date(2026, 12, 15),
)


@pytest.fixture
def draft(province_officer: Person, at: datetime) -> Callable[..., Circular]:
    """A draft of our province, or of another sender: `draft(by, subject="…", audience=Audience(…))`."""

    def make(by: Person = province_officer, *, audience: Audience | None = None, **changes: Any) -> Circular:
        return services.circular_draft(
            actor=by.actor, at=at, text=replace(TEXT, **changes), audience=audience or Audience()
        )

    return make


@pytest.fixture
def published(draft: Callable[..., Circular], province_officer: Person, at: datetime) -> Callable[..., Circular]:
    """The same, published."""

    def make(by: Person = province_officer, **changes: Any) -> Circular:
        return services.circular_publish(actor=by.actor, at=at, circular_id=draft(by, **changes).pk)

    return make
