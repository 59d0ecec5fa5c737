"""Adding and editing an item: its fields, its pictures and documents, what is pointed out before it is kept.

Everything works without a script: each button of the pictures sends the whole form, which comes back as it was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.filings.uploads import LARGEST, NotAcceptable, clean_name
from localgov.jobs.models import Job
from localgov.lib.coordinates import NotAPoint
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.maps import ProvinceMap, province_map
from localgov.organisations.models import OrganisationVersion
from localgov.publishing import contents, documents, forms, pictures, policies, services
from localgov.publishing.contents import NotComplete
from localgov.publishing.models import Document, Item, Picture
from localgov.publishing.personal import Found
from localgov.publishing.selectors.items import documents_of_unit, pictures_of_unit
from localgov.publishing.selectors.units import own_unit
from localgov.publishing.services import DocumentSaid, NotConfirmed, OutOfDate, PictureSaid
from localgov.publishing.services.items import MOST_PICTURES
from localgov.publishing.showing import LABELS
from localgov.publishing.states import PublishedKind
from localgov.publishing.views.lists import GROUP, item_url, list_url
from localgov.publishing.views.pages import ItemPage
from localgov.ui.pages import Crumb, Page

_MAP_SIZE = 360
_LONGEST_ALT = 200


@dataclass
class Chosen:
    """A picture in the form: the row, and what was written about it."""

    picture: Picture
    alt: str


@dataclass
class Enclosed:
    """A document in the form: the row, and what readers will see as its name."""

    document: Document
    name: str


class _Editing(Page):
    """What adding and editing have in common."""

    permission: ClassVar[Permission | None] = Permission.PUBLISH_RECORD
    template = "publishing/item_form.html"
    kind: PublishedKind
    unit: OrganisationVersion
    enclosed: Sequence[Enclosed] = ()
    document_faults: Sequence[str] = ()

    def keep(self, form: forms.ItemForm, **attached: Any) -> Item:
        """Write what was typed; `attached` are `pictures` and `documents`."""
        raise NotImplementedError

    def standing(self) -> Item | None:
        """The item that is edited."""
        return None

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it; or take pictures in, put them in order, and show the form again."""
        form = forms.ItemForm(self.kind, request.POST, item=self.standing())
        form.is_valid()
        chosen, self.enclosed = self._chosen(), self._enclosed()
        faults, job = self._take_in(chosen)
        self.document_faults = self._take_in_documents()
        is_faulty = bool(faults or self.document_faults)
        act, _, which = request.POST.get("act", "save").partition(":")
        if act != "save":
            _arrange(chosen, act, which)
            if act == "drop":
                self.enclosed = [one for one in self.enclosed if str(one.document.pk) != which]
            return self.page(self._untold(form), chosen, faults=faults, job=job, status=422 if is_faulty else 200)
        if is_faulty or form.errors:
            return self.page(form, chosen, faults=faults, job=job, status=422)
        try:
            item = self.keep(
                form,
                pictures=[PictureSaid(one.picture.pk, one.alt) for one in chosen],
                documents=[DocumentSaid(one.document.pk, one.name) for one in self.enclosed],
            )
        except NotComplete as refusal:
            form.refuse(refusal.errors)
            faults = [refusal.errors["pictures"]] if "pictures" in refusal.errors else []
            self.document_faults = [refusal.errors["documents"]] if "documents" in refusal.errors else []
            return self.page(form, chosen, faults=faults, job=job, status=422)
        except NotConfirmed as refusal:
            return self.page(form, chosen, found=refusal.found, job=job, status=422)
        except OutOfDate as refusal:
            return self.page(self._as_now(), chosen, refusal=refusal.message, job=job, status=409)
        messages.success(request, f"บันทึก “{item.newest.title if item.newest else ''}” แล้ว")
        return redirect(item_url(item))

    def page(
        self,
        form: forms.ItemForm,
        chosen: Sequence[Chosen],
        *,
        faults: Sequence[str] = (),
        found: Sequence[Found] = (),
        refusal: str = "",
        job: Job | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The form."""
        drawn = province_map(province_code=self.unit.province_code, size=_MAP_SIZE)
        return self.render(
            form=form,
            kind=self.kind,
            words=LABELS[self.kind],
            is_place=self.kind is PublishedKind.PLACE,
            chosen=chosen,
            most_pictures=MOST_PICTURES,
            takes_documents=self.kind is PublishedKind.NEWS,
            enclosed=self.enclosed,
            most_documents=documents.MOST,
            document_faults=self.document_faults,
            faults=faults,
            found=found,
            ask_confirmation=bool(found) or bool(form["confirmed"].value()),
            refusal=refusal,
            job=job,
            unit=self.unit,
            map=drawn,
            mark=_mark(form, drawn),
            cancel_url=self.cancel_url,
            status=status,
        )

    @property
    def cancel_url(self) -> str:
        """Where ยกเลิก leads."""
        return list_url(self.kind)

    def _asked(self, name: str) -> list[int]:
        """The numbers that the form holds under a name, in its order."""
        return [int(pk) for pk in self.request.POST.getlist(name) if pk.isascii() and pk.isdigit() and len(pk) < 18]

    def _enclosed(self) -> list[Enclosed]:
        """The documents that the form holds, in its order."""
        kept = documents_of_unit(organisation_id=self.unit.organisation_id, ids=self._asked("document"))
        longest = documents.LONGEST_NAME + 1
        return [Enclosed(one, self.request.POST.get(f"name_{one.pk}", "")[:longest]) for one in kept]

    def _take_in_documents(self) -> list[str]:
        """Keep the documents that were sent, at the end; a sentence for each file that can't be kept."""
        faults: list[str] = []
        enclosed = list(self.enclosed)
        for sent in self.request.FILES.getlist("documents"):
            if len(enclosed) >= documents.MOST:
                faults.append(f"“{sent.name}”: แนบเอกสารได้ไม่เกิน {documents.MOST} ไฟล์")
                continue
            try:
                document = services.document_add(
                    actor=self.request.actor,
                    at=timezone.now(),
                    organisation_id=self.unit.organisation_id,
                    name=sent.name or "",
                    content=sent.read(LARGEST + 1),
                )
            except NotAcceptable as refusal:
                faults.append(f"“{sent.name}”: {refusal.message}")
                continue
            if document.pk not in [one.document.pk for one in enclosed]:
                stem = clean_name(sent.name or "", document.suffix).removesuffix(document.suffix)
                enclosed.append(Enclosed(document, stem))
        self.enclosed = enclosed
        return faults

    def _chosen(self) -> list[Chosen]:
        """The pictures that the form holds, in its order."""
        kept = pictures_of_unit(organisation_id=self.unit.organisation_id, ids=self._asked("picture"))
        return [Chosen(one, self.request.POST.get(f"alt_{one.pk}", "")[: _LONGEST_ALT + 1]) for one in kept]

    def _take_in(self, chosen: list[Chosen]) -> tuple[list[str], Job | None]:
        """Keep the pictures that were sent, at the end; a sentence for each file that can't be kept."""
        faults: list[str] = []
        fresh: list[Picture] = []
        known = {one.picture.pk for one in chosen}
        for sent in self.request.FILES.getlist("files"):
            if len(chosen) >= MOST_PICTURES:
                faults.append(f"“{sent.name}”: แนบรูปได้ไม่เกิน {MOST_PICTURES} รูป")
                continue
            try:
                picture = services.picture_add(
                    actor=self.request.actor,
                    at=timezone.now(),
                    organisation_id=self.unit.organisation_id,
                    content=sent.read(pictures.LARGEST + 1),
                )
            except pictures.NotAPicture as refusal:
                faults.append(f"“{sent.name}”: {refusal.message}")
                continue
            if picture.pk not in known:
                known.add(picture.pk)
                fresh.append(picture)
                chosen.append(Chosen(picture, ""))
        job = services.thumbnails_ask(actor=self.request.actor, at=timezone.now(), pictures=fresh, path=self.unit.path)
        return faults, job

    def _untold(self, form: forms.ItemForm) -> forms.ItemForm:
        """The form as typed, without sentences about what is not finished yet."""
        again = forms.ItemForm(self.kind, item=self.standing())
        as_typed = {name: form.data.get(name, "") for name in again.fields}
        again.initial = {**again.initial, **as_typed, "confirmed": "confirmed" in form.data}
        return again

    def _as_now(self) -> forms.ItemForm:
        """What was typed, for a person who has been told that there is a newer version."""
        data = self.request.POST.copy()
        item = self.standing()
        data["seen"] = str(item.newest.number if item and item.newest else 0)
        form = forms.ItemForm(self.kind, data, item=item)
        form.is_valid()
        return form


class ItemAdd(_Editing):
    """A new item of the actor's unit."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """For which unit; 404 for whom records nowhere."""
        super().setup(request, *args, **kwargs)
        unit = own_unit(actor=self.request.actor, on=bangkok_date(timezone.now()))
        if unit is None and self.request.actor.scopes(Permission.PUBLISH_RECORD):
            raise Http404
        if unit is not None:
            self.unit = unit

    def page_title(self) -> str:
        """What is added."""
        return f"เพิ่ม{self.kind.label}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(GROUP), Crumb(str(self.kind.label), list_url(self.kind)))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self.page(forms.ItemForm(self.kind), [])

    def keep(self, form: forms.ItemForm, **attached: Any) -> Item:
        """Enter it."""
        return services.item_create(
            actor=self.request.actor,
            at=timezone.now(),
            organisation_id=self.unit.organisation_id,
            kind=self.kind,
            typed=form.typed,
            **attached,
            displayed=form.cleaned_data["displayed"] == "yes",
            confirmed=form.cleaned_data["confirmed"],
        )


class NewsAdd(ItemAdd):
    """ABT015: a piece of news."""

    screen_code = "ABT015"
    kind = PublishedKind.NEWS


class ProductAdd(ItemAdd):
    """ABT017: a product."""

    screen_code = "ABT017"
    kind = PublishedKind.PRODUCT


class PlaceAdd(ItemAdd):
    """ABT018: a place."""

    screen_code = "ABT018"
    kind = PublishedKind.PLACE


class ItemEdit(ItemPage, _Editing):
    """ABT019: the next version of an item."""

    permission: ClassVar[Permission | None] = Permission.PUBLISH_RECORD
    template = "publishing/item_form.html"
    screen_code = "ABT019"
    title = "แก้ไข"

    @property
    def cancel_url(self) -> str:
        """Back to the item."""
        return item_url(self.item)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A deleted item is not edited."""
        super().setup(request, *args, **kwargs)
        if self.item.deleted_at is not None:
            raise Http404

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What stands now."""
        policies.can_record(self.request.actor, self.unit).require()
        chosen = [Chosen(one.picture, one.alt) for one in self.newest.pictures.all()]
        self.enclosed = [Enclosed(one.document, one.name) for one in self.newest.documents.all()]
        return self.page(forms.ItemForm(self.kind, item=self.item), chosen)

    def standing(self) -> Item | None:
        """Itself."""
        return self.item

    def keep(self, form: forms.ItemForm, **attached: Any) -> Item:
        """Write the next version."""
        return services.item_change(
            actor=self.request.actor,
            at=timezone.now(),
            item_id=self.item.pk,
            seen=form.cleaned_data["seen"] or 0,
            typed=form.typed,
            **attached,
            displayed=form.cleaned_data["displayed"] == "yes",
            confirmed=form.cleaned_data["confirmed"],
        )


def _arrange(chosen: list[Chosen], act: str, which: str) -> None:
    """Move a picture up or down, or take it out; anything else leaves them as they are."""
    place = next((place for place, one in enumerate(chosen) if str(one.picture.pk) == which), None)
    if place is None:
        return
    other = {"up": place - 1, "down": place + 1}.get(act)
    if act == "remove":
        del chosen[place]
    elif other is not None and 0 <= other < len(chosen):
        chosen[place], chosen[other] = chosen[other], chosen[place]


def _mark(form: forms.ItemForm, drawn: ProvinceMap | None) -> tuple[str, str] | None:
    """Where the typed point stands on the map; None without a point that can be read."""
    try:
        point = contents.point_typed(str(form["latitude"].value() or ""), str(form["longitude"].value() or ""))
    except NotAPoint:
        return None
    return drawn.place(latitude=point.lat, longitude=point.lon) if drawn and point else None
