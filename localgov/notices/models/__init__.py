"""Tables of the room."""

from localgov.notices.models.addressee import Addressee
from localgov.notices.models.circular import Circular
from localgov.notices.models.circular_file import CircularFile
from localgov.notices.models.mail import Mail
from localgov.notices.models.office_address import OfficeAddress
from localgov.notices.models.receipt import Receipt
from localgov.notices.models.reminder import Reminder, ReminderPlan

__all__ = ["Addressee", "Circular", "CircularFile", "Mail", "OfficeAddress", "Receipt", "Reminder", "ReminderPlan"]
