"""The way from a list of who has not to the letter about it (`reports`, which stands above the rooms that show such lists)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.ui.lists import AddButton

_LABEL = "ทำหนังสือติดตาม"
#: What a letter can be narrowed to; a list filtered by anything else would be chased too widely.
_PLACES = ("province", "district", "unit_type")


def letter_button(*, actor: Actor, cause: str, search: Mapping[str, Any], **place: Any) -> AddButton | None:
    """ทำหนังสือติดตาม about a cause, for whoever writes letters.

    `search` is the list's filter, `place` what names its round and moment (`form`, `fiscal_year`, `date`, `time`).
    """
    if not actor.scopes(Permission.LETTER_WRITE):
        return None
    types = search.get("unit_type") or ""
    if not isinstance(types, str):
        types = types[0] if len(types) == 1 else ("" if not types else None)
    if types is None or any(
        search.get(name) for name in ("region", "name", "time_status", "section", "status", "days")
    ):
        return AddButton("", _LABEL, "หนังสือเลือก อปท. ได้ตามจังหวัด อำเภอ และประเภทหนึ่งเท่านั้น โปรดล้างเงื่อนไขอื่นก่อน")
    asked = {name: search.get(name) for name in _PLACES} | {"unit_type": types, "cause": cause} | place
    return AddButton(
        f"{reverse('reports:run-compose')}?{urlencode({name: value for name, value in asked.items() if value})}", _LABEL
    )
