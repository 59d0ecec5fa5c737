"""The pages of the site about itself, in both languages; the same for everyone and kept until the program changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localgov.portal.selectors import places
from localgov.travel.looks import KIND_TITLES, SLUGS
from localgov.ui.pages import Crumb
from localgov.ui.public import PublicPage
from localgov.web import site_texts
from localgov.web.site_texts import Section


class SitePage(PublicPage):
    """A text in sections; the others of its kind beside it."""

    template = "web/site_page.html"
    sections: ClassVar[tuple[Section, ...]]

    def version(self) -> str:
        """Nothing of it is data but what the frame has."""
        return ""

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under what the site is."""
        return () if type(self) is About else (Crumb(About.title, reverse("site:about")),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The text."""
        return self.render(sections=self.sections)


class About(SitePage):
    """What the site is."""

    title = gettext_lazy("เกี่ยวกับระบบ")
    description = gettext_lazy("INFO คืออะไร ตัวเลขมาจากไหน และอ่านอย่างไรให้ถูก")
    sections = site_texts.ABOUT


class Contact(SitePage):
    """Whom to ask; the office and its telephone are those of the note on the home page."""

    title = gettext_lazy("ติดต่อสอบถาม")
    description = gettext_lazy("ติดต่อเรื่องข้อมูล อปท. การใช้ระบบ และการแจ้งปัญหา")
    template = "web/site_contact.html"
    sections = site_texts.CONTACT


class Terms(SitePage):
    """On what terms everything here may be used: what data sets name as their licence."""

    title = gettext_lazy("ข้อตกลงการใช้เว็บไซต์และข้อมูลเปิด")
    description = gettext_lazy("เงื่อนไขการนำข้อมูลเปิดไปใช้ และขอบเขตความรับผิด")
    sections = site_texts.TERMS


class Privacy(SitePage):
    """What is kept of whom."""

    title = gettext_lazy("นโยบายคุ้มครองข้อมูลส่วนบุคคล")
    description = gettext_lazy("ข้อมูลที่ระบบเก็บและไม่เก็บของผู้อ่าน ผู้แจ้งปัญหา และเจ้าหน้าที่")
    sections = site_texts.PRIVACY


class Policy(SitePage):
    """What the site is for and how it is kept safe."""

    title = gettext_lazy("นโยบายเว็บไซต์และการรักษาความมั่นคงปลอดภัย")
    description = gettext_lazy("วัตถุประสงค์ ภาษา ที่อยู่ถาวร และการรักษาความมั่นคงปลอดภัยของเว็บไซต์")
    sections = site_texts.POLICY


class Accessibility(SitePage):
    """For whom it works, and what does not yet."""

    title = gettext_lazy("การเข้าถึงของทุกคน")
    description = gettext_lazy("มาตรฐานการเข้าถึงที่เว็บไซต์นี้ทำตาม วิธีตรวจ และข้อจำกัดที่ทราบ")
    sections = site_texts.ACCESSIBILITY


class SiteMap(PublicPage):
    """Where everything is, for people; machines read `/sitemap.xml`."""

    title = gettext_lazy("แผนผังเว็บไซต์")
    description = gettext_lazy("ทางไปยังทุกส่วนของเว็บไซต์ ทุกภาค ทุกจังหวัด และแฟ้มข้อมูลเปิด")
    template = "web/site_map.html"

    def version(self) -> str:
        """Nothing of it is data."""
        return ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every part with its pages."""
        by_region = [
            (one, [place for place in places.provinces() if place.code in one.province_codes])
            for one in places.regions()
        ]
        travel = [(reverse("travel:home"), _("ท้องถิ่นไทย หัวใจพอเพียง"))]
        travel += [(reverse("travel:item-list", args=[slug]), str(KIND_TITLES[kind])) for kind, slug in SLUGS.items()]
        travel += [(reverse("travel:calendar"), _("ปฏิทินกิจกรรม")), (reverse("travel:near"), _("ใกล้ฉัน"))]
        files = [
            (reverse("portal:unit-table"), _("รายชื่อ อปท. (CSV)")),
            (reverse("portal:unit-data"), _("รายชื่อ อปท. (JSON)")),
            (reverse("websites:website-table"), _("เว็บไซต์ อปท. (CSV)")),
            (reverse("websites:website-data"), _("เว็บไซต์ อปท. (JSON)")),
            (reverse("websites:office-table"), _("เว็บไซต์ สถจ. (CSV)")),
            (reverse("websites:office-data"), _("เว็บไซต์ สถจ. (JSON)")),
            (reverse("travel:calendar-file", args=["all"]), _("ปฏิทินกิจกรรมทั้งประเทศ (iCalendar)")),
        ]
        return self.render(by_region=by_region, travel=travel, files=files)
