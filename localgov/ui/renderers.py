"""How form controls are written: Django's own templates, but the common ones by `markup`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

from localgov.ui import markup

_WIDGETS: Final = "django/forms/widgets"
_WRITTEN: Final[dict[str, Callable[[Mapping[str, Any]], SafeString]]] = {
    f"{_WIDGETS}/select.html": markup.select,
    **{f"{_WIDGETS}/{kind}.html": markup.box for kind in ("text", "number", "email", "hidden", "password", "url")},
}


class FormRenderer(DjangoTemplates):
    """A list of all provinces costs a template eighty times a template."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """One control."""
        write = _WRITTEN.get(template_name)
        if write is not None:
            return write(context["widget"])
        return SafeString(super().render(template_name, context, request))
