"""The real server, or the bare one for the limits: granian as production runs it, on a free port."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.stage import REPOSITORY
from bin.run import end_with_parent, server_command

_SECONDS_TO_SERVE = 60


@contextmanager
def serving(
    *, environment: Mapping[str, str], log: Path, application: str = "config.wsgi:application"
) -> Iterator[int]:
    """Serve an application for as long as the block lasts; yields the port."""
    port = _free_port()
    command = server_command("127.0.0.1", port, application=application)
    with log.open("ab") as lines:
        process = subprocess.Popen(  # noqa: S603
            command,
            env=dict(environment),
            cwd=REPOSITORY,
            stdout=lines,
            stderr=lines,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        try:
            _wait(process, port, log)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(_SECONDS_TO_SERVE)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_SERVE
    while process.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"the server did not answer; see {log} (process {process.pid}, parent {os.getpid()})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
