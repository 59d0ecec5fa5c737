"""The shell's own pages: each role's home, the health check."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views import View

from localgov.access.permissions import Permission
from localgov.jobs import selectors as jobs
from localgov.rounds import selectors as rounds
from localgov.ui.pages import Page
from localgov.web.work import work_of
from localgov.web.work_offices import place_label


class Health(View):
    """200 with JSON once the process can serve and reach its database, with the queue of the workers; 503 otherwise."""

    public = True

    def get(self, request: HttpRequest) -> JsonResponse:
        """Ask the database one question. A queue that nobody works off is no reason to send requests elsewhere."""
        try:
            queue = jobs.queue()
        except DatabaseError:
            return JsonResponse({"status": "database unreachable"}, status=503)
        return JsonResponse({"status": "ok", "jobs_due": queue.due, "workers": queue.workers})


class Alive(View):
    """200 while the process answers at all, whatever its database does: whoever fails this wants a restart."""

    public = True

    def get(self, request: HttpRequest) -> JsonResponse:
        """Ask nobody."""
        return JsonResponse({"status": "alive"})


class Home(Page):
    """What is asked of me, by when."""

    permission = Permission.HOME_VIEW
    template = "web/home.html"
    screen_code = "INFO01"
    title = "งานของฉัน"

    def get(self, request: Any) -> HttpResponse:
        """The list, most urgent first."""
        now = timezone.now()
        open_rounds = [round for round in rounds.open_rounds(at=now) if round.form_code == "eight_domains"]
        work = work_of(actor=request.actor, rounds=open_rounds, at=now)
        labels = [place_label(scope) for scope in request.actor.scopes(Permission.MONITOR_VIEW)]
        return self.render(
            items=work.items,
            desks=work.desks,
            rounds=open_rounds,
            now=now,
            place=next((label for label in labels if label), ""),
        )
