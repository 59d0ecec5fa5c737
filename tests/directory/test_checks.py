"""Whether recorded websites answer: asked of real servers on this machine, and never of an internal address."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from localgov.directory import services
from localgov.directory.models import WebsiteCheck
from localgov.directory.probe import MOST_REDIRECTS, Found, Prober, is_public
from localgov.directory.selectors.checks import addresses_due
from localgov.directory.states import CheckResult
from localgov.directory.tasks import check_by_the_clock, check_websites
from localgov.rounds.models import RosterEntry
from localgov.ui.moments import moment_suffix
from tests.conftest import Person
from tests.directory.test_info11 import sheet_of
from tests.filings.test_standings import database_now

HERE = "127.0.0.1"
OUR = "http://www.ban-satit.example.go.th/"


class Site(BaseHTTPRequestHandler):
    """What the paths of a test's website do; it notes who asked for what."""

    asked: list[tuple[str, str, str]]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        name = self.path.strip("/")
        if name == "drip":
            with_patience = iter(lambda: self.wfile.write(b"H"), None)
            try:
                for _ in with_patience:
                    threading.Event().wait(0.05)
            except OSError:
                return
        moved = {"loop": "/loop", "file": "file:///etc/passwd"}.get(name)
        moved = moved or (name.removeprefix("to=") if name.startswith("to=") else None)
        status = (
            302
            if moved
            else 405
            if (name, self.command) == ("no-head", "HEAD")
            else int(name)
            if name.isdigit()
            else 200
        )
        self.send_response(status)
        if moved:
            self.send_header("Location", moved)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Nothing on standard error."""


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[int, list[Any]]]]:
    """Starts a website on this machine; gives its port and what it was asked."""
    servers = []

    def start(context: ssl.SSLContext | None = None) -> tuple[int, list[Any]]:
        asked: list[Any] = []
        server = ThreadingHTTPServer((HERE, 0), type("Asked", (Site,), {"asked": asked}))
        server.daemon_threads = True
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return server.server_port, asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


NAMES = {"www.here.example": HERE, "here.example": HERE, "other.example": HERE, "inside.example": "127.0.0.2"}


def resolve(host: str, port: int) -> list[str]:
    if host not in NAMES:
        raise socket.gaierror
    return [NAMES[host]]


def prober(*ports: int, **more: Any) -> Prober:
    """A prober for which this machine's first address is the public internet."""
    return Prober("test", resolve=resolve, may_connect=lambda one: one == HERE, ports=ports, step_seconds=3, **more)


@pytest.mark.parametrize(
    ("path", "result", "detail"),
    [
        ("", CheckResult.ANSWERS, ""),
        ("no-head", CheckResult.ANSWERS, ""),
        ("403", CheckResult.ANSWERS, ""),
        ("404", CheckResult.NO_ANSWER, "ไม่พบหน้าเว็บ (รหัส 404)"),
        ("503", CheckResult.NO_ANSWER, "เว็บแจ้งว่าขัดข้อง (รหัส 503)"),
        ("to=/403", CheckResult.ANSWERS, ""),
        ("loop", CheckResult.NO_ANSWER, "ส่งต่อไปที่อื่นเกิน 5 ครั้ง"),
        ("to=http://inside.example:{port}/", CheckResult.NO_ANSWER, "ชี้ไปที่เครื่องภายใน ไม่ใช่เว็บสาธารณะ จึงไม่ตรวจ"),
        ("file", CheckResult.NO_ANSWER, "ส่งต่อไปยังที่อยู่ที่ไม่ใช่เว็บ"),
        ("to=http://a:b@here.example/", CheckResult.NO_ANSWER, "ที่อยู่มีชื่อผู้ใช้หรือรหัสผ่านอยู่ข้างใน จึงไม่ตรวจ"),
        ("to=http://here.example:22/", CheckResult.NO_ANSWER, "ไม่ตรวจช่องทาง 22: ตรวจเฉพาะเว็บที่เปิดทางช่องทาง 80 และ 443"),
    ],
)
def test_says_what_became_of_an_address(
    serve: Callable[..., tuple[int, list[Any]]], path: str, result: CheckResult, detail: str
) -> None:
    port, asked = serve()

    found = prober(port).probe(f"http://www.here.example:{port}/{path.format(port=port)}")

    assert (found.result, found.detail) == (result, detail)
    assert {agent for _, _, agent in asked} == {"test"}
    assert len(asked) <= MOST_REDIRECTS + 1


