"""The bare WSGI application of the limits: it asks the database what a page asks, answers as many bytes, and does nothing else.

`BENCH_BARE` names a JSON file: `{"dsn": …, "pages": {kind: {"sql": [...], "bytes": n, "undo": bool, "type": "text/html"}}}`.
The header `X-Bench-Kind` chooses the page. `undo`: the statements write, so they are rolled back.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg

_JOB: dict[str, Any] = json.loads(Path(os.environ["BENCH_BARE"]).read_text(encoding="utf-8"))
_PAGES: dict[str, Any] = _JOB["pages"]
_BODIES = {kind: b"<!doctype html><title>.</title><!--" + b"x" * page["bytes"] for kind, page in _PAGES.items()}
_HELD = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One page of the job, by its kind; anything else says that the server is up."""
    kind = environ.get("HTTP_X_BENCH_KIND", environ.get("QUERY_STRING", ""))
    page = _PAGES.get(kind)
    if page is None:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"ok"]
    if int(environ.get("CONTENT_LENGTH") or 0):
        environ["wsgi.input"].read()
    _ask(page)
    body = _BODIES[kind][: max(page["bytes"], 1)]
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def _ask(page: dict[str, Any]) -> None:
    connection: psycopg.Connection[Any] | None = getattr(_HELD, "connection", None)
    if connection is None:
        connection = _HELD.connection = psycopg.connect(_JOB["dsn"], autocommit=True)
    if page["undo"]:
        connection.execute("BEGIN")
    for statement in page["sql"]:
        cursor = connection.execute(statement)
        if cursor.description:
            cursor.fetchall()
    if page["undo"]:
        connection.execute("ROLLBACK")
