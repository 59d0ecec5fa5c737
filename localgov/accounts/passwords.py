"""What is wrong with a chosen password, in Thai sentences. The rules are AUTH_PASSWORD_VALIDATORS'."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from localgov.accounts.models import User

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 200

_SENTENCES = {
    "password_too_short": f"รหัสผ่านสั้นเกินไป ต้องยาวอย่างน้อย {MINIMUM_LENGTH} ตัวอักษร",
    "password_too_common": "รหัสผ่านนี้มีผู้ใช้กันมากจนเดาได้ง่าย โปรดตั้งรหัสผ่านอื่น",
    "password_entirely_numeric": "รหัสผ่านเป็นตัวเลขล้วนไม่ได้ โปรดผสมตัวอักษรด้วย",
    "password_too_similar": "รหัสผ่านคล้ายชื่อผู้ใช้หรือชื่อที่แสดงเกินไป โปรดตั้งให้ต่างออกไป",
}


def password_problems(password: str, *, user: User) -> list[str]:
    """Every reason why the account may not choose this password; empty = it may."""
    if len(password) > MAXIMUM_LENGTH:
        return [f"รหัสผ่านยาวเกินไป ใช้ได้ไม่เกิน {MAXIMUM_LENGTH} ตัวอักษร"]
    found: list[str] = []
    try:
        password_validation.validate_password(password, user)
    except ValidationError as refusal:
        found = [error.code or "" for error in refusal.error_list]
    if user.username in password.lower() and "password_too_similar" not in found:
        found.append("password_too_similar")
    return [_SENTENCES[code] for code in found]
