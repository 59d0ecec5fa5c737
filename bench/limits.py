"""What the machine could do at best for a page, measured in the same run: its SQL by psycopg, as many bytes by a bare server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, transaction
from django.test import Client

from bench import load
from bench.server import serving
from bench.stage import Stage
from config.embedded_postgres import APP_ROLE

_IGNORED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO", "BEGIN", "COMMIT", "ROLLBACK")
_WRITES = ("INSERT", "UPDATE", "DELETE", "SELECT nextval")


@dataclass(frozen=True)
class Page:
    """One request of the program as the database and the line see it."""

    sql: tuple[str, ...]
    size: int

    @property
    def undo(self) -> bool:
        """Whether it writes."""
        return any(statement.startswith(_WRITES) for statement in self.sql)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that this process sends meanwhile, with their parameters written in."""
    asked: list[str] = []

    def note(execute: Callable[..., Any], query: Any, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.append(psycopg.ClientCursor(connection.connection).mogrify(query, parameters).strip())
        return execute(query, parameters, many, context)

    with connection.execute_wrapper(note):
        yield asked


class _Undo(Exception):
    """Ends the transaction in which a page was looked at."""


def page_of(request: load.Request) -> Page:
    """The SQL and the size of one request, seen from inside; whatever it wrote is undone."""
    client = Client(SERVER_NAME="127.0.0.1")
    headers = _headers(request.head)
    cookies = dict(part.split("=", 1) for part in headers.pop("Cookie", "").split("; ") if part)
    client.cookies.load(cookies)
    found: list[Page] = []
    try:
        with transaction.atomic(), statements() as asked:
            if request.body:
                answer = client.post(request.path, data=request.body, content_type="application/json", headers=headers)
            else:
                answer = client.get(request.path, headers=headers)
            if answer.status_code >= 400:
                raise RuntimeError(f"{request.path} answered {answer.status_code}")
            size = len(answer.content)
            found.append(Page(tuple(one for one in asked if not one.startswith(_IGNORED)), size))
            raise _Undo
    except _Undo:
        return found[0]


@contextmanager
def bare_server(stage: Stage, database: str, pages: dict[str, Page]) -> Iterator[int]:
    """The bare application with some pages, under the same server; yields its port."""
    job = {
        "dsn": stage.cluster.dsn(role=APP_ROLE, database=database),
        "pages": {kind: {"sql": page.sql, "bytes": page.size, "undo": page.undo} for kind, page in pages.items()},
    }
    file = stage.folder / "bare.json"
    file.write_text(json.dumps(job), encoding="utf-8")
    environment = stage.environment(database) | {"BENCH_BARE": str(file)}
    with serving(environment=environment, log=stage.folder / "bare.log", application="bench.bare:application") as port:
        yield port


def bare(requests: Sequence[Sequence[load.Request]]) -> list[list[load.Request]]:
    """The same requests as the bare server understands them."""
    return [
        [load.Request(one.kind, "/", f"{one.head}X-Bench-Kind: {one.kind}\r\n", one.body) for one in lane]
        for lane in requests
    ]


def _headers(head: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in head.splitlines() if line)


def median_ms(work: Any, *, times: int = 15) -> float:
    """The middle of some runs of a function, in milliseconds; the first, which warms up, is not counted."""
    work()
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)[len(found) // 2]
