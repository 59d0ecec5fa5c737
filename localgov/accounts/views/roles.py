"""ตารางบทบาทและสิทธิ: what each role may do, for everybody who has one."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from localgov.access.permissions import Permission
from localgov.access.roles import SEAT_NAMES
from localgov.accounts import role_matrix
from localgov.ui.pages import Crumb, Page


class RoleMatrix(Page):
    """Roles with who may hold them, and role × permission; the same table as docs/roles.md."""

    permission = Permission.HOME_VIEW
    template = "accounts/role_matrix.html"
    title = "ตารางบทบาทและสิทธิ"
    screen_code = "ACC050"

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu group."""
        return (Crumb("ทะเบียนและบัญชี"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Print the table; the actor's own roles are marked."""
        own = {grant.role for grant in self.request.actor.grants}
        roles = [(role, SEAT_NAMES[role.seat], role.code in own) for role in role_matrix.roles()]
        return self.render(roles=roles, rows=role_matrix.rows())
