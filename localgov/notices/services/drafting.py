"""Drafts of circulars: writing one, changing it, beginning a correction, throwing one away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.lib.thai_calendar import bangkok_date
from localgov.lib.thai_text import search_text
from localgov.lib.unit_types import UnitType
from localgov.notices import policies
from localgov.notices.models import Circular, CircularFile
from localgov.notices.models.circular import publishing_offices
from localgov.notices.selectors import addressing
from localgov.organisations.models import OrganisationVersion

_COPIED = (
    *("office_id", "office_path", "office_name", "number", "dated", "subject", "body", "finish_on", "round_id"),
    *("everywhere", "unit_types", "office_kinds", "provinces", "districts", "units", "search_text"),
)
_FILE_FACTS = ("name", "content_type", "size", "sha256", "file")


@dataclass(frozen=True)
class Text:
    """What a circular says. `finish_on` is the last day to finish; `round_id` the round that it is about."""

    number: str
    dated: date
    subject: str
    body: str = ""
    finish_on: date | None = None
    round_id: int | None = None
    change_note: str = ""


@dataclass(frozen=True)
class Audience:
    """To whom: `everywhere` under the office, or areas and single units by code; of areas the types and kinds of office."""

    everywhere: bool = True
    unit_types: Sequence[str] = tuple(one.value for one in UnitType)
    office_kinds: Sequence[str] = ()
    provinces: Sequence[str] = ()
    districts: Sequence[str] = ()
    units: Sequence[str] = ()


@transaction.atomic
def circular_draft(
    *, actor: Actor, at: datetime, text: Text, audience: Audience, circular_id: int | None = None
) -> Circular:
    """Write a new draft of the actor's office, or another text into a draft that is there.

    Raises:
        Denied: no officer of that office, published already, an area or unit outside the office's tree, nobody chosen,
            a day to finish before the letter's own date.
    """
    circular = _new(actor, at) if circular_id is None else Circular.objects.select_for_update().get(pk=circular_id)
    policies.can_edit(actor, circular).require()
    _require_text(text, is_correction=circular.replaces_id is not None)
    _require_audience(audience, office_path=circular.office_path, on=bangkok_date(at))
    for name in ("number", "dated", "subject", "body", "finish_on", "round_id"):
        setattr(circular, name, getattr(text, name))
    circular.change_note = text.change_note.strip() if circular.replaces_id else ""
    circular.search_text = search_text(f"{text.number} {text.subject}")
    circular.everywhere = audience.everywhere
    for name in ("unit_types", "office_kinds"):
        setattr(circular, name, list(getattr(audience, name)))
    for name in ("provinces", "districts", "units"):
        setattr(circular, name, [] if audience.everywhere else list(dict.fromkeys(getattr(audience, name))))
    circular.save()
    return circular


@transaction.atomic
def circular_correct(*, actor: Actor, at: datetime, circular_id: int) -> Circular:
    """The draft of the version that will replace a published circular: a copy of it, files too; the same draft again if begun.

    Raises `Denied` for another office and for what has ended.
    """
    old = Circular.objects.select_for_update().get(pk=circular_id)
    begun = Circular.objects.filter(replaces=old).first()
    if begun is not None:
        policies.can_edit(actor, begun).require()
        return begun
    policies.can_end(actor, old).require()
    new = Circular(
        **{name: getattr(old, name) for name in _COPIED},
        replaces=old,
        version=old.version + 1,
        drafted_by=actor.user_id,
        drafted_label=actor.label,
        drafted_at=at,
    )
    new.save(force_insert=True)
    CircularFile.objects.bulk_create(
        CircularFile(
            circular=new,
            added_by=actor.user_id,
            added_label=actor.label,
            at=at,
            **{name: getattr(one, name) for name in _FILE_FACTS},
        )
        for one in old.files.order_by("at", "pk")
    )
    return new


@transaction.atomic
def circular_discard(*, actor: Actor, circular_id: int) -> None:
    """Throw a draft away. The bytes of its files stay: a published version may hold the same. Raises `Denied`."""
    circular = Circular.objects.select_for_update().get(pk=circular_id)
    policies.can_edit(actor, circular).require()
    circular.delete()


def _new(actor: Actor, at: datetime) -> Circular:
    """An empty draft of the actor's office."""
    policies.can_write(actor).require()
    office = publishing_offices(actor)[0]
    version = OrganisationVersion.objects.in_force(bangkok_date(at)).get(organisation_id=office)
    return Circular(
        office_id=office,
        office_path=version.path,
        office_name=version.full_name,
        drafted_by=actor.user_id,
        drafted_label=actor.label,
        drafted_at=at,
    )


def _require_text(text: Text, *, is_correction: bool) -> None:
    if not text.number.strip() or not text.subject.strip():
        raise Denied("โปรดระบุเลขที่หนังสือและเรื่อง")
    if text.finish_on and text.finish_on < text.dated:
        raise Denied("วันที่ให้เสร็จต้องไม่ก่อนวันที่ของหนังสือ")
    if is_correction and not text.change_note.strip():
        raise Denied("โปรดระบุว่าฉบับนี้แก้ไขเรื่องใดจากฉบับก่อน")


def _require_audience(audience: Audience, *, office_path: str, on: date) -> None:
    """Each place is one of the office's own tree, and somebody is chosen there."""
    paths = {f"th.{code}.": code for code in audience.provinces}
    paths |= {f"th.{code[:2]}.{code}.": code for code in audience.districts}
    outside = [code for path, code in paths.items() if not path.startswith(office_path)]
    outside += addressing.unknown_units(list(audience.units), office_path=office_path, on=on)
    if outside and not audience.everywhere:
        raise Denied(f"ไม่มีหน่วยงานรหัส {', '.join(outside[:5])} ในสังกัดของท่าน จึงส่งหนังสือถึงไม่ได้")
    chosen = audience.everywhere or audience.provinces or audience.districts
    if chosen and not audience.unit_types and not audience.office_kinds:
        raise Denied("โปรดเลือกประเภท อปท. หรือสำนักงานที่จะได้รับหนังสือ")
    if not chosen and not audience.units:
        raise Denied("โปรดเลือกจังหวัด อำเภอ หรือระบุรหัสหน่วยงานที่จะได้รับหนังสือ")
