"""Composing a run of letters: who has not, to whom, in which words; look at it; make it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.lib.moments import MomentRefused, read_moment
from localgov.lib.numbers import format_number
from localgov.lib.thai_calendar import bangkok_date, fiscal_year_of, format_datetime
from localgov.monitoring.selectors.lagging import Cause, CauseUnfit, LaggingUnit
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.organisations.services.reset import installation_is_demo
from localgov.reports import paper, services, wording
from localgov.reports.addressing import LetterToBe, under_district
from localgov.reports.composing import compose
from localgov.reports.forms import LetterForm, QuestionForm
from localgov.reports.kinds import LetterKind, Numbering, Urgency
from localgov.reports.models import Letter, LetterRun
from localgov.reports.selectors.chasing import Question, chased, letters_to_be
from localgov.reports.selectors.offices import WritingOffice, wording_of, writing_office
from localgov.reports.services import RunOrder
from localgov.reports.wording import WordingRefused
from localgov.rounds import selectors as rounds
from localgov.rounds.models import Round
from localgov.ui.moments import Asked, asked_moment
from localgov.ui.pages import Crumb, Page

GROUP = "หนังสือติดตาม"


class _Composing(Page):
    """What composing and its preview share: the office, the question of the address, the list, the form of the letter."""

    permission: ClassVar[Permission | None] = Permission.LETTER_WRITE
    title = "ทำหนังสือติดตาม"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the office; the door has asked for the permission that makes one."""
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        office = writing_office(actor=self.request.actor, on=bangkok_date(self.at))
        if office is None:
            raise Http404
        self.office: WritingOffice = office

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the letters made."""
        return (Crumb(GROUP, reverse("reports:run-list")),)

    @cached_property
    def rounds(self) -> list[Round]:
        """Every round, newest first."""
        return list(rounds.rounds(actor=self.request.actor))

    @cached_property
    def question_form(self) -> QuestionForm:
        """The question of the address; what it does not say is proposed."""
        data = self._asked_for()
        province = data.get("province") or self.office.version.province_code
        return QuestionForm(
            data,
            rounds=[(str(one.pk), f"{one.title} ปีงบประมาณ {one.fiscal_year_be}") for one in self.rounds],
            kinds=self.office.kinds,
            provinces=[(one.code, one.name) for one in provinces_in_sight(self.request.actor, Permission.LETTER_WRITE)],
            districts=[
                (one.code, one.name)
                for one in districts_in_sight(self.request.actor, province, Permission.LETTER_WRITE)
            ],
        )

    def _asked_for(self) -> QueryDict:
        """The address with the proposals, and with a round named by its form and year, as the boards name it."""
        data = self.request.GET.copy()
        if not data.get("cause"):
            data["cause"] = Cause.NOT_SUBMITTED.value
        if not data.get("kind"):
            data["kind"] = self.office.kinds[0].value
        if not data.get("round"):
            form, year = data.get("form", ""), data.get("fiscal_year", "")
            named = [
                one
                for one in self.rounds
                if (not form or one.form_code == form) and (not year or str(one.fiscal_year_be) == year)
            ]
            if named:
                data["round"] = str(named[0].pk)
        return data

    @cached_property
    def asked(self) -> Asked:
        """The past moment of the address."""
        return asked_moment(self.request.GET.dict(), now=self.at)

    @property
    def kind(self) -> LetterKind:
        """The kind asked for."""
        return LetterKind(self.question_form.cleaned_data["kind"])

    @cached_property
    def question(self) -> Question:
        """The question, of a valid form."""
        cleaned = self.question_form.cleaned_data
        cause = Cause(cleaned["cause"])
        opened = next((one for one in self.rounds if one.pk == cleaned["round"]), None)
        opened = None if cause == Cause.IDLE else opened
        return Question(
            cause=cause,
            round=opened,
            fiscal_year=opened.fiscal_year_be if opened else fiscal_year_of(self.at),
            province_code=cleaned.get("province") or "",
            district_code=cleaned.get("district") or "",
            unit_type=cleaned["unit_type"],
        )

    def listed(self, as_of: datetime | None) -> tuple[list[LaggingUnit], list[LetterToBe]]:
        """The units that lag, and the letters that they make. Raises `CauseUnfit`."""
        units = chased(question=self.question, office=self.office, at=self.at, as_of=as_of)
        return units, letters_to_be(kind=self.kind, units=units, office=self.office)

    def letter_form(self, addressees: Sequence[LetterToBe], *, as_of: datetime | None, data: Any = None) -> LetterForm:
        """The form of the letter, proposing the office's own words."""
        question, has_round = self.question, self.question.round is not None
        words = wording_of(
            office_id=self.office.version.organisation_id, kind=self.kind, cause=question.cause, has_round=has_round
        )
        initial = {
            "number_prefix": self.office.head["number_prefix"],
            "numbering": Numbering.BLANK,
            "subject": words.subject,
            "body": words.body,
            "as_of": as_of.isoformat() if as_of else "",
        }
        choices = [(one.path, f"{one.to} ({format_number(len(one.units))} แห่ง)") for one in addressees]
        return LetterForm(data, kind=self.kind, has_round=has_round, addressees=choices, initial=initial)

    def order(self, form: LetterForm, *, as_of: datetime | None) -> RunOrder:
        """The order that a valid form means."""
        cleaned = form.cleaned_data
        return RunOrder(
            question=self.question,
            kind=self.kind,
            as_of=as_of,
            words=form.words,
            finish_by=form.finish,
            letter_date=cleaned["letter_date"],
            urgency=Urgency(cleaned["urgency"]),
            number_prefix=cleaned["number_prefix"],
            numbering=Numbering(cleaned["numbering"]),
            first_number=cleaned["first_number"],
            references=cleaned["references"],
            chosen=frozenset(cleaned["to"]),
            key=cleaned["key"],
        )

    def posted(self) -> tuple[LetterForm, datetime | None, list[LaggingUnit]]:
        """The form as it was sent, with the moment of its list. Raises `MomentRefused`, `CauseUnfit`."""
        typed = self.request.POST.get("as_of", "")
        as_of = read_moment(typed, now=self.at) if typed else None
        units, addressees = self.listed(as_of)
        return self.letter_form(addressees, as_of=as_of, data=self.request.POST), as_of, units

    def drafted(self, form: LetterForm, *, as_of: datetime | None) -> tuple[LetterRun, list[Letter]]:
        """The letters that a valid form would make. Raises `Denied`, `WordingRefused`."""
        return services.letters_drafted(
            actor=self.request.actor, at=self.at, office=self.office, order=self.order(form, as_of=as_of)
        )


