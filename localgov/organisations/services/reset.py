"""Emptying a demo installation before the real register comes (DESIGN §4: an installation is either demo or real)."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from localgov.organisations.models import Kind, OrganisationVersion, RegisterImport

_KEPT = (ContentType, Permission)


def installation_is_demo() -> bool:
    """Whether the register in force is the demo registry."""
    newest = RegisterImport.objects.order_by("-pk").values_list("source", flat=True).first()
    return newest == RegisterImport.Source.DEMO


def demo_units_count() -> int:
    """How many demo units there are."""
    return (
        OrganisationVersion.objects.filter(is_demo=True, organisation__kind=Kind.UNIT)
        .values("organisation_id")
        .distinct()
        .count()
    )


def demo_empty() -> int:
    """Empty every table of the installation: demo units, accounts, sessions, forms, rounds, filings and the record.

    The connection must own the tables: append-only ones refuse the serving role. Identities go on counting, so that
    nothing that a server remembers by number comes to mean something else. Returns how many units were removed.
    Everything happens in the caller's transaction.
    """
    removed = demo_units_count()
    quote = connection.ops.quote_name
    tables = [
        quote(model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model not in _KEPT
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return removed
