"""What the database itself keeps: versions are not rewritten, every shown change is counted, rows are watched."""

from django.db import migrations

GUARDS = """
ALTER TABLE publishing_itemversion ALTER COLUMN recorded_at SET DEFAULT recorded_now();

-- The check may be added to a version; what was written stays as it was written.
CREATE FUNCTION publishing_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- A generated column is not computed yet when this trigger looks.
    checked text[] := '{check_state,reason,checked_by,checked_label,checked_at,sort_key}';
BEGIN
    IF to_jsonb(NEW) - checked <> to_jsonb(OLD) - checked THEN
        RAISE EXCEPTION 'a version of an item is not rewritten (publishing_itemversion %)', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_stays BEFORE UPDATE ON publishing_itemversion
    FOR EACH ROW EXECUTE FUNCTION publishing_version_stays();

CREATE FUNCTION publishing_picture_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the pictures of a version are not changed (publishing_versionpicture %)', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER picture_stays BEFORE UPDATE ON publishing_versionpicture
    FOR EACH ROW EXECUTE FUNCTION publishing_picture_stays();

-- Kilometres between two points on a plane around the second one; `squeeze` is the cosine of its latitude.
CREATE FUNCTION publishing_distance(
    lat numeric, lon numeric, to_lat float8, to_lon float8, squeeze float8, km_per_degree float8
) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT km_per_degree * sqrt((lat::float8 - to_lat) ^ 2 + ((lon::float8 - to_lon) * squeeze) ^ 2)
$$;

-- A version stands under its own item, with the kind of the item; what is shown was checked.
CREATE FUNCTION publishing_item_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.newest_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM publishing_itemversion v WHERE v.id = NEW.newest_id AND v.item_id = NEW.id AND v.kind = NEW.kind
    ) OR NEW.shown_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM publishing_itemversion v
        WHERE v.id = NEW.shown_id AND v.item_id = NEW.id AND v.kind = NEW.kind AND v.check_state = 'CHECKED'
    ) THEN
        RAISE EXCEPTION 'an item shows only a checked version of its own (publishing_item %)', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_whole BEFORE INSERT OR UPDATE OF newest_id, shown_id, kind ON publishing_item
    FOR EACH ROW EXECUTE FUNCTION publishing_item_whole();

CREATE FUNCTION publishing_count_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unit bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.organisation_id ELSE NEW.organisation_id END;
BEGIN
    INSERT INTO publishing_edition (organisation_id, number) VALUES (unit, 1)
    ON CONFLICT (organisation_id) DO UPDATE SET number = publishing_edition.number + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER edition_began AFTER INSERT ON publishing_item FOR EACH ROW
    WHEN (NEW.shown_id IS NOT NULL) EXECUTE FUNCTION publishing_count_edition();
CREATE TRIGGER edition_changed AFTER UPDATE ON publishing_item FOR EACH ROW
    WHEN ((OLD.shown_id, OLD.displayed, OLD.deleted_at, OLD.organisation_id)
        IS DISTINCT FROM (NEW.shown_id, NEW.displayed, NEW.deleted_at, NEW.organisation_id))
    EXECUTE FUNCTION publishing_count_edition();
CREATE TRIGGER edition_ended AFTER DELETE ON publishing_item FOR EACH ROW
    WHEN (OLD.shown_id IS NOT NULL) EXECUTE FUNCTION publishing_count_edition();

SELECT audit_watch('publishing_item', organisation => 'organisation_id');
SELECT audit_watch('publishing_itemversion', ignored => '{search_text,sort_key}');
SELECT audit_watch('publishing_picture', organisation => 'organisation_id');
SELECT audit_watch('publishing_versionpicture');
"""

UNDO = """
DROP TRIGGER version_stays ON publishing_itemversion;
DROP TRIGGER picture_stays ON publishing_versionpicture;
DROP TRIGGER item_whole ON publishing_item;
DROP TRIGGER edition_began ON publishing_item;
DROP TRIGGER edition_changed ON publishing_item;
DROP TRIGGER edition_ended ON publishing_item;
DROP FUNCTION publishing_version_stays();
DROP FUNCTION publishing_picture_stays();
DROP FUNCTION publishing_item_whole();
DROP FUNCTION publishing_count_edition();
DROP FUNCTION publishing_distance(numeric, numeric, float8, float8, float8, float8);
"""


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_items"), ("audit", "0006_recorded_clock")]

    operations = [migrations.RunSQL(GUARDS, UNDO)]
