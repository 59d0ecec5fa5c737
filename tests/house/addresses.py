"""Every address of the URLconf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver

Parts = Mapping[str, object]


@dataclass(frozen=True)
class Address:
    """One line of the URLconf."""

    name: str
    route: str
    view: Any

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts that vary."""
        return tuple(re.findall(r"<(?:\w+:)?(\w+)>", self.route))

    def path(self, parts: Parts) -> str:
        """The address with its parts filled in, even by what its converters would never match."""
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: quote(str(parts[match[1]]), safe=""), self.route)
        return f"/{filled}"

    @property
    def is_public(self) -> bool:
        """Whether a stranger may open it."""
        return bool(getattr(self.view, "public", False))

    def answers(self, method: str) -> bool:
        """Whether the view has a handler for the method."""
        allowed = method in getattr(self.view, "http_method_names", ())
        return allowed and hasattr(self.view, method)


def _walk(patterns: Any, route: str = "", namespace: str = "") -> Iterator[Address]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, f"{route}{one.pattern}", inner)
        elif isinstance(one, URLPattern):
            view = getattr(one.callback, "view_class", one.callback)
            yield Address(f"{namespace}{one.name}", f"{route}{one.pattern}", view)


ADDRESSES = tuple(_walk(get_resolver().url_patterns))
