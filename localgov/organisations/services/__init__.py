"""Writing the register: the file's import, the demo registry."""

from localgov.organisations.services.demo import DemoRegister, demo_register_make
from localgov.organisations.services.importing import ImportOrder, ImportRefused, register_import

__all__ = ["DemoRegister", "ImportOrder", "ImportRefused", "demo_register_make", "register_import"]
