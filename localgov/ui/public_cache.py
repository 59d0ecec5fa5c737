"""Public answers that this process has made, packed, the least used dropped first; bounded in bytes (PUBLIC_CACHE_MB)."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.conf import settings

Key = tuple[str, ...]
#: What an entry costs beside its body: key, headers, the table's own room.
_ENTRY = 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: the ETag of the state that it shows, its headers, its body packed by gzip."""

    etag: str
    headers: tuple[tuple[str, str], ...]
    packed: bytes


class PublicCache:
    """One answer an address; `limit` in bytes, 0 keeps nothing. Safe between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Kept | None:
        """What was kept for an address, whatever its state; now the most lately used."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, kept: Kept) -> None:
        """Keep it in place of what the address had; what alone would fill a quarter of the room is not kept."""
        with self._lock:
            self._drop(key)
            if _cost(kept) * 4 > self.limit:
                return
            self._kept[key] = kept
            self.size += _cost(kept)
            while self.size > self.limit:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.size = 0

    def _drop(self, key: Key) -> None:
        if (old := self._kept.pop(key, None)) is not None:
            self.size -= _cost(old)


def _cost(kept: Kept) -> int:
    return len(kept.packed) + _ENTRY


CACHE = PublicCache(settings.PUBLIC_CACHE_MB * 1024 * 1024)
