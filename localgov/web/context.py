"""The frame around every page (MISSION R2.1, R2.3), computed only when a template asks for it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from localgov.access.actor import STRANGER, Actor
from localgov.access.roles import ROLES
from localgov.forms.models import HOME
from localgov.forms.selectors import NotePart, notes_on
from localgov.ui.menus import ShownGroup
from localgov.ui.text_size import text_size_of
from localgov.web import selectors
from localgov.web.menu import shown_menu
from localgov.web.public_site import PublicSite


@dataclass(frozen=True)
class AccountItem:
    """A line of the account's own menu."""

    label: str
    url: str
    icon: str


class Frame:
    """What `_base.html` prints: whose account and office, the menu, demo or real, the text size.

    Safe on error pages: a request that never reached the middleware has the stranger's frame.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def actor(self) -> Actor:
        """Who is signed in; the stranger if nobody."""
        return getattr(self._request, "actor", STRANGER)

    @cached_property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.actor.user_id is not None

    @cached_property
    def _office(self) -> selectors.Office:
        return selectors.office_of(actor=self.actor, on=timezone.localdate())

    @property
    def office_name(self) -> str:
        """The office or unit whose account is in use."""
        return self._office.name

    @property
    def is_demo(self) -> bool:
        """Whether this installation holds demonstration data."""
        return self._office.is_demo

    @cached_property
    def user_label(self) -> str:
        """`<person> (<roles>)`."""
        roles = dict.fromkeys(grant.position_title or ROLES[grant.role].name for grant in self.actor.grants)
        return f"{self.actor.label} ({', '.join(roles)})" if roles else self.actor.label

    @cached_property
    def menu(self) -> tuple[ShownGroup, ...]:
        """เมนูหลัก of this actor; empty for a stranger."""
        if not self.is_signed_in:
            return ()
        counts = {"notices:circular-list": self._office.unread}
        return shown_menu(actor=self.actor, path=self._request.path, counts=counts)

    @cached_property
    def home_notes(self) -> tuple[NotePart, ...]:
        """The note on the home page and on the page of signing in."""
        return notes_on(HOME)

    @property
    def text_size(self) -> str:
        """`1`, `2` or `3`."""
        return text_size_of(self._request)

    @property
    def home_url(self) -> str:
        """Where หน้าแรก leads: the role's home for who is signed in, the public page for a stranger."""
        return (_url("web:home") if self.is_signed_in else "") or "/"

    @property
    def account_menu(self) -> tuple[AccountItem, ...]:
        """Lines of the account's menu whose pages exist."""
        lines = (AccountItem("เปลี่ยนรหัสผ่าน", _url("account_change_password"), "key-round"),)
        return tuple(line for line in lines if line.url)

    @property
    def sign_in_url(self) -> str:
        """Where เข้าสู่ระบบ leads."""
        return _url("account_login")

    @property
    def sign_out_url(self) -> str:
        """Where ออกจากระบบ is posted to."""
        return _url("account_logout")


def frame(request: HttpRequest) -> dict[str, Frame | PublicSite]:
    """Context processor: `frame` in every template, `site` for those of the public; each computed when it is asked."""
    return {"frame": Frame(request), "site": getattr(request, "public_site", None) or PublicSite(request)}


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
