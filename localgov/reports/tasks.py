"""What the room does in the background."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from localgov.jobs.tasks import Outcome, Run, job_task
from localgov.lib.numbers import format_number
from localgov.reports import services
from localgov.reports.services.making import RENDER_TASK


@job_task(RENDER_TASK)
def letters(run: Run, *, run_key: str) -> Outcome:
    """Print the letters of a run."""
    made = services.run_render(key=UUID(run_key), at=timezone.now(), progress=run.progress)
    return Outcome(f"ทำหนังสือ {format_number(made.letter_count)} ฉบับแล้ว", reverse("reports:run-detail", args=[made.pk]))
