"""Signing in and choosing a password."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms

from localgov.accounts.passwords import MAXIMUM_LENGTH, MINIMUM_LENGTH


class SignIn(LoginForm):  # type: ignore[misc]
    """Username, and a password or one-time code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = "ชื่อผู้ใช้", "รหัสผ่าน"
        login.widget = forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        )
        password.widget = forms.PasswordInput({"autocomplete": "current-password"})
        password.help_text = "เข้าใช้ครั้งแรก: พิมพ์รหัสใช้ครั้งเดียวที่ได้รับมา เช่น 7K4M-92XH-D8RT-AWPE"
        password.max_length = MAXIMUM_LENGTH


class PasswordChange(forms.Form):
    """A new password, twice, and the old one where there is one."""

    current = forms.CharField(
        label="รหัสผ่านเดิม",
        strip=False,
        max_length=MAXIMUM_LENGTH,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label="รหัสผ่านใหม่",
        strip=False,
        help_text=f"อย่างน้อย {MINIMUM_LENGTH} ตัวอักษร ใช้ประโยคสั้น ๆ ที่จำได้เองดีที่สุด ไม่ใช้ชื่อผู้ใช้ ชื่อหน่วยงาน หรือตัวเลขล้วน",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="พิมพ์รหัสผ่านใหม่อีกครั้ง",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["current"]

    def clean_repeated(self) -> str:
        """Both must be the same."""
        repeated: str = self.cleaned_data["repeated"]
        if "password" in self.cleaned_data and repeated != self.cleaned_data["password"]:
            raise forms.ValidationError("รหัสผ่านใหม่ทั้งสองครั้งไม่ตรงกัน โปรดพิมพ์ใหม่")
        return repeated
