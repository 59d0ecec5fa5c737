"""ตารางบทบาทและสิทธิ as data, and as the text of docs/roles.md."""

from dataclasses import dataclass

from localgov.access.permissions import PERMISSION_NAMES, Permission
from localgov.access.roles import ROLES, SEAT_NAMES, Role

HEADING = "# ตารางบทบาทและสิทธิ"
_PREFACE = (
    "แฟ้มนี้สร้างด้วย `manage.py write_role_matrix` จาก `localgov/access/roles.py` อย่าแก้ด้วยมือ",
    "สิทธิมีผลเฉพาะหน่วยงานที่ถือบทบาทและหน่วยงานในสังกัดของหน่วยงานนั้น",
)


@dataclass(frozen=True)
class MatrixRow:
    """One permission and, for each role in the order of `roles`, whether it is carried."""

    permission: Permission
    name: str
    carried: tuple[bool, ...]


def roles() -> tuple[Role, ...]:
    """Roles in the order of the table's columns."""
    return tuple(ROLES.values())


def rows() -> tuple[MatrixRow, ...]:
    """One row a permission."""
    return tuple(
        MatrixRow(permission, PERMISSION_NAMES[permission], tuple(permission in role.permissions for role in roles()))
        for permission in Permission
    )


def markdown() -> str:
    """The committed page: who may hold each role, then role × permission."""
    lines = [
        HEADING,
        "",
        *_PREFACE,
        "",
        "## บทบาท",
        "",
        "| บทบาท | รหัส | ระดับ | ผู้ถือบทบาท | ผู้ให้บทบาท |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {role.name} | {role.code} | {SEAT_NAMES[role.seat]} | {role.holder} | {PERMISSION_NAMES[role.given_by]} |"
        for role in roles()
    ]
    lines += ["", "## สิทธิ", "", "| สิทธิ | " + " | ".join(role.name for role in roles()) + " |"]
    lines += ["|---|" + "---|" * len(roles())]
    lines += [
        f"| {row.name} (`{row.permission}`) | " + " | ".join("✓" if carried else "" for carried in row.carried) + " |"
        for row in rows()
    ]
    return "\n".join(lines) + "\n"
