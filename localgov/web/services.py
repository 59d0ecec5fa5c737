"""A button pressed again, by a second click, an impatient reload or a proxy, has the effect of one press (ADR 0010)."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from localgov.web.models import Press

#: For so long a second press gets the first one's answer; an older form is judged by the state of things alone.
KEPT_FOR = timedelta(days=1)
_NONCE_BYTES = 12
_DROPPED_AT_ONCE = 100


@dataclass(frozen=True)
class Form:
    """What was pressed: whose, where, which rendering of the form (`nonce`), and what it said (`content`, a digest)."""

    user_id: int
    path: str
    nonce: str
    content: str

    @property
    def key(self) -> str:
        """The name of the press; nothing of the form can be read from it."""
        return hashlib.sha256(self._bytes("press")).hexdigest()

    @property
    def seal(self) -> bytes:
        """The key of the kept answer (an answer may show one-time codes): 32 bytes that only this form and we know."""
        return hashlib.sha256(self._bytes(settings.SECRET_KEY)).digest()

    def _bytes(self, purpose: str) -> bytes:
        return json.dumps([purpose, self.user_id, self.path, self.nonce, self.content]).encode()


def press_once(*, form: Form, at: datetime, act: Callable[[], HttpResponseBase]) -> tuple[HttpResponseBase, datetime]:
    """Run `act` unless this very form was sent before, and answer as the first time; with the moment of the first press.

    Pressed fifty times at once, the first writes its row and acts in one transaction; the others wait on that row. A refusal
    (400 and up) is not kept: the same form may be pressed again once nothing stands in its way.
    """
    with transaction.atomic():
        if not _is_first(form, at):
            return _again(form)
        response = act()
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            Press.objects.filter(key=form.key).delete()
        else:
            Press.objects.filter(key=form.key).update(sealed=_sealed(form, response))
            _forget(before=at - KEPT_FOR)
        return response, at


def _is_first(form: Form, at: datetime) -> bool:
    """Whether the row is new; waits while another press of the same form is under way."""
    written = Press.objects.filter(key=form.key)
    if written.exists():
        return False
    Press.objects.bulk_create([Press(key=form.key, user_id=form.user_id, at=at)], ignore_conflicts=True)
    return not written.exclude(sealed=None).exists()


def _forget(*, before: datetime) -> None:
    """Drop old rows, a few at a time, whoever's; what another press is dropping is left to it."""
    old = Press.objects.filter(at__lt=before).order_by("at").select_for_update(skip_locked=True)
    Press.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:_DROPPED_AT_ONCE])).delete()


def _sealed(form: Form, response: HttpResponseBase) -> bytes:
    """The answer as it is kept: packed, and locked with the form's key."""
    head = json.dumps({"status": response.status_code, "headers": dict(response.items())}).encode()
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(form.seal).encrypt(nonce, zlib.compress(head + b"\n" + _body(response)), None)


def _body(response: HttpResponseBase) -> bytes:
    """What the answer holds; a file is read, and given back to be sent."""
    if isinstance(response, StreamingHttpResponse):
        body = b"".join(cast("Iterable[bytes]", response.streaming_content))
        response.streaming_content = [body]
        return body
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return cast(HttpResponse, response).content


def _again(form: Form) -> tuple[HttpResponse, datetime]:
    """The answer of the first press, and when it was."""
    press = Press.objects.get(key=form.key)
    kept = bytes(press.sealed or b"")
    opened = zlib.decompress(AESGCM(form.seal).decrypt(kept[:_NONCE_BYTES], kept[_NONCE_BYTES:], None))
    head, _, body = opened.partition(b"\n")
    told = json.loads(head)
    return HttpResponse(body, status=told["status"], headers=told["headers"]), press.at
