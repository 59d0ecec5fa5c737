"""The answer of a policy: allowed, or a Thai sentence that says why not."""

from dataclasses import dataclass


class Denied(Exception):
    """An act was refused; `reason` is a Thai sentence for the person who tried."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Decision:
    """Empty reason = allowed. The template shows the reason beside the disabled button, the service calls `require()`."""

    reason: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the act may go on."""
        return not self.reason

    def require(self) -> None:
        """Raise `Denied` with the reason unless allowed."""
        if self.reason:
            raise Denied(self.reason)


ALLOW = Decision()
