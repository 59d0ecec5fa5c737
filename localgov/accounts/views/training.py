"""รหัส อปท. สำหรับฝึกอบรม: the accounts of a demonstration, for whoever learns the system (MISSION R10.1)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from localgov.accounts import selectors
from localgov.accounts.services import DEMO_PASSWORD
from localgov.ui.pages import Page


class TrainingAccounts(Page):
    """ACC051: who is who in this demonstration, and their one password; a real installation has no such page."""

    public = True
    template = "accounts/training.html"
    title = "รหัส อปท. สำหรับฝึกอบรม"
    screen_code = "ACC051"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The accounts, in the order in which data goes through them."""
        accounts = selectors.training_accounts(on=timezone.localdate())
        if not accounts:
            raise Http404
        return self.render(accounts=accounts, password=DEMO_PASSWORD)
