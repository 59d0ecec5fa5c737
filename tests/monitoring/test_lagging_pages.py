"""The lists to chase from: who has not, and where nobody signs in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.monitoring.causes import Cause
from localgov.monitoring.selectors.idle import Use
from localgov.rounds.models import Round
from tests.conftest import Person


def page_of(who: Person, page: str, **query: str) -> str:
    """A list's page."""
    response = who.client().get(reverse(f"monitoring:{page}"), query)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("name", ["lagging-list", "idle-list"])
def test_the_next_province_finds_nobody_of_ours(name: str, round_2570: Round, stranger_officer: Person) -> None:
    for query in ({}, {"province": "25"}, {"name": "สาธิต"}, {"cause": "NOT_BEGUN"}, {"use": "WITHOUT"}):
        page = page_of(stranger_officer, name, **query)
        assert "บ้านสาธิต" not in page
        assert "ทม.สาธิตเมือง" not in page


def test_lists_who_lags_for_the_cause_asked_for(
    round_2570: Round, sheet_in: Callable[[Status], Sheet], province_officer: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    assert "อบต.บ้านสาธิต" not in page_of(province_officer, "lagging-list")
    page = page_of(province_officer, "lagging-list", cause=Cause.NOT_CERTIFIED_PROVINCE)
    assert "จังหวัดยังรับรองไม่ครบ" in page
    assert "ส่งแล้ว 3 · ตรวจสอบแล้ว 3 · อปท. รับรองแล้ว 3 จาก 3 ด้าน" in page
    assert "ใช้ไม่ได้" in page_of(province_officer, "lagging-list", cause="x", time_status="EXTENDED")


def test_lists_units_without_sign_in_by_how_their_accounts_were_used(
    round_2570: Round, province_officer: Person
) -> None:
    page = page_of(province_officer, "idle-list", use=Use.WITHOUT)

    assert "อบต.บ้านสาธิต" in page
    assert "ไม่พบข้อมูล" in page_of(province_officer, "idle-list", use=Use.STOPPED)
    workbook = province_officer.client().get(reverse("monitoring:idle-list"), {"export": "xlsx"})
    assert workbook.status_code == 200
