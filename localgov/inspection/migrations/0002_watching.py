"""Acts are bound into a chain for each filing, ordinary tables are watched, append-only ones are sealed (ADR 0011)."""

from django.db import migrations

LINKS = """
-- Appends one act to the chain of its filing. `content` is the row as JSON.
CREATE FUNCTION inspection_link(act_kind text, act_id bigint, filing bigint, content text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last record;
    change record;
    place integer;
BEGIN
    PERFORM 1 FROM filings_filing WHERE id = filing FOR UPDATE;
    SELECT position, hash INTO last FROM inspection_link WHERE filing_id = filing ORDER BY position DESC LIMIT 1;
    SELECT position, hash INTO change FROM filings_change WHERE filing_id = filing ORDER BY position DESC LIMIT 1;
    place := coalesce(last.position, 0) + 1;
    INSERT INTO inspection_link (filing_id, position, kind, row_id, change_position, change_hash, content,
        previous_hash, hash)
    VALUES (filing, place, act_kind, act_id, coalesce(change.position, 0), coalesce(change.hash, ''), content,
        coalesce(last.hash, ''),
        encode(sha256(convert_to(concat_ws(E'\\n', coalesce(last.hash, ''), filing, place, act_kind, act_id,
            coalesce(change.position, 0), coalesce(change.hash, ''), content), 'UTF8')), 'hex'));
END $$;
REVOKE EXECUTE ON FUNCTION inspection_link(text, bigint, bigint, text) FROM PUBLIC;

CREATE FUNCTION inspection_link_act() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    filing bigint;
BEGIN
    IF TG_ARGV[0] = 'LAPSE' THEN
        SELECT s.filing_id INTO filing FROM certification_certificate c JOIN filings_sheet s ON s.id = c.sheet_id
        WHERE c.id = NEW.certificate_id;
    ELSE
        SELECT filing_id INTO filing FROM filings_sheet WHERE id = NEW.sheet_id;
    END IF;
    PERFORM inspection_link(TG_ARGV[0], NEW.id, filing, (to_jsonb(NEW) - 'snapshot')::text);
    RETURN NULL;
END $$;

CREATE TRIGGER inspection_linked AFTER INSERT ON filings_steptaken
    FOR EACH ROW EXECUTE FUNCTION inspection_link_act('STEP');
CREATE TRIGGER inspection_linked AFTER INSERT ON certification_certificate
    FOR EACH ROW EXECUTE FUNCTION inspection_link_act('CERTIFICATE');
CREATE TRIGGER inspection_linked AFTER INSERT ON certification_lapse
    FOR EACH ROW EXECUTE FUNCTION inspection_link_act('LAPSE');

-- Acts recorded before this release join the chain in their order.
SET LOCAL timezone = 'UTC';
DO $$
DECLARE
    act record;
BEGIN
    FOR act IN
        SELECT 'STEP' AS kind, t.id, s.filing_id, t.recorded_at, 1 AS sort, to_jsonb(t) AS j
        FROM filings_steptaken t JOIN filings_sheet s ON s.id = t.sheet_id
        UNION ALL
        SELECT 'CERTIFICATE', c.id, s.filing_id, c.recorded_at, 2, to_jsonb(c) - 'snapshot'
        FROM certification_certificate c JOIN filings_sheet s ON s.id = c.sheet_id
        UNION ALL
        SELECT 'LAPSE', l.id, s.filing_id, l.recorded_at, 3, to_jsonb(l)
        FROM certification_lapse l JOIN certification_certificate c ON c.id = l.certificate_id
        JOIN filings_sheet s ON s.id = c.sheet_id
        ORDER BY filing_id, recorded_at, sort, id
    LOOP
        PERFORM inspection_link(act.kind, act.id, act.filing_id, act.j::text);
    END LOOP;
END $$;

SELECT audit_seal(name::regclass) FROM unnest(ARRAY['forms_formversion', 'filings_change', 'filings_steptaken',
    'certification_certificate', 'certification_lapse', 'inspection_link', 'inspection_dailyhead',
    'inspection_filinghead']) AS name;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'localgov_app') THEN
        REVOKE INSERT ON inspection_link FROM localgov_app;
    END IF;
END $$;

SELECT audit_watch('accounts_user', '{password}', '{last_login,sort_key}', 'organisation_id');
SELECT audit_watch('accounts_roleassignment', '{}', '{}', 'organisation_id');
SELECT audit_watch('accounts_onetimecode', '{keyed_hash}');
SELECT audit_watch('organisations_organisation', '{}', '{}', 'id');
SELECT audit_watch('organisations_organisationversion', '{}', '{search_text,sort_key}', 'organisation_id');
SELECT audit_watch('organisations_registerimport');
SELECT audit_watch('organisations_succession', '{}', '{}', 'predecessor_id');
SELECT audit_watch('forms_formversion');
SELECT audit_watch('forms_formdraft');
SELECT audit_watch('forms_questioncode');
SELECT audit_watch('rounds_round');
SELECT audit_watch('rounds_rosterentry', '{}', '{search_text,sort_key}', 'organisation_id');
SELECT audit_watch('filings_attachment');
"""

UNDO = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT tgname, tgrelid::regclass AS hung_on FROM pg_trigger
        WHERE tgfoid IN ('audit_log_rows'::regproc, 'inspection_link_act'::regproc)
            OR tgfoid = 'refuse_rewrite'::regproc AND tgrelid::regclass::text LIKE 'inspection_%'
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.hung_on);
    END LOOP;
END $$;
DROP FUNCTION inspection_link_act();
DROP FUNCTION inspection_link(text, bigint, bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspection", "0001_initial"),
        ("audit", "0005_watching"),
        ("accounts", "0004_cache_table"),
        ("organisations", "0002_initial"),
        ("forms", "0003_drafts"),
        ("rounds", "0001_initial"),
        ("filings", "0004_chain_covers_all"),
        ("certification", "0004_signed_once"),
    ]

    operations = [migrations.RunSQL(LINKS, UNDO)]
