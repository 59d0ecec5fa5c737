"""Work in the background: asked for with its cause, seen by whom it concerns, tried again, taken up after a kill."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.jobs import selectors, services
from localgov.jobs.models import Job, JobState
from localgov.jobs.tasks import Outcome, Run, job_task
from tests.conftest import Person
from tests.jobs.running import run_queued, waiting

#: What the test's task did, in order; what it is to meet, in order.
done: list[str] = []
troubles: list[Exception] = []


@pytest.fixture(autouse=True)
def _task() -> Iterator[None]:
    """A task of the tests, gone afterwards."""

    @job_task("test:count")
    def count(run: Run, *, words: list[str]) -> Outcome:
        for number, word in enumerate(words, start=1):
            if troubles:
                raise troubles.pop(0)
            done.append(word)
            run.progress(number, len(words))
        return Outcome(f"นับแล้ว {len(words)} คำ", "/home/")

    yield
    del app.tasks["test:count"]
    done.clear()
    troubles.clear()


def ask(person: Person, at: datetime, *words: str) -> Job:
    return services.job_start(
        actor=person.actor,
        at=at,
        task="test:count",
        label="นับคำ",
        path="th.25.",
        total=len(words),
        arguments={"words": list(words)},
    )


@pytest.mark.django_db
def test_a_stranger_finds_neither_the_job_nor_its_line(
    province_officer: Person, stranger_officer: Person, unit_administrator: Person, auditor: Person, at: datetime
) -> None:
    job = ask(province_officer, at, "ก")
    page, rows = reverse("jobs:job-progress", args=[job.pk]), reverse("jobs:job-list")

    for person in (stranger_officer, unit_administrator):
        assert person.client().get(page).status_code == 404
        assert "นับคำ" not in person.client().get(rows).content.decode()
    for person in (province_officer, auditor):
        assert person.client().get(page).status_code == 200
        assert "นับคำ" in person.client().get(rows).content.decode()


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_asked_for(province_officer: Person, at: datetime) -> None:
    with transaction.atomic():
        ask(province_officer, at, "ก")
        asked = waiting("test:count")
        transaction.set_rollback(True)

    assert len(asked) == 1
    assert waiting("test:count") == []
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_refuses_a_task_that_nobody_declared(province_officer: Person, at: datetime) -> None:
    with pytest.raises(services.UnknownTask):
        services.job_start(actor=province_officer.actor, at=at, task="test:none", label="–", path="th.25.")

    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_job_is_done_and_tells_where_its_result_is(province_officer: Person, at: datetime) -> None:
    job = ask(province_officer, at, "ก", "ข")
    client, page = province_officer.client(), reverse("jobs:job-progress", args=[job.pk])
    waits = client.get(page, headers={"HX-Request": "true"})

    ran = run_queued()

    job.refresh_from_db()
    ended = client.get(page, headers={"HX-Request": "true"})
    assert (ran, done) == (1, ["ก", "ข"])
    assert (job.state, job.done, job.total, job.tries) == (JobState.DONE, 2, 2, 1)
    assert (job.message, job.result_url) == ("นับแล้ว 2 คำ", "/home/")
    assert 'hx-trigger="every 2s"' in waits.content.decode()
    assert "HX-Refresh" not in waits
    assert "hx-trigger" not in ended.content.decode()
    assert ended["HX-Refresh"] == "true"


@pytest.mark.django_db
def test_a_refusal_ends_the_job_with_its_reason(province_officer: Person, at: datetime) -> None:
    troubles.append(Denied("ไม่มีหน่วยงานที่ต้องนับ"))
    job = ask(province_officer, at, "ก")

    run_queued()

    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, "ไม่มีหน่วยงานที่ต้องนับ")
    assert waiting("test:count") == []


@pytest.mark.django_db
def test_an_error_is_tried_again_later_and_given_up_in_the_end(
    province_officer: Person, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    troubles.extend(OSError("เครื่องพิมพ์ไม่ตอบ") for _ in range(services.TRIES))
    job = ask(province_officer, at, "ก")

    for tried in range(1, services.TRIES + 1):
        assert run_queued(swallow=True) == 1
        job.refresh_from_db()
        assert job.tries == tried
        if tried < services.TRIES:
            assert job.state == JobState.QUEUED
            assert run_queued() == 0  # not before its time
            with connection.cursor() as cursor:
                cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")

    assert job.state == JobState.FAILED
    assert f"เลขที่งาน {job.pk}" in job.message
    assert waiting("test:count") == []


def die(job: Job, *, beat: str) -> None:
    """Let a worker fetch the job, begin it and give its last sign of life so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id", [beat]
        )
        (worker,) = cursor.fetchone()
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])


@pytest.mark.django_db
def test_what_a_killed_worker_left_is_taken_up_and_done(province_officer: Person, at: datetime) -> None:
    job = ask(province_officer, at, "ก")
    die(job, beat="31 seconds")
    services.job_begin(job_id=job.pk, at=at)

    taken = services.stalled_take_up(at=at)

    job.refresh_from_db()
    assert (taken, job.state) == (1, JobState.QUEUED)
    run_queued()
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.DONE, 2)


@pytest.mark.django_db
def test_what_a_living_worker_does_is_left_to_it(province_officer: Person, at: datetime) -> None:
    job = ask(province_officer, at, "ก")
    die(job, beat="1 second")

    assert services.stalled_take_up(at=at) == 0


@pytest.mark.django_db
def test_a_task_that_kills_every_worker_is_given_up(province_officer: Person, at: datetime) -> None:
    job = ask(province_officer, at, "ก")

    for _ in range(services.TRIES):
        die(job, beat="31 seconds")
        services.job_begin(job_id=job.pk, at=at)
        assert services.stalled_take_up(at=at) == 1

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "ถูกตัดกลางคัน" in job.message
    assert waiting("test:count") == []


@pytest.mark.django_db
def test_a_job_that_ended_is_not_done_again(province_officer: Person, at: datetime) -> None:
    job = ask(province_officer, at, "ก")
    services.job_finish(job=job, at=at + timedelta(minutes=1), message="ทำแล้ว")

    run_queued()

    assert done == []


def test_a_real_worker_does_what_waits(
    django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    """The command itself, with connections and threads of its own: so the job is committed, and removed by hand."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)  # its threads end with the test
    with django_db_blocker.unblock():
        job = services.job_start(
            actor=system_actor("ทดสอบ"), at=at, task="test:count", label="นับ", path="th.", arguments={"words": ["ก"]}
        )
        try:
            with ThreadPoolExecutor(max_workers=1) as own:  # the browser's tests leave a loop running in this thread
                own.submit(call_command, "work", until_empty=True).result()
            job.refresh_from_db()
            queue = selectors.queue()
        finally:
            job.delete()
            with connection.cursor() as cursor:  # the worker's clock may have queued what is periodic
                cursor.execute("DELETE FROM procrastinate_jobs")
            connection.close()

    assert (job.state, done) == (JobState.DONE, ["ก"])
    assert queue.workers == 0
