"""A person's (or a handed-down unit's) account."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower, Now

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.organisations.models import OrganisationVersion


class UserQuerySet(models.QuerySet["User"]):
    """Filters of accounts."""

    def visible_to(self, actor: Actor, *, on: date, permission: Permission = Permission.PEOPLE_VIEW) -> UserQuerySet:
        """Accounts of organisations under the actor's scopes, by the paths of a day."""
        places = OrganisationVersion.objects.in_force(on).visible_to(actor, permission)
        return self.filter(organisation__in=places.values("organisation_id"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Manager that finds an account whatever the case of its username."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The account with this username, however it was typed."""
        user: User = self.get(username=(username or "").strip().lower())
        return user


class User(AbstractBaseUser):
    """An account of one organisation. What it may do stands in its role assignments alone.

    `is_handed_down`: the one account of an office or unit that its superior made (MISSION R2.2); it is no person's, so
    that of a unit administers people and never records, verifies or certifies. Usernames are stored in small letters.
    """

    username = models.CharField("ชื่อผู้ใช้", max_length=60, unique=True)
    display_name = models.CharField("ชื่อที่แสดง", max_length=200)
    email = models.EmailField("อีเมล", blank=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="users")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    is_handed_down = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    sort_key = models.GeneratedField(
        expression=Func(F("display_name"), function="thai_key", output_field=models.TextField()),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_username_small_letters", condition=Q(username=Lower("username"))),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_handed_down=True), name="user_one_handed_down_account"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """Name that pages show."""
        return self.display_name
