"""The clients: many keep-alive connections in one process, which costs the server's processors as little as it can.

    python -m bench.load JOB.json OUTCOME.json

A job holds requests and the number of clients. Either the clients share one queue (`lanes` of one list) or each client is a
user with requests of its own. A client sends its next request when the answer to its last has come: there is no thinking time.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_TIMEOUT = 30.0


@dataclass(frozen=True)
class Request:
    """One request. `head`: header lines of its own; `kind` groups times; `saves`: answers that must come back as saved."""

    kind: str
    path: str
    head: str = ""
    body: str = ""
    saves: int = 0


@dataclass(frozen=True)
class Job:
    """What is sent. `shared`: the clients take from the first lane; else each lane is a client. `seconds`: then they stop."""

    port: int
    lanes: Sequence[Sequence[Request]]
    clients: int
    seconds: float
    shared: bool = True


@dataclass
class Outcome:
    """What came back: milliseconds by kind, what failed and why, and how much of a processor the clients took."""

    seconds: float = 0.0
    times: dict[str, list[float]] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    bytes_by_kind: dict[str, int] = field(default_factory=dict)
    cpu_share: float = 0.0
    ran_dry: bool = False

    @property
    def all_times(self) -> list[float]:
        """Milliseconds of every answered request."""
        return [one for times in self.times.values() for one in times]

    @property
    def per_second(self) -> float:
        """Answered requests a second."""
        return len(self.all_times) / self.seconds if self.seconds else 0.0

    @property
    def failures(self) -> int:
        """Requests that were refused, wrong or never answered."""
        return sum(self.failed.values())


def percentile(times: Sequence[float], share: float) -> float:
    """The time that this share of requests does not exceed; 0 without any."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def run(job: Job) -> Outcome:
    """Send a job from a process of its own and wait for what came of it."""
    with tempfile.TemporaryDirectory(prefix="bench-load-") as folder:
        job_file, outcome_file = Path(folder) / "job.json", Path(folder) / "outcome.json"
        job_file.write_text(json.dumps(asdict(job)), encoding="utf-8")
        command = [sys.executable, "-m", "bench.load", str(job_file), str(outcome_file)]
        subprocess.run(command, check=True)  # noqa: S603
        return Outcome(**json.loads(outcome_file.read_text(encoding="utf-8")))


# --- in the clients' process -----------------------------------------------------------------------------------------


class _Client:
    """One keep-alive connection."""

    def __init__(self, port: int, outcome: Outcome, failed: Counter[str]) -> None:
        self.port = port
        self.outcome = outcome
        self.failed = failed
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def work(self, queue: deque[dict[str, Any]], until: float) -> None:
        while time.perf_counter() < until:
            if not queue:
                self.outcome.ran_dry = True
                return
            await self.send(queue.popleft())
        if self.streams is not None:
            self.streams[1].close()

    async def send(self, request: dict[str, Any]) -> None:
        started = time.perf_counter()
        try:
            status, body = await asyncio.wait_for(self._exchange(request), _TIMEOUT)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            self.streams = None
            self.failed[f"{request['kind']}: {type(error).__name__}"] += 1
            return
        self.outcome.times.setdefault(request["kind"], []).append((time.perf_counter() - started) * 1000)
        self.outcome.bytes_by_kind[request["kind"]] = len(body)
        if not 200 <= status < 400:
            self.failed[f"{request['kind']}: {status}"] += 1
        elif request["saves"] and not _all_saved(body, request["saves"]):
            self.failed[f"{request['kind']}: not all saved"] += 1

    async def _exchange(self, request: dict[str, Any]) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        reader, writer = self.streams
        writer.write(_wire(request, self.port))
        head = await reader.readuntil(b"\r\n\r\n")
        status, lines = int(head[9:12]), head.lower()
        mark = lines.find(b"content-length:")
        if mark >= 0:
            body = await reader.readexactly(int(lines[mark + 15 : lines.index(b"\r\n", mark)]))
        else:
            body = await _chunks(reader) if b"transfer-encoding: chunked" in lines else b""
        if b"connection: close" in lines:
            writer.close()
            self.streams = None
        return status, body


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


def _wire(request: dict[str, Any], port: int) -> bytes:
    body: bytes = request["body"].encode()
    method = "POST" if body else "GET"
    sent = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
    return (
        f"{method} {request['path']} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{request['head']}{sent}\r\n".encode() + body
    )


def _all_saved(body: bytes, wanted: int) -> bool:
    reply = json.loads(body)
    return len(reply["saved"]) == wanted and not reply["refused"] and bool(reply["receipt"])


async def _run(job: dict[str, Any]) -> Outcome:
    outcome, failed = Outcome(), Counter[str]()
    lanes = [deque(lane) for lane in job["lanes"]]
    queues = lanes[:1] * job["clients"] if job["shared"] else lanes[: job["clients"]]
    cpu, started = time.process_time(), time.perf_counter()
    until = started + job["seconds"]
    await asyncio.gather(*(_Client(job["port"], outcome, failed).work(queue, until) for queue in queues))
    outcome.seconds = time.perf_counter() - started
    outcome.cpu_share = (time.process_time() - cpu) / outcome.seconds
    outcome.failed = dict(failed)
    return outcome


def main() -> int:
    """Read a job, run it, write the outcome."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    outcome = asyncio.run(_run(job))
    Path(sys.argv[2]).write_text(json.dumps(asdict(outcome)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
