"""Every permission of the product, one row each (`room:verb`)."""

from enum import StrEnum


class Permission(StrEnum):
    """A right that a role carries; the database never stores these, only role codes."""

    HOME_VIEW = "home:view"
    ACCOUNT_SELF = "account:self"
    REGISTER_VIEW = "register:view"
    REGISTER_MANAGE = "register:manage"
    ACCOUNTS_ISSUE = "accounts:issue"
    PEOPLE_VIEW = "people:view"
    PEOPLE_MANAGE = "people:manage"
    SEAT_UNIT_EXECUTIVE = "people:seat-unit-executive"
    SEAT_OFFICER = "people:seat-officer"
    FORM_VIEW = "form:view"
    FORM_PUBLISH = "form:publish"
    ROUND_VIEW = "round:view"
    ROUND_OPEN = "round:open"
    FILING_VIEW = "filing:view"
    FILING_RECORD = "filing:record"
    FILING_VERIFY = "filing:verify"
    FILING_COMMENT = "filing:comment"
    CERTIFY_UNIT = "certify:unit"
    CERTIFY_PROVINCE = "certify:province"
    CERTIFICATE_REVOKE = "certify:revoke"
    SCORE_VIEW = "score:view"
    MONITOR_VIEW = "monitor:view"
    AUDIT_VIEW = "audit:view"
