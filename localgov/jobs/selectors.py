"""Reading jobs: those that an actor may see, and how the queue is."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from localgov.access.actor import Actor
from localgov.jobs.models import Job

_QUEUE = """
SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())),
       (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds')
"""


@dataclass(frozen=True)
class Queue:
    """How many tasks are due and not begun, and how many workers gave a sign of life in the last 30 seconds."""

    due: int
    workers: int


def queue() -> Queue:
    """The queue now. One query over a partial index."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE)
        return Queue(*cursor.fetchone())


def jobs(*, actor: Actor) -> QuerySet[Job]:
    """The actor's jobs and those of its places, newest first."""
    return Job.objects.visible_to(actor).order_by("-pk")
