"""Typed readers of environment variables: the only way in which one installation differs from another.

Every reader raises `ImproperlyConfigured` with a sentence that names the variable and says what to write there.
A variable that is set but empty counts as not set, since that is what an unfilled line of an env file means.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, *, default: str | None = None) -> str:
    """The variable as it stands, without surrounding blanks."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"ยังไม่ได้กำหนดตัวแปร {name}: กำหนดค่าใน environment แล้วเริ่มใหม่ (คำอธิบายอยู่ใน README)")
    return default


def flag(name: str, *, default: bool | None = None) -> bool:
    """A yes or no: 1/true/yes/on or 0/false/no/off, in any case."""
    value = text(name, default=None if default is None else str(default)).lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"ตัวแปร {name} เป็น {value!r}: ใช้ได้เฉพาะ 1 หรือ 0 (true/false, yes/no, on/off)")


def integer(name: str, *, default: int | None = None, minimum: int = 0) -> int:
    """A whole number, not below `minimum`."""
    value = text(name, default=None if default is None else str(default))
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"ตัวแปร {name} เป็น {value!r}: ต้องเป็นจำนวนเต็ม เช่น 10") from None
    if number < minimum:
        raise ImproperlyConfigured(f"ตัวแปร {name} เป็น {number}: ต้องไม่น้อยกว่า {minimum}")
    return number


def items(name: str, *, default: list[str] | None = None) -> list[str]:
    """A list whose members are separated by commas; blanks around a member and empty members are dropped."""
    if default is not None and not os.environ.get(name, "").strip():
        return list(default)
    return [item.strip() for item in text(name).split(",") if item.strip()]


def secret(name: str, *, default: str | None = None) -> str:
    """A secret from NAME, or from the file that NAME_FILE points at (as container platforms hand secrets over).

    Both at once are refused: one of them would be silently ignored.
    """
    value, file = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if value and file:
        raise ImproperlyConfigured(f"กำหนดทั้ง {name} และ {name}_FILE: ให้เหลือเพียงอย่างเดียว")
    if value:
        return value
    if file:
        return _secret_in_file(name, Path(file))
    if default is None:
        raise ImproperlyConfigured(
            f"ยังไม่ได้กำหนด {name}: กำหนดค่าลับในตัวแปร {name} หรือบอกที่อยู่ของแฟ้มที่เก็บค่าลับในตัวแปร {name}_FILE"
        )
    return default


def _secret_in_file(name: str, path: Path) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"อ่านแฟ้ม {path} ตามตัวแปร {name}_FILE ไม่ได้ ({error}): ตรวจที่อยู่และสิทธิ์ของแฟ้ม") from None
    if not value:
        raise ImproperlyConfigured(f"แฟ้ม {path} ตามตัวแปร {name}_FILE ว่างเปล่า: เขียนค่าลับลงในแฟ้มก่อน")
    return value
