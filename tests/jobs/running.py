"""Runs what waits in the queue, in the test's own process and transaction: the real tasks, the real tables, no worker."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

#: A test whose tasks keep one another going would never end.
_MOST = 500


def run_queued(*, swallow: bool = False) -> int:
    """Do every task that is due, as a worker would; returns how many. An error of a task is raised, or with `swallow` kept."""
    ran = 0
    while (row := _fetch()) and ran < _MOST:
        ran += 1
        job = Job.from_row(row)
        task = app.tasks[job.task_name]
        context = JobContext(app=app, job=job, start_timestamp=time.time(), abort_reason=lambda: None)
        first = (context,) if task.pass_context else ()
        try:
            task.func(*first, **job.task_kwargs)
        except Exception as error:
            retry = task.get_retry_exception(exception=error, job=job)
            if retry:
                now = datetime.now(UTC)  # the test's clock is not the database's
                wait = (retry.retry_decision.retry_at or now) - now
                _say("procrastinate_retry_job_v2(%s, now() + %s, NULL, NULL, NULL)", job.id, wait)
            else:
                _say("procrastinate_finish_job_v1(%s, 'failed', false)", job.id)
            if not swallow:
                raise
        else:
            _say("procrastinate_finish_job_v1(%s, 'succeeded', true)", job.id)
    return ran


def waiting(name: str = "") -> list[dict[str, Any]]:
    """Arguments of the tasks that wait, due or not, in order; of one name or of all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' AND task_name LIKE %s ORDER BY id",
            [name or "%"],
        )
        return [{"task": task, **_json(arguments)} for task, arguments in cursor.fetchall()]


def _fetch() -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, status::text, task_name, priority, lock, queueing_lock, args, scheduled_at, queue_name, attempts, "
            "worker_id FROM procrastinate_fetch_job_v2(NULL, NULL)"
        )
        names = [column[0] for column in cursor.description]
        row = dict(zip(names, cursor.fetchone(), strict=True))
    if row["id"] is None:
        return None
    return row | {"args": _json(row["args"])}


def _json(value: Any) -> Any:

    return json.loads(value) if isinstance(value, str) else value


def _say(call: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", values)
