"""What is new, for programs that subscribe: the news of the country, of a province or of a unit as an Atom feed."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from localgov.lib.atom import CONTENT_TYPE, FeedEntry, feed_text
from localgov.lib.thai_calendar import bangkok_day_start
from localgov.organisations import areas
from localgov.organisations.selectors import unit_story
from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind
from localgov.travel.views.item import picture_url
from localgov.travel.views.pages import item_url
from localgov.ui.public import PublicAnswer, not_there

#: How many of the newest a feed tells.
_MOST: Final = 30


class NewsFeed(PublicAnswer):
    """The newest news that is shown: `all`, a province's code of two digits, or a unit's of seven."""

    def version(self) -> str:
        """As the pages', with the names that the register has."""
        return shown.shown_version()

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The feed; 404 in words for a place that there is not."""
        if code == "all":
            rows, place, page = shown.shown_items(kind=PublishedKind.NEWS), _("ทั้งประเทศ"), reverse("travel:home")
        elif areas.province(code) is not None:
            rows = shown.shown_items(kind=PublishedKind.NEWS, province_code=code)
            place, page = areas.area_name(code), reverse("travel:province", args=[code])
        elif (story := unit_story(code=code, on=timezone.localdate())) is not None:
            rows = shown.shown_items(kind=PublishedKind.NEWS, organisation_id=story.version.organisation_id)
            place, page = story.version.full_name, reverse("portal:unit", args=[code])
        else:
            raise not_there(_("ไม่รู้จักพื้นที่นี้ ใช้รหัสจังหวัดสองหลัก รหัส อปท. เจ็ดหลัก หรือ all สำหรับทั้งประเทศ"))
        text = feed_text(
            [_entry(request, row) for row in rows[:_MOST]],
            title=_("ข่าวสารท้องถิ่น %(place)s") % {"place": place},
            url=request.build_absolute_uri(request.path),
            page=request.build_absolute_uri(page),
            language=get_language() or "",
            since=bangkok_day_start(timezone.localdate()),
        )
        return HttpResponse(text, content_type=CONTENT_TYPE)


def _entry(request: HttpRequest, row: shown.ShownRow) -> FeedEntry:
    return FeedEntry(
        url=request.build_absolute_uri(item_url(row)),
        title=row.title,
        updated=row.since,
        author=f"{row.unit_name} {row.province_name}",
        summary=" ".join(row.excerpt.split()),
        category=str(row.category.label),
        picture=request.build_absolute_uri(picture_url(row.picture)) if row.picture else "",
    )