def test_a_site_under_another_name_has_moved_and_www_is_no_other_name(
    serve: Callable[..., tuple[int, list[Any]]],
) -> None:
    port, _ = serve()
    start = f"http://www.here.example:{port}/to="

    assert prober(port).probe(f"{start}http://here.example:{port}/") == Found(CheckResult.ANSWERS)
    moved = prober(port).probe(f"{start}http://other.example:{port}/new")
    assert moved == Found(CheckResult.MOVED, moved_to=f"http://other.example:{port}/new")


@pytest.mark.parametrize("url", ["http://nowhere.example/", "http://inside.example/", "http://a@here.example/"])
def test_a_refused_address_is_not_even_called(serve: Callable[..., tuple[int, list[Any]]], url: str) -> None:
    port, asked = serve()

    found = prober(80, port).probe(url.replace(".example/", f".example:{port}/"))

    assert found.result == CheckResult.NO_ANSWER
    assert asked == []


def test_connects_to_the_address_that_was_looked_at_though_the_name_changes_its_mind(
    serve: Callable[..., tuple[int, list[Any]]],
) -> None:
    port, asked = serve()
    answers = iter([[HERE], ["127.0.0.2"]])
    rebinding = Prober("test", resolve=lambda *_: next(answers), may_connect=lambda one: one == HERE, ports=[port])

    assert rebinding.probe(f"http://rebinding.example:{port}/no-head").result == CheckResult.ANSWERS

    assert [method for method, *_ in asked] == ["HEAD", "GET"]
    assert next(answers) == ["127.0.0.2"], "the name was asked once"


def test_one_internal_address_among_several_is_enough_to_refuse(serve: Callable[..., tuple[int, list[Any]]]) -> None:
    port, asked = serve()
    both = Prober("test", resolve=lambda *_: [HERE, "10.0.0.1"], may_connect=lambda one: one == HERE, ports=[port])

    assert both.probe(f"http://both.example:{port}/").result == CheckResult.NO_ANSWER
    assert asked == []


def test_a_site_that_drips_is_left(serve: Callable[..., tuple[int, list[Any]]]) -> None:
    port, _ = serve()

    found = prober(port, all_seconds=0.3).probe(f"http://here.example:{port}/drip")

    assert found == Found(CheckResult.NO_ANSWER, "ไม่ตอบภายในเวลาที่รอ")


def greet(listening: socket.socket) -> None:
    """Two callers, in the tongue of a mail server."""
    for _ in range(2):
        with listening.accept()[0] as caller:
            caller.sendall(b"220 smtp\r\n")


def test_a_closed_port_and_a_server_that_is_no_website_do_not_answer() -> None:
    with socket.create_server((HERE, 0)) as listening:
        port = listening.getsockname()[1]
        threading.Thread(target=lambda: greet(listening), daemon=True).start()
        assert prober(port).probe(f"http://here.example:{port}/").result == CheckResult.NO_ANSWER
    assert prober(port).probe(f"http://here.example:{port}/").result == CheckResult.NO_ANSWER


def certificate(folder: Path, name: str, *, expired: bool = False) -> tuple[ssl.SSLContext, str]:
    """A server's context with a certificate of its own for a name, and the certificate."""
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} {expired}")])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2021, 1, 1) if expired else now + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    own = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(own + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, own.decode()


