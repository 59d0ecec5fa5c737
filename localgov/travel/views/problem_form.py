"""แจ้งปัญหา: the public form about one item, and the thanks with a number. Never kept by caches: the form has its token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from localgov.travel import forms, services
from localgov.travel.states import ProblemKind
from localgov.travel.views.pages import TravelPage, item_or_404, item_url
from localgov.ui.pages import Crumb
from localgov.ui.public import not_there

_SALT = "localgov.travel.thanks"


class ProblemReport(TravelPage):
    """The form about an item that the public sees; 404 for any other."""

    cached: ClassVar[bool] = False
    title = _("แจ้งปัญหา")
    template = "travel/problem_form.html"
    item: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the item."""
        super().setup(request, *args, **kwargs)
        self.item = item_or_404(kwargs["kind"], kwargs["pk"])

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the item."""
        return (*super().breadcrumb(), Crumb(self.item.title, item_url(self.item)))

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """The empty form."""
        return self._page(forms.Problem())

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
        """Take the report, or say why not."""
        form = forms.Problem(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            report = services.problem_report(
                at=timezone.now(),
                item=services.ReportedItem(self.item.id, self.item.kind, self.item.title, self.item.unit_code),
                kind=ProblemKind(form.cleaned_data["kind"]),
                text=form.cleaned_data["text"],
                contact=form.cleaned_data["contact"],
                sender=services.sender_of(get_adapter().get_client_ip(request)),
            )
        except services.NotTaken as refusal:
            return self._page(form, status=429, refusal=refusal.message)
        return redirect("travel:problem-thanks", slug=signing.dumps(report.pk, salt=_SALT))

    def _page(self, form: forms.Problem, *, status: int = 200, refusal: str = "") -> HttpResponse:
        return self.render(status=status, item=self.item, item_url=item_url(self.item), form=form, refusal=refusal)


class ProblemThanks(TravelPage):
    """Thanks with the report's number; its address is signed, so that nobody pages through numbers."""

    cached: ClassVar[bool] = False
    title = _("ขอบคุณที่แจ้งปัญหา")
    template = "travel/problem_thanks.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The number."""
        try:
            number = int(signing.loads(slug, salt=_SALT))
        except (signing.BadSignature, ValueError, TypeError):
            raise not_there(gettext("ไม่พบเลขที่เรื่องนี้ โปรดเปิดจากหน้าที่ได้รับหลังแจ้งปัญหา")) from None
        return self.render(number=number, travel_url=reverse("travel:home"))
