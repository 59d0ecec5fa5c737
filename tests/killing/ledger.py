"""What was sent and what was acknowledged, kept in a file so that a soak can be broken off and gone on with."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Sent:
    """One act on its way. `kind`: batch, step (also amendments and returns), sign. `reply`: set once acknowledged."""

    id: str
    kind: str
    unit: str
    section: str
    action: str
    username: str
    path: str
    body: dict[str, Any]
    reply: dict[str, Any] | None = None
    refused: str = ""
    applied_before: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet what became of it."""
        return self.reply is None and not self.refused


@dataclass
class Ledger:
    """All acts in the order of sending. Safe for several threads."""

    path: Path
    acts: dict[str, Sent] = field(default_factory=dict)
    acknowledged: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if not self.path.exists():
            return
        for line in self.path.read_text(encoding="utf-8").splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # the last line of a soak that was killed itself
            if "sent" in entry:
                self.acts[entry["sent"]["id"]] = Sent(**entry["sent"])
            else:
                act = self.acts[entry["id"]]
                act.reply, act.refused = entry.get("reply"), entry.get("refused", "")

    def send(self, act: Sent) -> None:
        """Note an act before it is sent."""
        self.acts[act.id] = act
        self._write({"sent": asdict(act)})

    def acknowledge(self, act: Sent, reply: dict[str, Any]) -> None:
        """Note the answer that made it certain."""
        act.reply = reply
        self.acknowledged += 1
        self._write({"id": act.id, "reply": reply})

    def refuse(self, act: Sent, reason: str) -> None:
        """Note that the server refused it."""
        act.refused = reason
        self._write({"id": act.id, "refused": reason})

    def _write(self, entry: dict[str, Any]) -> None:
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
