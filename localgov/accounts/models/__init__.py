"""Tables of the room."""

from localgov.accounts.models.duty_exception import DutyException
from localgov.accounts.models.one_time_code import OneTimeCode
from localgov.accounts.models.role_assignment import RoleAssignment
from localgov.accounts.models.user import User

__all__ = ["DutyException", "OneTimeCode", "RoleAssignment", "User"]