def test_faults_of_a_certificate_are_told_apart(serve: Callable[..., tuple[int, list[Any]]], tmp_path: Path) -> None:
    context, own = certificate(tmp_path, "here.example")
    old_context, old = certificate(tmp_path, "here.example", expired=True)
    (port, _), (old_port, _) = serve(context), serve(old_context)
    ports = (port, old_port)
    known = prober(*ports, trusted=ssl.create_default_context(cadata=own + old))

    assert known.probe(f"https://here.example:{port}/").result == CheckResult.ANSWERS
    faults = [
        known.probe(f"https://other.example:{port}/"),
        known.probe(f"https://here.example:{old_port}/"),
        prober(*ports).probe(f"https://here.example:{port}/"),
    ]
    assert [one.detail for one in faults] == ["ใบรับรองเป็นของชื่อเว็บอื่น", "ใบรับรองหมดอายุ", "ใบรับรองที่เว็บออกให้ตัวเอง"]
    assert {one.result for one in faults} == {CheckResult.BAD_CERTIFICATE}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "not an address", "",
    ],
)  # fmt: skip
def test_is_no_public_address(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.113.0.1", "2001:4860:4860::8888"])
def test_is_a_public_address(address: str) -> None:
    assert ip_address(address).is_global
    assert is_public(address)


def test_a_name_in_numbers_that_means_this_machine_is_refused_by_the_real_resolver() -> None:
    for host in ("2130706433", "0x7f.1", "localhost", "[::1]"):
        assert Prober("test").probe(f"http://{host}/").detail == "ชี้ไปที่เครื่องภายใน ไม่ใช่เว็บสาธารณะ จึงไม่ตรวจ"


# --- what is kept and shown ------------------------------------------------------------------------------------------------


@pytest.fixture
def told(entry: RosterEntry, recorder: Person, at: datetime) -> RosterEntry:
    """Our unit has a website."""
    services.website_record(actor=recorder.actor, at=at, entry=entry, address=OUR, seen=0)
    return entry


def keep(at: datetime, result: CheckResult, **more: str) -> WebsiteCheck:
    services.website_checks_keep(at=at, found={OUR: Found(result, **more)})
    return WebsiteCheck.objects.get(url=OUR)


def test_is_asked_first_at_once_then_after_three_days_or_one_where_it_had_a_fault(
    told: RosterEntry, at: datetime
) -> None:
    def due(days: int) -> list[str]:
        return addresses_due(at=at + timedelta(days=days, hours=1), most=10)

    assert addresses_due(at=at, most=10) == [OUR]
    keep(at, CheckResult.ANSWERS)
    assert (due(1), due(3)) == ([], [OUR])
    keep(at, CheckResult.NO_ANSWER)
    assert (due(0), due(1)) == ([], [OUR])


def test_the_same_result_keeps_its_first_moment(told: RosterEntry, at: datetime) -> None:
    keep(at, CheckResult.NO_ANSWER, detail="ไม่พบหน้าเว็บ (รหัส 404)")
    later = keep(at + timedelta(days=1), CheckResult.NO_ANSWER)
    assert (later.since, later.checked_at) == (at, at + timedelta(days=1))
    assert keep(at + timedelta(days=2), CheckResult.ANSWERS).since == at + timedelta(days=2)


def test_nobody_is_asked_unless_the_installation_wants_it(told: RosterEntry, settings: Any) -> None:
    assert settings.WEBSITE_CHECKS is False

    check_by_the_clock()

    assert not WebsiteCheck.objects.exists()


def test_a_batch_asks_and_keeps(told: RosterEntry, settings: Any) -> None:
    assert check_websites(prober(80)) == 1

    assert WebsiteCheck.objects.get().text.endswith("(ไม่พบชื่อเว็บนี้ในระบบชื่อโดเมน)")
    assert check_websites(prober(80)) == 0


def test_officers_see_it_the_public_does_not(
    told: RosterEntry, recorder: Person, province_officer: Person, settings: Any, at: datetime, client: Any
) -> None:
    keep(at, CheckResult.NO_ANSWER, detail="ไม่พบหน้าเว็บ (รหัส 404)")
    settings.WEBSITE_CHECKS = True
    list_of_25 = reverse("directory:website-status-detail", args=["25"])
    own = reverse("directory:website-detail", kwargs={"fiscal_year": 2570, "unit_code": told.code})

    assert "(ไม่พบหน้าเว็บ (รหัส 404))" in recorder.client().get(own).content.decode()
    officer = province_officer.client()
    rows = sheet_of(officer.get(list_of_25, {"check": "NO_ANSWER", "export": "xlsx"}))
    assert rows[0][-1] == "ผลตรวจที่อยู่เว็บไซต์"
    assert [(row[0], row[-1].startswith("ไม่ตอบ ตั้งแต่")) for row in rows[1:]] == [(told.short_name, True)]
    assert len(sheet_of(officer.get(list_of_25, {"check": "MOVED", "export": "xlsx"}))) == 1
    assert OUR in (public := client.get(reverse("websites:website-list")).content.decode())
    assert "ไม่ตอบ" not in public


def test_a_past_moment_shows_no_check(told: RosterEntry, province_officer: Person, settings: Any, at: datetime) -> None:
    keep(at, CheckResult.NO_ANSWER)
    settings.WEBSITE_CHECKS = True

    moment = database_now()
    with time_machine.travel(moment + timedelta(minutes=1), tick=True):
        detail = reverse("directory:website-status-detail", args=["25"])
        page = province_officer.client().get(detail + moment_suffix(moment))

    assert "(ไม่ใช่ปัจจุบัน)" in page.content.decode()
    assert "ไม่ตอบ" not in page.content.decode().partition("<main")[2]


@pytest.mark.parametrize(
    "row",
    [
        {"result": "ELSE", "moved_to": ""},
        {"result": "MOVED", "moved_to": ""},
        {"result": "ANSWERS", "moved_to": "http://a.example/"},
    ],
)
def test_the_database_refuses_a_check_that_says_nothing_true(db: None, row: dict[str, str], at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WebsiteCheck.objects.create(url=OUR, checked_at=at, since=at, **row)
