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
