"""Signing, taking back, returning, amending and revoking (DESIGN §4, States)."""

from localgov.certification.services.amending import amend, order_amendment, revoke
from localgov.certification.services.signing import (
    Signature,
    UnitOutcome,
    province_certify,
    province_certify_many,
    unit_certify,
    units_certify,
)
from localgov.certification.services.undoing import (
    province_return,
    province_take_back,
    signature_take_back,
    unit_take_back,
)

__all__ = [
    "Signature",
    "UnitOutcome",
    "amend",
    "order_amendment",
    "province_certify",
    "province_certify_many",
    "province_return",
    "province_take_back",
    "revoke",
    "signature_take_back",
    "unit_certify",
    "unit_take_back",
    "units_certify",
]
