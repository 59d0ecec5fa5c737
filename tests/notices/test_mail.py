"""E-mails: seen by their tree, sent once, tried again, given up, and never lost or doubled by a kill."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.audit.models import Event
from localgov.notices import services, tasks
from localgov.notices.models import Mail
from localgov.notices.selectors import mails
from localgov.notices.services import Letter
from localgov.notices.states import MailKind, MailState
from tests.conftest import Person
from tests.jobs.running import run_queued
from tests.notices.mail_server import MailServer, free_port, mail_server

SYSTEM = system_actor("ทดสอบ")


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """A mail server that works."""
    with mail_server(settings) as running:
        yield running


def letter(name: str = "somboon", **changes: Any) -> Letter:
    known = {
        "kind": MailKind.REMINDER,
        "cause_key": f"test:{name}",
        "to": f"{name}@example.go.th",
        "to_label": "อบต.บ้านสาธิต",
        "path": "th.25.2501.6250101.",
        "subject": "แจ้งเตือนการบันทึกข้อมูล",
        "body": "เรียน ผู้ดูแลระบบ INFO\n\nยังไม่เริ่มบันทึก\n",
    }
    return Letter(**known | changes)


def queue(*letters: Letter, at: datetime | None = None) -> list[Mail]:
    services.mails_queue(actor=SYSTEM, at=at or timezone.now(), letters=letters)
    return list(Mail.objects.filter(cause_key__in=[one.cause_key for one in letters]).order_by("pk"))


@pytest.mark.django_db
def test_a_stranger_sees_no_e_mail_of_the_next_province_and_sends_none(
    stranger_officer: Person, province_officer: Person, department_officer: Person, recorder: Person, at: datetime
) -> None:
    (mail,) = queue(letter())
    services.mail_not_taken(mail=mail, at=at, reason="ไม่รับ", for_good=True)
    page, retry = reverse("mail:mail-detail", args=[mail.pk]), reverse("mail:mail-retry", args=[mail.pk])

    assert stranger_officer.client().get(page).status_code == 404
    assert "somboon" not in stranger_officer.client().get(reverse("mail:mail-list")).content.decode()
    assert recorder.client().get(reverse("mail:mail-list")).status_code == 403
    assert "somboon" in province_officer.client().get(reverse("mail:mail-list")).content.decode()
    assert province_officer.client().post(retry).status_code == 403  # reads, but does not send again
    assert department_officer.client().post(retry).status_code == 302
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED


@pytest.mark.django_db
def test_all_that_failed_of_a_search_are_sent_again_in_one_act_and_nothing_else(
    province_officer: Person, department_officer: Person, stranger_officer: Person, at: datetime
) -> None:
    there = letter(cause_key="there", to="other@example.go.th", path="th.27.2701.6270101.")
    failed, elsewhere, unknown, _ = queue(letter(), there, letter(cause_key="u"), letter(cause_key="w"))
    for mail in (failed, elsewhere):
        services.mail_not_taken(mail=mail, at=at, reason="ไม่รับ", for_good=True)
    services.mail_unclear(mail=unknown)
    many = reverse("mail:mail-retry-many")
    department = department_officer.client()

    assert f"{many}?words=somboon" in department.get(reverse("mail:mail-list"), {"words": "somboon"}).content.decode()
    assert many not in province_officer.client().get(reverse("mail:mail-list")).content.decode()
    assert province_officer.client().post(many).status_code == 403
    assert department.get(f"{many}?state=ELSE").status_code == 404
    assert "ส่งอีเมลที่ไม่สำเร็จ 1 ฉบับ" in department.get(f"{many}?words=somboon").content.decode()
    assert department.post(f"{many}?words=somboon").status_code == 302
    assert department.post(f"{many}?words=somboon").status_code == 409

    states = {mail.cause_key: mail.state for mail in Mail.objects.all()}
    assert states == {failed.cause_key: "QUEUED", "there": "FAILED", "u": "UNKNOWN", "w": "QUEUED"}
    event = Event.objects.get(type="mail.retry_many")
    assert (event.data["mails"], event.path) == ([failed.pk], failed.path)


@pytest.mark.django_db
def test_an_e_mail_arrives_once_as_it_was_written(server: MailServer) -> None:
    (mail,) = queue(letter())
    services.mails_queue(actor=SYSTEM, at=timezone.now(), letters=[letter(subject="อีกฉบับ")])  # the same cause

    run_queued()
    tasks.send_outbox()

    mail.refresh_from_db()
    (taken,) = server.taken
    text = taken.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().replace("\r\n", "\n") == mail.body
    assert taken["Message-ID"] == mail.message_id
    assert server.recipients == ["somboon@example.go.th"]
    assert (mail.state, mail.tries, mail.last_error) == (MailState.SENT, 1, "")


@pytest.mark.django_db
def test_a_refused_recipient_is_given_up_and_the_others_are_sent(server: MailServer, operator: Person) -> None:
    server.answers["gone@example.go.th"] = ["550 no such user"]
    gone, here = queue(letter("gone"), letter("here"))

    tasks.send_outbox()

    gone.refresh_from_db()
    here.refresh_from_db()
    assert (gone.state, here.state) == (MailState.FAILED, MailState.SENT)
    assert "550 no such user" in gone.last_error
    page = operator.client().get(reverse("mail:mail-list"), {"state": "FAILED"}).content.decode()
    assert "gone@example.go.th" in page
    assert "here@example.go.th" not in page


@pytest.mark.django_db
def test_a_recipient_refused_for_now_is_tried_again_later(server: MailServer) -> None:
    server.answers["busy@example.go.th"] = ["451 try again later", "250 OK"]
    (mail,) = queue(letter("busy"))
    tasks.send_outbox()
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (MailState.QUEUED, 1)
    assert timedelta(seconds=50) < mail.next_try_at - timezone.now() <= timedelta(minutes=1)

    tasks.send_outbox()  # not before its time
    assert server.taken == []
    server.answers.clear()
    Mail.objects.update(next_try_at=timezone.now())
    tasks.send_outbox()

    mail.refresh_from_db()
    assert (mail.state, len(server.taken)) == (MailState.SENT, 1)


@pytest.mark.django_db
def test_what_is_refused_for_now_for_ever_is_given_up(server: MailServer) -> None:
    server.answers["busy@example.go.th"] = ["451 try again later"]
    (mail,) = queue(letter("busy"))

    for _ in range(8):
        assert mail.state == MailState.QUEUED
        Mail.objects.update(next_try_at=timezone.now())
        tasks.send_outbox()
        mail.refresh_from_db()

    assert (mail.state, mail.tries) == (MailState.FAILED, 8)


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["down", "tls", "unset"])
def test_without_a_server_everything_waits_and_the_page_says_why(
    trouble: str, server: MailServer, settings: Any, operator: Person
) -> None:
    (mail,) = queue(letter())
    if trouble == "down":
        settings.EMAIL_PORT = free_port()
    elif trouble == "tls":
        settings.EMAIL_USE_TLS = True  # which the server does not speak
    else:
        settings.EMAIL_HOST = ""

    tasks.send_outbox()

    mail.refresh_from_db()
    page = operator.client().get(reverse("mail:mail-list")).content.decode()
    said = {"down": "ต่อเครื่องส่งอีเมลไม่ได้", "tls": "STARTTLS", "unset": "ยังไม่ได้กำหนดเครื่องส่งอีเมล"}[trouble]
    assert (mail.state, mail.tries, server.taken) == (MailState.QUEUED, 0, [])
    assert said in page

    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    if trouble != "down":
        tasks.send_outbox()
        assert len(server.taken) == 1
        assert mails.server_trouble() is None


@pytest.mark.django_db
def test_what_a_killed_worker_left_is_not_sent_again_by_itself(
    server: MailServer, operator: Person, at: datetime
) -> None:
    (mail,) = queue(letter())
    services.mail_claim(at=timezone.now())  # and the worker is killed before or after the server's answer: who knows

    tasks.send_outbox()
    services.mails_sort_out(at=timezone.now() + timedelta(minutes=16))
    tasks.send_outbox()

    mail.refresh_from_db()
    assert (mail.state, server.taken) == (MailState.UNKNOWN, [])
    operator.client().post(reverse("mail:mail-retry", args=[mail.pk]))
    run_queued()
    assert [taken["Message-ID"] for taken in server.taken] == [mail.message_id]


@pytest.mark.django_db
def test_a_connection_broken_after_the_text_leaves_it_unclear(server: MailServer) -> None:
    server.hangs_up_after_text = True
    (mail,) = queue(letter())

    tasks.send_outbox()
    tasks.send_outbox()

    mail.refresh_from_db()
    assert (mail.state, len(server.taken)) == (MailState.UNKNOWN, 1)


@pytest.mark.django_db
def test_what_is_no_longer_worth_sending_is_not_sent(server: MailServer) -> None:
    (mail,) = queue(letter(not_after=timezone.now() - timedelta(minutes=1)))

    tasks.send_outbox()

    mail.refresh_from_db()
    assert (mail.state, server.taken) == (MailState.FAILED, [])
    assert "พ้นเวลา" in mail.last_error


@pytest.mark.django_db
def test_an_address_that_can_not_be_written_fails_alone(server: MailServer) -> None:
    broken, fine = queue(letter("broken", to="นาย ก@example.go.th"), letter("fine"))

    tasks.send_outbox()

    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.state, fine.state) == (MailState.FAILED, MailState.SENT)


def test_two_workers_send_each_e_mail_once(
    django_db_setup: None, django_db_blocker: Any, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two threads with connections of their own, so the e-mails are committed, and removed by hand."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    names = [f"unit{number}" for number in range(20)]

    def work() -> None:
        try:
            tasks.send_outbox()
        finally:
            connection.close()

    with django_db_blocker.unblock():
        try:
            written = queue(*(letter(name) for name in names))
            workers = [threading.Thread(target=work) for _ in range(2)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            states = set(Mail.objects.filter(pk__in=[mail.pk for mail in written]).values_list("state", flat=True))
        finally:
            Mail.objects.filter(cause_key__startswith="test:").delete()
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs")
            connection.close()

    assert states == {MailState.SENT}
    assert sorted(server.recipients) == sorted(f"{name}@example.go.th" for name in names)
