"""ใกล้จุดที่เลือก: a point that is typed, pressed on a map, told by the browser, or the middle of a district."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localgov.lib.coordinates import NotAPoint, Point, parse_point
from localgov.organisations import areas
from localgov.publishing.selectors import shown
from localgov.travel import drawing, looks, search_forms
from localgov.travel.selectors.middles import district_middle
from localgov.travel.views.lists import card_page, dots_of, read_search
from localgov.travel.views.pages import TravelPage
from localgov.ui.public import PublicAnswer
from localgov.ui.templatetags.ui import changed_query

_PRESSED: Final = ("at.x", "at.y")


class Near(TravelPage):
    """Items around a point, nearest first; without a point the ways to choose one."""

    title = gettext_lazy("ใกล้จุดที่เลือก")
    template = "travel/near.html"
    section = "near"
    description = gettext_lazy("สถานที่ สินค้า และข่าวของท้องถิ่นใกล้ตัว เรียงตามระยะทาง")
    parameters = ("near", "province", "district", "what", "within", "page", *_PRESSED)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The list; what was chosen by district or on a map gets its point into the address first."""
        notices: list[str] = []
        query = request.GET
        province = query.get("province", "") if areas.province(query.get("province", "")) else ""
        form = search_forms.Near(query, province=province)
        search = read_search(form, notices)
        point = _typed(search.get("near", ""), notices)
        if point is None and (chosen := self._chosen(search, notices)) is not None:
            return redirect(
                f"{request.path}{changed_query(query, {'near': str(chosen), 'at.x': None, 'at.y': None, 'page': None})}"
            )
        return self._page(form, search, point, notices)

    def _chosen(self, search: Mapping[str, str], notices: list[str]) -> Point | None:
        """The point pressed on the map, else the middle of the district or the province."""
        province = search.get("province", "")
        x, y = (self.request.GET.get(name, "") for name in _PRESSED)
        if x.isascii() and y.isascii() and x.isdigit() and y.isdigit() and len(x + y) < 12:
            frame = _pressed_frame(province)
            pressed = frame.point_at(int(x), int(y)) if frame else None
            if pressed is None or not drawing.province_at(pressed):
                notices.append(_("จุดที่กดอยู่นอกแผนที่ โปรดกดภายในเส้นขอบ"))
                return None
            return pressed
        if district := search.get("district", ""):
            middle = district_middle(district, on=timezone.localdate())
            if middle is None:
                notices.append(
                    _("ยังไม่รู้ตำแหน่งของอำเภอ%(district)s โปรดพิมพ์พิกัด") % {"district": areas.district_name(district)}
                )
            return middle
        return None

    def _page(
        self, form: search_forms.Near, search: Mapping[str, str], point: Point | None, notices: list[str]
    ) -> HttpResponse:
        province = drawing.province_at(point) if point else search.get("province", "")
        within = int(search.get("within") or search_forms.WITHIN[0])
        drawn = drawing.province_drawing(province)
        page = None
        if point is not None:
            wanted = {
                "kind": looks.KINDS.get(search.get("what", "")),
                "near": point,
                "within_km": within,
                "order": shown.Order.NEAREST,
            }
            page = card_page(wanted, self.request.GET, notices, version=self.version())
        return self.render(
            form=form,
            point=point,
            within=within,
            wider_url=_wider(self.request.GET, within) if point else "",
            page=page,
            notices=notices,
            province_code=province,
            province=areas.province_name(province),
            drawing=drawn,
            here=drawn.frame.place(point) if drawn and point else None,
            dots=dots_of(page.rows, province) if page else [],
            picker=_pressed_frame(province) if point is None else None,
        )


class PickerPicture(PublicAnswer):
    """The outline that a reader presses to choose a point: an image button, so that it works without script."""

    def version(self) -> str:
        """Drawn by the program alone."""
        return ""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The country (`th`) or a province, as SVG. Raises `Http404` for anything else."""
        if code != "th" and not areas.province_name(code):
            raise Http404
        drawn = drawing.province_drawing(code, drawing.PRESSED_SIZE)
        frame = drawn.frame if drawn else drawing.country_frame()
        paths = [drawn.path] if drawn else [path for _code, path in drawing.country_paths()]
        if frame is None:
            raise Http404
        outline = "".join(f'<path d="{path}"/>' for path in paths)
        return HttpResponse(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{frame.height}" '
            f'viewBox="0 0 {frame.width} {frame.height}"><g fill="#cfe3d7" stroke="#2f7f5b" stroke-width="0.8">'
            f"{outline}</g></svg>",
            content_type="image/svg+xml",
        )


def _pressed_frame(province: str) -> drawing.Frame | None:
    """The frame of `PickerPicture`."""
    drawn = drawing.province_drawing(province, drawing.PRESSED_SIZE) if province else None
    return drawn.frame if drawn else drawing.country_frame()


def _typed(text: str, notices: list[str]) -> Point | None:
    """The point that was typed; a sentence where it is none."""
    if not text.strip():
        return None
    try:
        return parse_point(text, "")
    except NotAPoint as refusal:
        notices.append(refusal.message)
        return None


def _wider(query: object, within: int) -> str:
    """The same with the next larger distance; empty at the largest."""
    larger = [one for one in sorted(search_forms.WITHIN) if one > within]
    return changed_query(query, {"within": larger[0], "page": None}) if larger else ""  # type: ignore[arg-type]
