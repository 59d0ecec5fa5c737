"""A session ends when its time is over, when its key is unknown, and with the person's rights."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from localgov.accounts.models import RoleAssignment
from localgov.lib.thai_calendar import bangkok_date
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_opens_the_home_page_of_who_signed_in(recorder: Any) -> None:
    assert recorder.client().get("/home/").status_code == 200


def test_refuses_a_session_whose_time_is_over(recorder: Any) -> None:
    client = recorder.client()
    Session.objects.filter(session_key=client.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )

    assert client.get("/home/").headers["Location"].startswith("/accounts/login/")


def test_refuses_a_session_that_nobody_has(client: Any) -> None:
    client.cookies["sessionid"] = "nobodyhasthissessionkeyofthirtytwo"

    assert client.get("/home/").headers["Location"].startswith("/accounts/login/")


def test_a_right_that_ended_is_gone_with_the_next_request(recorder: Any) -> None:
    client = recorder.client()
    assert client.get("/home/").status_code == 200
    term = RoleAssignment.objects.get(user=recorder.user)
    term.held = type(term.held)(term.held.lower, bangkok_date(NOW))
    term.save()

    assert client.get("/home/").status_code == 403
