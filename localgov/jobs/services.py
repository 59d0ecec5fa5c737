"""Asking for work in the background, and telling how far it is.

A task is put into the queue in the caller's transaction: what is rolled back was never asked for, and no worker sees it
before its cause is committed.
"""

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from localgov.access.actor import Actor
from localgov.jobs.models import Job, JobState

#: How often a task is begun before it is given up.
TRIES = 5
_DIED = f"ทำไม่สำเร็จ: งานถูกตัดกลางคัน {TRIES} ครั้ง แจ้งผู้ปฏิบัติการระบบ แล้วสั่งใหม่"
_DIED_ONCE = "งานถูกตัดกลางคัน ระบบนำกลับเข้าคิวแล้ว"

# Written here and not by the library: its connector is another one inside a worker, and would leave our transaction.
_ENQUEUE = """
SELECT procrastinate_defer_jobs_v1(
    ARRAY[ROW('default', %s, 0, NULL, NULL, %s::jsonb, NULL)::procrastinate_job_to_defer_v1])
"""
_STALLED = """
SELECT j.id, j.attempts, (j.args->>'job_id')::bigint FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - interval '30 seconds')
FOR UPDATE OF j SKIP LOCKED
"""


class UnknownTask(LookupError):
    """No room declares a task of this name."""


@transaction.atomic
def job_start(
    *,
    actor: Actor,
    at: datetime,
    task: str,
    label: str,
    path: str,
    total: int = 0,
    arguments: dict[str, Any] | None = None,
) -> Job:
    """Ask for a task declared with `jobs.tasks.job_task`; `arguments` (as JSON has them) are its keyword arguments.

    `label` says in Thai what is made, `path` whose business it is. Raises `UnknownTask`.
    """
    job = Job.objects.create(
        task=task,
        label=label,
        asked_by=actor.user_id,
        asked_by_label=actor.label,
        path=path,
        total=total,
        asked_at=at,
    )
    task_queue(task=task, job_id=job.pk, **(arguments or {}))
    return job


def task_queue(*, task: str, **arguments: Any) -> None:
    """Put a task into the queue, in the caller's transaction. Raises `UnknownTask`."""
    if task not in app.tasks:
        raise UnknownTask(task)
    with connection.cursor() as cursor:
        cursor.execute(_ENQUEUE, [task, json.dumps(arguments)])


@transaction.atomic
def job_begin(*, job_id: int, at: datetime) -> Job | None:
    """Mark a job as running; None when it has ended already, so that a task that comes twice does nothing."""
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.is_ended:
        return None
    job.state, job.tries, job.started_at = JobState.RUNNING, job.tries + 1, job.started_at or at
    job.save(update_fields=["state", "tries", "started_at"])
    return job


def job_progress(*, job: Job, done: int, total: int | None = None) -> None:
    """Say how far it is; seen at once when the task is not inside a transaction."""
    job.total = job.total if total is None else total
    job.done = min(done, job.total) if job.total else done
    job.save(update_fields=["done", "total"])


def job_wait_again(*, job_id: int, message: str) -> None:
    """Put a job that was broken off back to waiting; `message` says why."""
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(state=JobState.QUEUED, message=message)


def job_finish(*, job: Job, at: datetime, message: str, result_url: str = "") -> None:
    """Mark a job as done, with the sentence of its outcome and where the result is."""
    job.state, job.message, job.result_url, job.finished_at = JobState.DONE, message[:500], result_url, at
    job.done = job.total or job.done
    job.save(update_fields=["state", "message", "result_url", "finished_at", "done"])


def job_fail(*, job_id: int, at: datetime, message: str) -> None:
    """Mark a job as failed for good, with a Thai sentence."""
    Job.objects.filter(pk=job_id, state__in=(JobState.QUEUED, JobState.RUNNING)).update(
        state=JobState.FAILED, message=message[:500], finished_at=at
    )


@transaction.atomic
def stalled_take_up(*, at: datetime) -> int:
    """Queue again what was running in a worker that gave no sign of life for 30 seconds; returns how many.

    What died so `TRIES` times is given up: it may be the task itself that kills its worker.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STALLED)
        stalled = cursor.fetchall()
        for queue_id, attempts, job_id in stalled:
            if attempts + 1 >= TRIES:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [queue_id])
                job_fail(job_id=job_id or 0, at=at, message=_DIED)
            else:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [queue_id])
                job_wait_again(job_id=job_id or 0, message=_DIED_ONCE)
    return len(stalled)
