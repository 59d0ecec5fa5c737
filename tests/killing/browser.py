"""A person's browser without a screen: cookies, the CSRF token, one request at a time."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

PATIENCE = 20.0


class Lost(Exception):
    """No answer that tells what became of the request: the line broke, or the server said that it is in trouble."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def json(self) -> dict[str, Any]:
        """The body as an object."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def at_door(self) -> bool:
        """Whether the server asks to sign in (again)."""
        return self.status == 302 and "/accounts/login" in self.location


@dataclass
class Browser:
    """One signed-in person. `statuses` counts the answers of trouble (5xx) by status."""

    port: int
    username: str
    trouble: dict[int, int]
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, password: str) -> None:
        """Raises `Lost`, also when the account was refused."""
        self.get("/accounts/login/")
        reply = self.post("/accounts/login/", {"login": self.username, "password": password})
        if reply.status != 302:
            raise Lost(f"{self.username}: {reply.status}")

    def get(self, path: str) -> Reply:
        """Fetch a page. Raises `Lost`."""
        return self._send("GET", path, None, {})

    def post(self, path: str, fields: dict[str, Any]) -> Reply:
        """Post a form. Raises `Lost`."""
        return self._send("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def post_json(self, path: str, body: dict[str, Any]) -> Reply:
        """Post as the page's script does. Raises `Lost`."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return self._send("POST", path, json.dumps(body), headers)

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers |= {"Cookie": cookie, "X-CSRFToken": self.cookies.get("csrftoken", "")}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body.encode() if body is not None else None, headers=headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise Lost(repr(error)) from error
        finally:
            connection.close()
        if response.status >= 500:
            self.trouble[response.status] = self.trouble.get(response.status, 0) + 1
            raise Lost(str(response.status))
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Reply(response.status, response.headers.get("Location", ""), text)
