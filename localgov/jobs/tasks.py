"""Declaring tasks, and the queue's own upkeep.

A room declares what it does in the background in its `tasks.py`, which is found by itself:

    @job_task("reports:letters")
    def letters(run: Run, *, batch_id: int) -> Outcome:
        for done, letter in enumerate(...):
            ...                                  # each step in a transaction of its own
            run.progress(done + 1)
        return Outcome("ทำหนังสือ 63 ฉบับแล้ว", url)

and a service asks for it by name with `jobs.services.job_start`. A task may run twice (its worker was killed, its last
answer was lost): it looks at what is done already. `Denied` ends the job with its reason; any other error is tried again.
"""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from localgov.access.decision import Denied
from localgov.jobs import services
from localgov.jobs.models import Job

logger = logging.getLogger(__name__)

#: Seconds of waiting are powers of this: 5, 25, 125, 625.
_BACK_OFF = 5
_RETRY = RetryStrategy(max_attempts=services.TRIES - 1, exponential_wait=_BACK_OFF)


@dataclass(frozen=True)
class Outcome:
    """How a job ended: a Thai sentence, and the address of what came of it (empty = nothing to open)."""

    message: str
    url: str = ""


@dataclass(frozen=True)
class Run:
    """One run of a task: the job as people see it."""

    job: Job
    context: JobContext

    def progress(self, done: int, total: int | None = None) -> None:
        """Tell how far it is, and stop here when the worker is being shut down: the rest is done by the next one."""
        services.job_progress(job=self.job, done=done, total=total)
        if self.context.should_abort():
            raise JobAborted


Work = Callable[..., Outcome]


def job_task(name: str) -> Callable[[Work], Work]:
    """Declare a task that people watch; its first argument is the `Run`, the others are those of `job_start`."""

    def declare(work: Work) -> Work:
        @app.task(name=name, pass_context=True, retry=_RETRY)
        def run(context: JobContext, /, *, job_id: int, **arguments: Any) -> None:
            if job := services.job_begin(job_id=job_id, at=timezone.now()):
                _run(work, Run(job, context), arguments)

        return work

    return declare


def _run(work: Work, run: Run, arguments: dict[str, Any]) -> None:
    """Do it, and keep on the job's row how it went."""
    job_id, tries = run.job.pk, run.context.job.attempts + 1
    try:
        outcome = work(run, **arguments)
    except Denied as refusal:
        services.job_fail(job_id=job_id, at=timezone.now(), message=refusal.reason)
    except JobAborted:
        services.job_wait_again(job_id=job_id, message="หยุดไว้ชั่วคราวเพราะระบบกำลังเริ่มใหม่ จะทำต่อเอง")
        raise
    except Exception:
        logger.exception("job %s (%s), try %s", job_id, run.job.task, tries)
        if tries < services.TRIES:
            message = f"ลองครั้งที่ {tries} ไม่สำเร็จ ระบบจะลองใหม่เองจนครบ {services.TRIES} ครั้ง"
            services.job_wait_again(job_id=job_id, message=message)
        else:
            message = f"ทำไม่สำเร็จหลังลอง {tries} ครั้ง: แจ้งผู้ปฏิบัติการระบบพร้อมเลขที่งาน {job_id}"
            services.job_fail(job_id=job_id, at=timezone.now(), message=message)
        raise
    else:
        services.job_finish(job=run.job, at=timezone.now(), message=outcome.message, result_url=outcome.url)


def periodic_task(name: str, cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declare a task that the workers begin by the clock (of the machine, UTC); missed moments are not made up for."""

    def declare(work: Callable[[], None]) -> Callable[[], None]:
        @app.periodic(cron=cron)
        @app.task(name=name, queueing_lock=name)
        @functools.wraps(work)
        def run(timestamp: int) -> None:
            work()

        return work

    return declare


def queue_task(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a task that nobody watches, asked for with `jobs.services.task_queue`; errors are tried again."""

    def declare(work: Callable[..., None]) -> Callable[..., None]:
        app.task(name=name, retry=_RETRY)(work)
        return work

    return declare


@periodic_task("jobs:stalled", "* * * * *")
def take_up_stalled() -> None:
    """Each minute: what a dead worker left."""
    services.stalled_take_up(at=timezone.now())
