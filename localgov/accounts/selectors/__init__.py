"""Reading accounts, roles and positions."""

from localgov.accounts.selectors.actors import actor_for, actors_for, user_label
from localgov.accounts.selectors.exceptions import exception_get, exceptions_of
from localgov.accounts.selectors.issuing import (
    ProvinceAccounts,
    accounts_by_province,
    organisations_below,
    without_account,
)
from localgov.accounts.selectors.people import (
    PersonRecord,
    Rights,
    Standing,
    has_ended,
    people,
    people_of_unit,
    person_get,
    rights_of,
    role_words,
    standing_of,
    subject_of,
)
from localgov.accounts.selectors.places import first_demo_unit, offices, place_of, provinces, visible_place
from localgov.accounts.selectors.positions import (
    executives_of,
    position_holder,
    seat_get,
    units_with_executives,
    units_without,
)
from localgov.accounts.selectors.training import TrainingAccount, training_accounts

__all__ = [
    "PersonRecord",
    "ProvinceAccounts",
    "Rights",
    "Standing",
    "TrainingAccount",
    "accounts_by_province",
    "actor_for",
    "actors_for",
    "exception_get",
    "exceptions_of",
    "executives_of",
    "first_demo_unit",
    "has_ended",
    "offices",
    "organisations_below",
    "people",
    "people_of_unit",
    "person_get",
    "place_of",
    "position_holder",
    "provinces",
    "rights_of",
    "role_words",
    "seat_get",
    "standing_of",
    "subject_of",
    "training_accounts",
    "units_with_executives",
    "units_without",
    "user_label",
    "visible_place",
    "without_account",
]
