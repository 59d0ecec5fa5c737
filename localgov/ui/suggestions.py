"""Suggestions while a reader types in a search of the public site; the search itself works without them (ADR 0030)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localgov.ui.public import PublicAnswer

LEAST_LETTERS: Final = 2
MOST_LETTERS: Final = 80
MOST_SHOWN: Final = 8


@dataclass(frozen=True)
class Suggestion:
    """One line: what it is called, what tells it from its namesakes, where it leads."""

    label: str
    note: str
    url: str


class Allowance:
    """How many answers a process may make: `burst` at once, then `rate` a second. Kept answers are given without it."""

    def __init__(self, *, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = burst, clock()

    def take(self) -> bool:
        """Take one if there is one. Threads may together take a few too many: it bounds work, nothing else."""
        now = self._clock()
        self._left = min(self._burst, self._left + max(0.0, now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Suggestions(PublicAnswer):
    """JSON for `assets/site/suggest.ts`: the lines and a sentence for screen readers. 429 when asked faster than is useful."""

    parameters = ("text",)
    allowance: ClassVar[Allowance]

    def found(self, text: str) -> Sequence[Suggestion]:
        """The nearest lines, at most `MOST_SHOWN`."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is near the text; nothing for less than two letters."""
        text = " ".join(request.GET.get("text", "")[:MOST_LETTERS].split())
        if len(text) < LEAST_LETTERS:
            return JsonResponse({"words": "", "items": []})
        if not self.allowance.take():
            return JsonResponse({"words": "", "items": []}, status=429, headers={"Retry-After": "1"})
        items = [{"label": one.label, "note": one.note, "url": one.url} for one in self.found(text)]
        count = len(items)
        words = (
            ngettext("มี %(count)s คำแนะนำ ใช้ลูกศรเลือก", "มี %(count)s คำแนะนำ ใช้ลูกศรเลือก", count) % {"count": count}
            if items
            else _("ไม่มีคำแนะนำ กด Enter เพื่อค้นหา")
        )
        return JsonResponse({"words": words, "items": items}, json_dumps_params={"ensure_ascii": False})
