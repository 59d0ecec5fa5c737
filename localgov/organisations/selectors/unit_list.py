"""The list of units: what the actor may see, found by part of a name, a similar spelling, a code, an area, a type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When, Window

from localgov.access.actor import Actor
from localgov.lib.thai_text import search_text
from localgov.lib.unit_types import UnitType
from localgov.organisations.models import OrganisationVersion

#: A spelling is guessed from this many letters on; shorter ones are like everything.
_LEAST_FOR_SIMILAR: Final = 3


@dataclass(frozen=True)
class UnitSearch:
    """What is looked for; an empty field asks nothing."""

    text: str = ""
    province_code: str = ""
    district_code: str = ""
    unit_type: str = ""


def units(*, actor: Actor, on: date, search: UnitSearch) -> QuerySet[OrganisationVersion]:
    """Units in force on a day, in Thai order; with a text, those that contain it come before similar spellings.

    Rows found by a text carry `in_all`, how many were found, so that a list need not ask twice.
    """
    rows = OrganisationVersion.objects.visible_to(actor).in_force(on).units().select_related("organisation")
    equals = {
        name: value for name in ("province_code", "district_code", "unit_type") if (value := getattr(search, name))
    }
    rows = rows.filter(**equals)
    wanted = search_text(search.text)
    if not wanted:
        return rows.order_by("sort_key", "pk")
    contains, similar = Q(search_text__contains=wanted), _similar(wanted)
    nearness = Case(When(contains, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = rows.filter(contains | similar).annotate(nearness=nearness, in_all=Window(Count("pk")))
    return found.order_by("nearness", "sort_key", "pk")


def _similar(wanted: str) -> Q:
    """Rows that have a word like the name that was typed. The title says nothing about the spelling, only the type."""
    for unit_type in UnitType:
        name = wanted.removeprefix(unit_type.label)
        if name != wanted:
            return _like(name) & Q(unit_type=unit_type.value)
    return _like(wanted)


def _like(name: str) -> Q:
    if len(name) < _LEAST_FOR_SIMILAR or name.isdigit():
        return Q(pk__in=[])
    return Q(search_text__trigram_word_similar=name)
