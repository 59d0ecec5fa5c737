"""Boards of one fiscal year at one moment: which year, which moment, which years were open then."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.filings.selectors.filing_page import FORM_CODE, current_year
from localgov.rounds.models import Round
from localgov.ui.moments import Asked, AtMoment, asked_moment


class OfYear(AtMoment):
    """A page of a fiscal year of the eight domains, which can show the past; named before the other base."""

    @cached_property
    def asked(self) -> Asked:
        """The moment of the address; refused where no year was open yet."""
        asked = asked_moment(self.request.GET.dict(), now=timezone.now())
        if asked.at and not any(one.recorded_at <= asked.at for one in self._every_round):
            return replace(asked, at=None, refusal=f"ขณะนั้น ({asked.text}) ยังไม่เปิดปีงบประมาณใด")
        return asked

    @cached_property
    def _every_round(self) -> list[Round]:
        return list(Round.objects.filter(form_code=FORM_CODE).order_by("-fiscal_year_be"))

    @cached_property
    def rounds(self) -> list[Round]:
        """The years that were open at the moment, newest first."""
        at = self.asked.at
        return [one for one in self._every_round if at is None or one.recorded_at <= at]

    @cached_property
    def round(self) -> Round:
        """The year asked for, else the running one. Raises Http404 when none was ever opened."""
        by_year = {str(one.fiscal_year_be): one for one in self.rounds}
        year = current_year(tuple(map(int, by_year)), at=self.asked.at or timezone.now())
        if year is None:
            raise Http404("ยังไม่เคยเปิดปีงบประมาณ")
        return by_year.get(self.request.GET.get("fiscal_year", ""), by_year[str(year)])

    @property
    def moment(self) -> dict[str, str]:
        """What links append to stay at the moment; nothing for the present."""
        return {"date": self.asked.date, "time": self.asked.time} if self.asked.at else {}
