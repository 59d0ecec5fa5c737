"""What is asked of the public site: by words, kind and area, or around a point."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from localgov.publishing.states import CATEGORIES, PublishedKind
from localgov.travel import looks
from localgov.travel.area_names import named_districts, named_provinces

#: Kilometres around a point, the first where nothing is chosen.
WITHIN: Final = (25, 10, 50, 100)


class ItemSearch(forms.Form):
    """Searching the public site; a page takes the fields that it asks for."""

    text = forms.CharField(
        label=_("ค้นหา"),
        required=False,
        max_length=80,
        widget=forms.TextInput(
            {
                "type": "search",
                "placeholder": _("เช่น วัด น้ำตก ผ้าไหม"),
                "data-suggest": reverse_lazy("travel:suggestions"),
            }
        ),
    )
    what = forms.ChoiceField(label=_("หมวด"), required=False)
    kind = forms.ChoiceField(label=_("ประเภท"), required=False)
    province = forms.ChoiceField(label=_("จังหวัด"), required=False)
    district = forms.ChoiceField(label=_("อำเภอ"), required=False)

    def __init__(
        self, data: Any = None, *, kind: PublishedKind | None = None, province: str = "", omitted: Collection[str] = ()
    ) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[str, Any]]] = {
            "what": [("", _("ทุกหมวด")), *((slug, looks.KIND_TITLES[one]) for one, slug in looks.SLUGS.items())],
            "kind": [("", _("ทุกประเภท")), *((one.value, one.label) for one in CATEGORIES[kind])] if kind else [],
            "province": [("", _("ทุกจังหวัด")), *named_provinces()],
            "district": [("", _("ทุกอำเภอ")), *named_districts(province)] if province else [],
        }
        for name, offered in choices.items():
            if offered and name not in omitted:
                field = self.fields[name]
                assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
                field.choices = offered
            else:
                del self.fields[name]


class Near(forms.Form):
    """A point to look around: typed, or the middle of a district."""

    near = forms.CharField(
        label=_("พิกัด (ละติจูด, ลองจิจูด)"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"placeholder": "13.9, 101.5", "inputmode": "text", "autocomplete": "off"}),
    )
    province = forms.ChoiceField(label=_("หรือเลือกจังหวัด"), required=False)
    district = forms.ChoiceField(label=_("แล้วเลือกอำเภอ"), required=False)
    what = forms.ChoiceField(label=_("หมวด"), required=False)
    within = forms.ChoiceField(label=_("ภายในระยะ"), required=False)

    def __init__(self, data: Any = None, *, province: str = "") -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[str, Any]]] = {
            "province": [("", _("เลือกจังหวัด")), *named_provinces()],
            "district": [("", _("ทั้งจังหวัด")), *named_districts(province)] if province else [("", _("เลือกจังหวัดก่อน"))],
            "what": [("", _("ทุกหมวด")), *((slug, looks.KIND_TITLES[one]) for one, slug in looks.SLUGS.items())],
            "within": [(str(one), _("%(kilometres)s กม.") % {"kilometres": one}) for one in WITHIN],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = offered
