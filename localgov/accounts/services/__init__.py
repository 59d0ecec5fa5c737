"""Everything that writes accounts, codes, roles, positions and exceptions."""

from localgov.accounts.services.codes import IssuedCode, code_redeem
from localgov.accounts.services.demo import DEMO_PASSWORD, DemoAccount, RealInstallation, demo_accounts_make
from localgov.accounts.services.exceptions import exception_end, exception_grant
from localgov.accounts.services.issuing import HandedDown, accounts_issue, accounts_reissue
from localgov.accounts.services.operators import operator_make
from localgov.accounts.services.passwords import PasswordRefused, password_choose, sign_in_record
from localgov.accounts.services.people import (
    person_create,
    person_give_code,
    person_rename,
    person_set_active,
    rights_set,
)
from localgov.accounts.services.positions import NewPerson, Seated, Term, position_end, position_seat

__all__ = [
    "DEMO_PASSWORD",
    "DemoAccount",
    "HandedDown",
    "IssuedCode",
    "NewPerson",
    "PasswordRefused",
    "RealInstallation",
    "Seated",
    "Term",
    "accounts_issue",
    "accounts_reissue",
    "code_redeem",
    "demo_accounts_make",
    "exception_end",
    "exception_grant",
    "operator_make",
    "password_choose",
    "person_create",
    "person_give_code",
    "person_rename",
    "person_set_active",
    "position_end",
    "position_seat",
    "rights_set",
    "sign_in_record",
]
