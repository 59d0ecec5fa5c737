"""รหัส อปท. สำหรับฝึกอบรม: a demonstration tells its accounts, a real installation has none to tell."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.test import Client
from django.urls import reverse

from localgov.accounts.models import User
from localgov.accounts.services import DEMO_PASSWORD
from localgov.organisations.models import RegisterImport
from tests.conftest import NOW, Person

PAGE = "accounts:training"


def register_is(source: RegisterImport.Source) -> None:
    """Let the register in force come from there."""
    RegisterImport.objects.create(source=source, effective_date=NOW.date())


def test_a_demonstration_shows_its_accounts_and_never_another(
    client: Client, recorder: Person, verifier: Person, executive: Person
) -> None:
    register_is(RegisterImport.Source.DEMO)
    User.objects.filter(pk=recorder.user.pk).update(is_demo=True, password="known")
    unusable = f"{UNUSABLE_PASSWORD_PREFIX}x"
    User.objects.filter(pk=executive.user.pk).update(is_demo=True, password=unusable)

    page = client.get(reverse(PAGE)).content.decode()

    assert DEMO_PASSWORD in page
    assert "<code>recorder</code>" in page
    assert "อบต.บ้านสาธิต" in page
    assert "verifier" not in page
    assert "executive" not in page
    assert reverse(PAGE) in client.get(reverse("account_login")).content.decode()
    assert reverse(PAGE) in client.get("/").content.decode()


def test_a_real_installation_has_no_such_page_and_leads_to_where_people_train(
    client: Client, recorder: Person, settings: Any
) -> None:
    register_is(RegisterImport.Source.REAL)
    User.objects.filter(pk=recorder.user.pk).update(is_demo=True)

    assert client.get(reverse(PAGE)).status_code == 404
    assert reverse(PAGE) not in client.get("/").content.decode()
    settings.TRAINING_SITE_URL = "https://training.example.go.th/"
    assert 'href="https://training.example.go.th/"' in client.get("/websites/").content.decode()