class RunCompose(_Composing):
    """ทำหนังสือติดตาม: choose, write, look, make."""

    template = "reports/run_compose.html"
    screen_code = "LTR02"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The question, and under it the letter with its addressees."""
        if not self.question_form.is_valid() or self.asked.refusal:
            return self._page(status=422)
        as_of = self.asked.at
        try:
            units, addressees = self.listed(as_of)
        except CauseUnfit as unfit:
            self.question_form.add_error(None, unfit.reason)
            return self._page(status=422)
        return self._page(self.letter_form(addressees, as_of=as_of), as_of=as_of, units=units)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to the letter, on to its preview, or make it."""
        if not self.question_form.is_valid():
            return self._page(status=422)
        try:
            form, as_of, units = self.posted()
        except (MomentRefused, CauseUnfit) as refused:
            self.question_form.add_error(None, refused.reason)
            return self._page(status=422)
        if not form.is_valid():
            return self._page(form, as_of=as_of, units=units, status=422)
        if "edit" in request.POST:
            return self._page(form, as_of=as_of, units=units)
        try:
            if "confirmed" in request.POST:
                return self._make(form, as_of)
            run, letters = self.drafted(form, as_of=as_of)
        except (Denied, WordingRefused, CauseUnfit) as refused:
            form.add_error(None, refused.reason)
            return self._page(form, as_of=as_of, units=units, status=422)
        shown = compose(run, letters[0], is_demo=installation_is_demo())
        return self._page(form, as_of=as_of, units=units, preview=shown, run=run)

    def _make(self, form: LetterForm, as_of: datetime | None) -> HttpResponse:
        run = services.run_make(
            actor=self.request.actor, at=self.at, office=self.office, order=self.order(form, as_of=as_of)
        )
        if form.cleaned_data["keep_words"]:
            services.template_save(
                actor=self.request.actor,
                at=self.at,
                office=self.office.version,
                kind=self.kind,
                cause=self.question.cause,
                words=form.words,
                has_round=self.question.round is not None,
            )
        messages.success(self.request, f"ทำหนังสือ {format_number(run.letter_count)} ฉบับแล้ว ระบบกำลังพิมพ์")
        return redirect("reports:run-detail", pk=run.pk)

    def _page(
        self,
        form: LetterForm | None = None,
        *,
        as_of: datetime | None = None,
        units: Sequence[LaggingUnit] = (),
        status: int = 200,
        **context: Any,
    ) -> HttpResponse:
        has_round = form is not None and self.question.round is not None
        left_out = [unit for unit in units if not under_district(unit)] if form and self.kind == "DISTRICT" else []
        return self.render(
            status=status,
            office=self.office,
            question_form=self.question_form,
            asked=self.asked,
            form=form,
            units=len(units),
            left_out=len(left_out),
            direct_url=self._url(kind=LetterKind.DIRECT.value),
            taken_at=format_datetime(as_of or self.at),
            fields=wording.fields_for(self.kind, has_round=has_round).items() if form else (),
            preview_url=f"{reverse('reports:run-preview')}?{self.request.GET.urlencode()}",
            **context,
        )

    def _url(self, **changes: str) -> str:
        query = self.request.GET.copy()
        for name, value in changes.items():
            query[name] = value
        return f"{reverse('reports:run-compose')}?{query.urlencode()}"


class RunPreview(_Composing):
    """The first letter as PDF before anything is made."""

    own_key = "shows what would be made and changes nothing"

    def post(self, request: HttpRequest) -> HttpResponse:
        """The PDF, or the sentence that says what is missing."""
        if not self.question_form.is_valid():
            raise Denied("เงื่อนไขของรายชื่อไม่ถูกต้อง โปรดกลับไปแก้ไข")
        try:
            form, as_of, _units = self.posted()
            if not form.is_valid():
                raise Denied("แบบหนังสือยังกรอกไม่ครบ โปรดกลับไปแก้ไข")
            run, letters = self.drafted(form, as_of=as_of)
        except (MomentRefused, CauseUnfit, WordingRefused) as refused:
            raise Denied(refused.reason) from refused
        content = paper.letter_pdf(compose(run, letters[0], is_demo=installation_is_demo()), at=self.at)
        response = HttpResponse(content, content_type=paper.CONTENT_TYPE)
        response["Content-Disposition"] = 'inline; filename="letter-preview.pdf"'
        return response
