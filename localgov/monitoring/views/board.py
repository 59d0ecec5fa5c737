"""What the boards of a round share: the round asked for, the moment, and the actor's own tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.forms import selectors as forms
from localgov.monitoring.selectors import Filter
from localgov.organisations.selectors.sight import districts_in_sight, is_unit_path, provinces_in_sight
from localgov.rounds.models import Round
from localgov.ui.letters import letter_button
from localgov.ui.lists import AddButton, ListPage
from localgov.ui.moments import Asked, AtMoment, asked_moment

MAIN_FORM = "eight_domains"


def sees_one_unit(scopes: Sequence[str]) -> bool:
    """Whether scopes are those of a unit's people."""
    return all(is_unit_path(scope) for scope in scopes)


class Board(AtMoment, ListPage):
    """A board of a round. `form_first`: the form that is shown when none is asked for; empty = the newest other one."""

    permission = Permission.MONITOR_VIEW
    form_first: ClassVar[str] = MAIN_FORM

    @cached_property
    def now(self) -> datetime:
        """The moment of asking."""
        return timezone.now()

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The actor's scopes."""
        return self.request.actor.scopes(Permission.MONITOR_VIEW)

    @cached_property
    def all_rounds(self) -> list[Round]:
        """Rounds of every form, newest year first (1 query)."""
        return list(Round.objects.order_by("-fiscal_year_be", "form_code"))

    @cached_property
    def asked(self) -> Asked:
        """The moment of the address; refused where no round was open yet."""
        asked = asked_moment(self.request.GET.dict(), now=self.now)
        if asked.at and not any(round.recorded_at <= asked.at for round in self.all_rounds):
            return replace(asked, at=None, refusal=f"ขณะนั้น ({asked.text}) ยังไม่เปิดรอบบันทึกข้อมูล")
        return asked

    @cached_property
    def known_rounds(self) -> list[Round]:
        """The rounds that were open at the moment asked for."""
        at = self.asked.at
        return [round for round in self.all_rounds if at is None or round.recorded_at <= at]

    @cached_property
    def round_forms(self) -> list[tuple[str, str]]:
        """The forms that were ever asked: code and the title of the newest round, the eight domains first."""
        titles: dict[str, str] = {}
        for round in self.known_rounds:
            titles.setdefault(round.form_code, round.title)
        return sorted(titles.items(), key=lambda one: (one[0] != MAIN_FORM, one[1]))

    @cached_property
    def form_code(self) -> str:
        """The form asked for, else the first of this page that was ever asked. Raises Http404 when none was."""
        codes = [code for code, _ in self.round_forms]
        if not codes:
            raise Http404("ยังไม่เคยเปิดรอบบันทึกข้อมูล")
        asked = self.request.GET.get("form", "")
        if asked in codes:
            return asked
        if self.form_first in codes:
            return self.form_first
        return next((code for code in codes if code != MAIN_FORM), codes[0])

    @cached_property
    def rounds(self) -> list[Round]:
        """Rounds of the form, newest first."""
        return [round for round in self.known_rounds if round.form_code == self.form_code]

    @cached_property
    def round(self) -> Round:
        """The round of the year asked for, else the newest of the form. Raises Http404 when none was ever opened."""
        asked = self.request.GET.get("fiscal_year", "")
        return next((round for round in self.rounds if str(round.fiscal_year_be) == asked), self.rounds[0])

    @property
    def years(self) -> list[int]:
        """Years that can be chosen."""
        return [round.fiscal_year_be for round in self.rounds]

    @cached_property
    def provinces(self) -> list[tuple[str, str]]:
        """Provinces that the actor's scopes touch, in Thai order."""
        found = provinces_in_sight(self.request.actor, Permission.MONITOR_VIEW)
        return [(province.code, province.name) for province in found]

    def districts(self, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Districts of the one province shown that the actor's scopes touch."""
        code = data.get("province") or (self.provinces[0][0] if len(self.provinces) == 1 else "")
        found = districts_in_sight(self.request.actor, code, Permission.MONITOR_VIEW)
        return [(district.code, district.name) for district in found]

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The sheets of the round's form."""
        return list(forms.sheet_labels(self.round.form_version_id).items())

    def choices(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the search form offers."""
        return {
            "round_forms": self.round_forms,
            "years": self.years,
            "provinces": self.provinces,
            "districts": self.districts(data),
            "sections": self.sections,
        }

    def wanted(self, search: Mapping[str, Any]) -> Filter:
        """The filter that a search means."""
        days = search.get("days")
        return Filter(
            prefixes=self.prefixes,
            region=search.get("region") or "",
            province_code=search.get("province") or "",
            district_code=search.get("district") or "",
            unit_type=search.get("unit_type") or "",
            section=search.get("section") or "",
            status=search.get("status") or "",
            time_status=search.get("time_status") or "",
            name=(search.get("name") or "").strip(),
            waiting_since=(self.asked.at or self.now) - timedelta(days=days) if days else None,
            as_of=self.asked.at,
        )

    def kept(self, search: Mapping[str, Any], *names: str) -> dict[str, Any]:
        """What links to another board bring along: the round, the moment, and these parts of the search."""
        kept: dict[str, Any] = {} if self.form_code == MAIN_FORM else {"form": self.form_code}
        kept |= {"fiscal_year": self.round.fiscal_year_be}
        kept |= {"date": self.asked.date, "time": self.asked.time} if self.asked.at else {}
        return kept | {name: value for name in names if (value := search.get(name))}

    def letter_button(self, cause: str) -> AddButton | None:
        """ทำหนังสือติดตาม of what is shown."""
        search = self.request.GET.dict()
        return letter_button(
            actor=self.request.actor, cause=cause, search=search, **{"form": self.form_code} | self.kept(search)
        )
