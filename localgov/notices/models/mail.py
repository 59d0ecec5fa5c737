"""The outbox: an e-mail is a row, written in the transaction of its cause and sent afterwards (ADR 0022)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.notices.states import MailKind, MailState


class MailQuerySet(models.QuerySet["Mail"]):
    """Filters of e-mails."""

    def visible_to(self, actor: Actor) -> MailQuerySet:
        """Those to offices and units under the actor's places."""
        allowed = Q(pk__in=())
        for scope in actor.scopes(Permission.MAIL_VIEW):
            allowed |= Q(path__startswith=scope)
        return self.filter(allowed)


class Mail(models.Model):
    """One e-mail to one address, once: `cause_key` names its cause, `message_id` is the same however often it is tried.

    `path` and `to_label` say whose address it is. `attachment` refers to what is made at the moment of sending and kept
    nowhere (`accounts:25`, the codes of a province). After `not_after` it is no longer worth sending. `asked_by`: for whom.
    """

    kind = models.CharField(max_length=10, choices=MailKind.choices)
    cause_key = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=120, unique=True)
    to = models.CharField(max_length=254)
    to_label = models.CharField(max_length=300)
    path = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    attachment = models.CharField(max_length=40, blank=True)
    asked_by = models.BigIntegerField(null=True)
    asked_by_label = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="mail_kind_known", condition=Q(kind__in=MailKind.values)),
            models.CheckConstraint(name="mail_state_known", condition=Q(state__in=MailState.values)),
            models.CheckConstraint(
                name="mail_sent_has_a_moment",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | ~Q(state=MailState.SENT) & Q(sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="mail_sending_has_begun", condition=~Q(state=MailState.SENDING) | Q(begun_at__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], name="mail_due", condition=Q(state=MailState.QUEUED)),
            models.Index(fields=["path", "-id"], name="mail_path", opclasses=["varchar_pattern_ops", "int8_ops"]),
        ]

    def __str__(self) -> str:
        return f"mail {self.cause_key}"
