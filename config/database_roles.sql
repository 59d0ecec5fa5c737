-- What a database of this system grants to its two roles (DESIGN, Truth). Run by the owner, once, in the empty
-- database that will hold the data; running it again changes nothing. The embedded cluster runs it by itself; on a
-- server of your own:   psql -v ON_ERROR_STOP=1 -d localgov -f config/database_roles.sql
-- after              CREATE ROLE localgov_owner LOGIN PASSWORD '…'; CREATE ROLE localgov_app LOGIN PASSWORD '…';
--                    CREATE DATABASE localgov OWNER localgov_owner;
-- The serving role reads and writes rows. It changes no table, empties none (no TRUNCATE), and makes none except
-- temporary ones, which bulk loading by COPY needs.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO localgov_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO localgov_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO localgov_app;

ALTER DEFAULT PRIVILEGES FOR ROLE localgov_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO localgov_app;
ALTER DEFAULT PRIVILEGES FOR ROLE localgov_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO localgov_app;

-- Append-only tables are sealed again after the grants above: no UPDATE, DELETE, TRUNCATE; what the database's own
-- triggers write, the serving role may not even insert.
DO $$
DECLARE
    sealed regclass;
BEGIN
    FOR sealed IN SELECT DISTINCT t.tgrelid::regclass FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname = 'refuse_rewrite'
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM localgov_app', sealed);
    END LOOP;
    FOR sealed IN SELECT to_regclass(name) FROM unnest(ARRAY['audit_rowchange', 'inspection_link']) AS name
        WHERE to_regclass(name) IS NOT NULL
    LOOP
        EXECUTE format('REVOKE INSERT ON %s FROM localgov_app', sealed);
    END LOOP;
END $$;
