"""The frame around every public page: navigation, languages, help, what search engines read. Nothing of who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import escape

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from localgov.forms.translations import domain_label
from localgov.lib.domains import DOMAINS
from localgov.ui.words import Words
from localgov.web import selectors

ENGLISH_PREFIX = "/en/"
#: Stands in a drawn header for the address of the page in the other language.
_OTHER = "@other-language@"
_domain = lazy(domain_label, str)


@dataclass(frozen=True)
class Entry:
    """A line of the navigation before its address is known. `inner`: lines under it, shown when it is opened.

    `for_officers`: no page of the public site: in Thai alone, so not in the English menu. `training`: the line of a
    demonstration alone; a real installation leads to its demonstration, if it has one.
    """

    label: Words
    url_name: str = ""
    arguments: tuple[object, ...] = ()
    inner: tuple[Entry, ...] = ()
    for_officers: bool = False
    training: bool = False


@dataclass(frozen=True)
class ShownEntry:
    """A line as the page prints it."""

    label: str
    url: str
    active: bool
    inner: tuple[ShownEntry, ...] = ()


#: ข้อมูลสารสนเทศ of the old site's menu (MISSION R10.1).
_INFORMATION: tuple[Entry, ...] = (
    Entry(_("ข้อมูล อปท."), "portal:unit-list"),
    Entry(_("เว็บไซต์ อปท."), "websites:website-list"),
    Entry(_("เว็บไซต์ สถจ."), "websites:office-list"),
    Entry(_("ระบบข้อมูลกลาง อปท. (สำหรับเจ้าหน้าที่)"), "account_login", for_officers=True),
    Entry(_("รหัส อปท. สำหรับฝึกอบรม"), for_officers=True, training=True),
)
#: A line is shown once its page exists.
NAVIGATION: tuple[Entry, ...] = (
    Entry(_("หน้าแรก"), "portal:home"),
    Entry(_("ข้อมูลสารสนเทศ"), inner=_INFORMATION),
    Entry(
        _("ข้อมูล 8 ด้าน"),
        inner=tuple(Entry(_domain(one.code, one.name), "portal:domain", (one.number,)) for one in DOMAINS),
    ),
    Entry(_("ท้องถิ่นไทย หัวใจพอเพียง"), "travel:home"),
    Entry(_("ตรวจสอบใบรับรอง"), "certificates:certificate-check-find"),
)
#: The pages about the site, as the footer and the map for people have them.
ABOUT_LINES: tuple[Entry, ...] = (
    Entry(_("เกี่ยวกับระบบ"), "site:about"),
    Entry(_("ติดต่อสอบถาม"), "site:contact"),
    Entry(_("ข้อตกลงการใช้เว็บไซต์และข้อมูลเปิด"), "site:terms"),
    Entry(_("นโยบายคุ้มครองข้อมูลส่วนบุคคล"), "site:privacy"),
    Entry(_("นโยบายเว็บไซต์และการรักษาความมั่นคงปลอดภัย"), "site:policy"),
    Entry(_("การเข้าถึงของทุกคน"), "site:accessibility"),
    Entry(_("แผนผังเว็บไซต์"), "site:map"),
)


class PublicSite:
    """What `_base_public.html` prints around a page; asks the database once, when first needed."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _state(self) -> selectors.SiteState:
        return selectors.site_state()

    @property
    def version(self) -> str:
        """Changes with whatever of the frame comes from data."""
        return repr(self._state)

    @property
    def is_demo(self) -> bool:
        """Whether this installation holds demonstration data."""
        return self._state.is_demo

    @property
    def help_office(self) -> str:
        """The office that answers, from the note on the home page; empty if none."""
        return self._state.office

    @property
    def help_telephone(self) -> str:
        """Its telephone; empty if none."""
        return self._state.telephone

    @property
    def language(self) -> str:
        """`th` or `en`."""
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def home_url(self) -> str:
        """The front page in this language."""
        return _home_url(self.language)

    @cached_property
    def navigation(self) -> tuple[ShownEntry, ...]:
        """Lines whose pages exist; the one that the page lies under is active."""
        return _marked(_navigation(self.language, self._training_url), self._request.path, self.home_url)

    @property
    def _training_url(self) -> str:
        """Where people train: a demonstration's own accounts, or the demonstration that this installation names."""
        return reverse("accounts:training") if self.is_demo else str(settings.TRAINING_SITE_URL)

    @property
    def header(self) -> SafeString:
        """The head of the page: drawn once for each place of the navigation, then given its own way to the other language."""
        path = self._request.path
        here = path if any(entry.url == path for entry in self.navigation) else ""
        drawn = _header(self.language, self.navigation, here)
        return mark_safe(drawn.replace(_OTHER, escape(self.other_language_url)))  # noqa: S308 - escaped

    @property
    def footer(self) -> SafeString:
        """The foot of the page, the same under all of a language."""
        return _footer(self.language, self._training_url, self.help_office, self.help_telephone)

    @cached_property
    def about(self) -> tuple[ShownEntry, ...]:
        """The pages about the site."""
        return shown(ABOUT_LINES, self._request.path, home=_url(ABOUT_LINES[0]))

    @property
    def other_language_url(self) -> str:
        """The same page in the other language."""
        return other_language(self._request.get_full_path())

    @property
    def origin(self) -> str:
        """`https://host` without a slash: the installation's own address, else the one that was asked."""
        if settings.SITE_URL:
            return str(settings.SITE_URL).rstrip("/")
        return f"{self._request.scheme}://{self._request.get_host()}"

    @property
    def canonical_url(self) -> str:
        """This page's one address, for search engines."""
        return f"{self.origin}{self._request.get_full_path()}"

    @property
    def thai_url(self) -> str:
        """Its address in Thai."""
        return self.other_language_absolute if self.language == "en" else self.canonical_url

    @property
    def english_url(self) -> str:
        """Its address in English."""
        return self.canonical_url if self.language == "en" else self.other_language_absolute

    @property
    def other_language_absolute(self) -> str:
        """The other language's address with the host."""
        return f"{self.origin}{self.other_language_url}"


