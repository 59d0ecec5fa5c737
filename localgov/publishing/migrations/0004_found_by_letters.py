"""Shown versions that have some letters, always from the trigram index: the planner can't know how rare letters are."""

from django.db import migrations

FUNCTION = """
-- The cost of unpacking long texts is in no estimate: left alone, the planner reads them all for one rare word.
CREATE FUNCTION publishing_matching(letters text) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 100
    SET enable_seqscan = off AS $$
    SELECT v.id FROM publishing_itemversion v WHERE v.search_text LIKE '%' || letters || '%'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_entry_duties")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION publishing_matching(text)")]
