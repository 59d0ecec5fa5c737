"""Pages of jobs: one's own list, and how far one is (a page of its own, or the part that another page keeps fresh)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from localgov.access.permissions import Permission
from localgov.jobs import selectors
from localgov.jobs.models import Job, JobState
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page

_TITLE = "งานเบื้องหลัง"


class JobList(ListPage):
    """What the actor asked for, and what was asked for in its places."""

    permission = Permission.HOME_VIEW
    title = _TITLE
    screen_code = "JOB01"
    file_name = "jobs"
    lead = "งานที่ใช้เวลานาน ระบบทำให้เบื้องหลัง ปิดหน้านี้ไปทำอย่างอื่นได้"
    empty_hint = "ยังไม่มีงานที่สั่งไว้"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("id", "เลขที่งาน", sort=("pk",)),
        Column("label", "งาน", heading=True, url=lambda row: reverse("jobs:job-progress", args=[row.pk])),
        Column("asked_by_label", "ผู้สั่ง", sort=("asked_by_label",)),
        Column("asked_at", "สั่งเมื่อ", Kind.DATETIME, sort=("asked_at",)),
        Column("state", "สถานะ", value=lambda row: row.get_state_display(), sort=("state",)),
        Column("done", "ทำแล้ว", Kind.NUMBER),
        Column("total", "ทั้งหมด", Kind.NUMBER, value=lambda row: row.total or None, blank="–"),
        Column("message", "ผล"),
        Column("finished_at", "เสร็จเมื่อ", Kind.DATETIME, sort=("finished_at",)),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Job]:
        """Newest first."""
        return selectors.jobs(actor=self.request.actor)

    def row_actions(self, row: Job) -> Sequence[RowAction]:
        """The result, where there is one."""
        return (RowAction("view", row.result_url, "เปิดผล"),) if row.result_url else ()


class JobProgress(Page):
    """How far one job is."""

    permission = Permission.HOME_VIEW
    template = "jobs/job_progress.html"
    partial = "jobs/_progress.html"
    screen_code = "JOB02"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the job."""
        super().setup(request, *args, **kwargs)
        self.job = get_object_or_404(selectors.jobs(actor=self.request.actor), pk=kwargs["pk"])

    def page_title(self) -> str:
        """What is made."""
        return self.job.label

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_TITLE, reverse("jobs:job-list")),)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page; a part that asks again is told to load its page anew once the job has ended."""
        response = self.render(job=self.job, failed=self.job.state == JobState.FAILED)
        if self.request.htmx and self.job.is_ended:
            response["HX-Refresh"] = "true"
        return response