def other_language(path: str) -> str:
    """`/units/6250101/` ↔ `/en/units/6250101/`; the query stays."""
    return path.removeprefix(ENGLISH_PREFIX[:-1]) if path.startswith(ENGLISH_PREFIX) else f"{ENGLISH_PREFIX[:-1]}{path}"


def shown(entries: Sequence[Entry], path: str, *, home: str) -> tuple[ShownEntry, ...]:
    """The lines with their addresses in the language of the moment."""
    return _marked(_lines(entries), path, home)


def _lines(entries: Sequence[Entry], *, training_url: str = "") -> tuple[ShownEntry, ...]:
    """Those whose pages exist in the language of the moment, none of them active."""
    known = (entry for entry in entries if not (entry.for_officers and translation.get_language() == "en"))
    lines = (
        ShownEntry(
            label=str(entry.label),
            url=training_url if entry.training else _url(entry),
            active=False,
            inner=_lines(entry.inner, training_url=training_url),
        )
        for entry in known
    )
    return tuple(line for line in lines if line.url or line.inner)


def _marked(lines: Sequence[ShownEntry], path: str, home: str) -> tuple[ShownEntry, ...]:
    """With those active under which a path lies."""
    found = []
    for line in lines:
        inner, url = _marked(line.inner, path, home), line.url
        active = path == url or (url not in ("", home) and path.startswith(url)) or any(one.active for one in inner)
        found.append(replace(line, active=True, inner=inner) if active else line)
    return tuple(found)


@lru_cache(maxsize=16)
def _navigation(language: str, training_url: str) -> tuple[ShownEntry, ...]:
    with translation.override(language):
        return _lines(NAVIGATION, training_url=training_url)


@lru_cache(maxsize=128)
def _header(language: str, navigation: tuple[ShownEntry, ...], here: str) -> str:
    site = {"navigation": navigation, "other_language_url": _OTHER, "home_url": _home_url(language)}
    with translation.override(language):
        return render_to_string("_components/site_header.html", {"site": site, "request": {"path": here}})


@lru_cache(maxsize=16)
def _footer(language: str, training_url: str, office: str, telephone: str) -> SafeString:
    services = (*(entry for entry in NAVIGATION if not entry.inner), *_INFORMATION)
    with translation.override(language):
        lines = {"services": _lines(services, training_url=training_url), "about": _lines(ABOUT_LINES)}
        site = {**lines, "help_office": office, "help_telephone": telephone}
        return render_to_string("_components/site_footer.html", {"site": site})


def _home_url(language: str) -> str:
    return ENGLISH_PREFIX if language == "en" else "/"


def _url(entry: Entry) -> str:
    if not entry.url_name:
        return ""
    try:
        return reverse(entry.url_name, args=entry.arguments)
    except NoReverseMatch:
        return ""
