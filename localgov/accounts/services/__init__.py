"""Everything that writes accounts, codes, roles and positions."""

from localgov.accounts.services.codes import IssuedCode, code_redeem
from localgov.accounts.services.demo import DEMO_PASSWORD, DemoAccount, RealInstallation, demo_accounts_make
from localgov.accounts.services.operators import operator_make
from localgov.accounts.services.passwords import PasswordRefused, password_choose, sign_in_record

__all__ = [
    "DEMO_PASSWORD",
    "DemoAccount",
    "IssuedCode",
    "PasswordRefused",
    "RealInstallation",
    "code_redeem",
    "demo_accounts_make",
    "operator_make",
    "password_choose",
    "sign_in_record",
]
