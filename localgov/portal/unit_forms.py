"""Search form of the public list of units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.organisations.naming import type_name
from localgov.organisations.unit_words import LONGEST
from localgov.portal.selectors.places import provinces, regions


class UnitSearch(forms.Form):
    """What ข้อมูล อปท. is searched by; districts are asked for once a province is chosen."""

    text = forms.CharField(
        label=_("ชื่อ อปท."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(
            {
                "type": "search",
                "autocomplete": "off",
                "enterkeyhint": "search",
                "data-suggest": reverse_lazy("portal:unit-suggestions"),
            }
        ),
    )
    region = forms.ChoiceField(label=_("ภาค"), required=False)
    province = forms.ChoiceField(label=_("จังหวัด"), required=False)
    district = forms.ChoiceField(label=_("อำเภอ"), required=False)
    unit_type = forms.ChoiceField(label=_("ประเภท อปท."), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        province = data.get("province", "")
        choices: dict[str, list[tuple[str, Any]]] = {
            "region": [("", _("ทุกภาค")), *((one.code, one.name) for one in regions())],
            "province": [("", _("ทุกจังหวัด")), *((one.code, one.name) for one in provinces())],
            "unit_type": [("", _("ทุกประเภท")), *((kind.value, type_name(kind)) for kind in UnitType)],
        }
        if areas.province(province):
            choices["district"] = [
                ("", _("ทุกอำเภอ")),
                *((one.code, areas.district_name(one.code)) for one in areas.districts(province)),
            ]
        else:
            del self.fields["district"]
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
