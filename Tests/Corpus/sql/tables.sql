-- What a statement can change and a rollback undoes, one row a part: count and versions of the rows of catalogs and tables.
-- Run as superuser. Parts that begin with dash are the engineer's to change.
WITH spaces AS MATERIALIZED (
    SELECT oid, nspname, nspname IN ('dash', 'pg_toast') AS is_dash, nspname LIKE 'pg\_temp%' AS is_temporary
    FROM pg_namespace),
relations AS MATERIALIZED (
    SELECT c.xmin, c.*, s.nspname, s.is_dash, s.is_temporary
    FROM pg_class c JOIN spaces s ON s.oid = c.relnamespace),
versions AS (
    SELECT 'pg_class' AS name, is_dash, xmin AS version FROM relations
    UNION ALL SELECT 'pg_attribute', r.is_dash, a.xmin
        FROM pg_attribute a JOIN relations r ON r.oid = a.attrelid WHERE a.attrelid >= 16384
    UNION ALL SELECT 'pg_attrdef', r.is_dash, a.xmin FROM pg_attrdef a JOIN relations r ON r.oid = a.adrelid
    UNION ALL SELECT 'pg_index', r.is_dash, a.xmin FROM pg_index a JOIN relations r ON r.oid = a.indexrelid
    UNION ALL SELECT 'pg_rewrite', r.is_dash, a.xmin FROM pg_rewrite a JOIN relations r ON r.oid = a.ev_class
    UNION ALL SELECT 'pg_trigger', r.is_dash, a.xmin FROM pg_trigger a JOIN relations r ON r.oid = a.tgrelid
    UNION ALL SELECT 'pg_policy', false, a.xmin FROM pg_policy a
    UNION ALL SELECT 'pg_constraint', coalesce(s.is_dash, false), a.xmin
        FROM pg_constraint a LEFT JOIN spaces s ON s.oid = a.connamespace
    UNION ALL SELECT 'pg_type', s.is_dash, a.xmin FROM pg_type a JOIN spaces s ON s.oid = a.typnamespace
    UNION ALL SELECT 'pg_inherits', false, a.xmin FROM pg_inherits a
    UNION ALL SELECT 'pg_description', coalesce(r.is_dash, false), a.xmin
        FROM pg_description a LEFT JOIN relations r ON a.classoid = 1259 AND r.oid = a.objoid
        WHERE a.objoid >= 16384 OR a.classoid = 'pg_largeobject'::regclass
    UNION ALL SELECT 'pg_statistic', r.is_dash, a.xmin
        FROM pg_statistic a JOIN relations r ON r.oid = a.starelid
    UNION ALL SELECT 'pg_proc', false, xmin FROM pg_proc
    UNION ALL SELECT 'pg_operator', false, xmin FROM pg_operator
    UNION ALL SELECT 'pg_opclass', false, xmin FROM pg_opclass
    UNION ALL SELECT 'pg_aggregate', false, xmin FROM pg_aggregate
    UNION ALL SELECT 'pg_cast', false, xmin FROM pg_cast
    UNION ALL SELECT 'pg_enum', false, xmin FROM pg_enum
    UNION ALL SELECT 'pg_collation', false, xmin FROM pg_collation
    UNION ALL SELECT 'pg_conversion', false, xmin FROM pg_conversion
    UNION ALL SELECT 'pg_ts_config', false, xmin FROM pg_ts_config
    UNION ALL SELECT 'pg_language', false, xmin FROM pg_language
    UNION ALL SELECT 'pg_am', false, xmin FROM pg_am
    UNION ALL SELECT 'pg_namespace', false, xmin FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'
    UNION ALL SELECT 'pg_extension', false, xmin FROM pg_extension
    UNION ALL SELECT 'pg_depend', false, xmin FROM pg_depend WHERE refclassid = 'pg_extension'::regclass
    UNION ALL SELECT 'pg_event_trigger', false, xmin FROM pg_event_trigger
    UNION ALL SELECT 'pg_foreign_data_wrapper', false, xmin FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_foreign_server', false, xmin FROM pg_foreign_server
    UNION ALL SELECT 'pg_foreign_table', false, xmin FROM pg_foreign_table
    UNION ALL SELECT 'pg_user_mapping', false, xmin FROM pg_user_mapping
    UNION ALL SELECT 'pg_publication', false, xmin FROM pg_publication
    UNION ALL SELECT 'pg_subscription', false, xmin FROM pg_subscription
    UNION ALL SELECT 'pg_statistic_ext', false, xmin FROM pg_statistic_ext
    UNION ALL SELECT 'pg_default_acl', false, xmin FROM pg_default_acl
    UNION ALL SELECT 'pg_largeobject', false, xmin FROM pg_largeobject
    UNION ALL SELECT 'pg_largeobject_metadata', false, xmin FROM pg_largeobject_metadata
    UNION ALL SELECT 'pg_authid', false, xmin FROM pg_authid
    UNION ALL SELECT 'pg_auth_members', false, xmin FROM pg_auth_members
    UNION ALL SELECT 'pg_db_role_setting', false, xmin FROM pg_db_role_setting
    UNION ALL SELECT 'pg_database', false, xmin FROM pg_database
    UNION ALL SELECT 'pg_tablespace', false, xmin FROM pg_tablespace
    UNION ALL SELECT 'pg_shdescription', false, xmin FROM pg_shdescription
    UNION ALL SELECT 'pg_replication_origin', false, xmin FROM pg_replication_origin)
SELECT CASE WHEN is_dash THEN 'dash ' ELSE '' END || name AS part, count(*) || ' ' || sum(CASE version WHEN '1' THEN 1 ELSE version::text::bigint END) AS value
FROM versions GROUP BY 1
UNION ALL
-- What is changed in its place.
SELECT 'storage', md5(string_agg(concat_ws(' ', oid, relfilenode, relpages, reltuples, relallvisible, relhassubclass, relhastriggers,
    relfrozenxid), ',' ORDER BY oid)) FROM relations WHERE oid >= 16384 AND NOT is_dash AND relkind <> 'S'
UNION ALL
-- Owners and rights of what was in dash before; a statement may make tables there, not give them away.
SELECT 'rights in dash', md5(string_agg(concat_ws(' ', oid, relowner, relacl, relrowsecurity), ',' ORDER BY oid))
FROM relations WHERE nspname = 'dash' AND oid < :newest::bigint AND relkind IN ('r', 'v', 'm')
UNION ALL
-- What is called as something else is called.
SELECT 'names', string_agg(r.relname, ',' ORDER BY r.relname)
FROM relations r
WHERE (r.nspname = 'dash' OR r.is_temporary) AND r.relkind <> 't' AND (
    r.relname ~ '[^\x01-\x7f]' OR r.relname IN (SELECT word FROM pg_get_keywords() WHERE catcode = 'R')
    OR EXISTS (SELECT FROM relations o WHERE o.nspname IN ('public', 'pg_catalog')
        AND lower(r.relname) IN (o.relname, o.nspname || '.' || o.relname))
    OR EXISTS (SELECT FROM pg_type t WHERE t.typnamespace = 11 AND t.typname = lower(r.relname)))
UNION ALL
SELECT 'types', string_agg(t.typname, ',' ORDER BY t.typname)
FROM pg_type t JOIN spaces s ON s.oid = t.typnamespace
WHERE s.nspname = 'dash' AND EXISTS (SELECT FROM pg_type o WHERE o.typnamespace = 11 AND o.typname = t.typname)
UNION ALL
SELECT CASE WHEN is_dash THEN 'dash ' ELSE '' END || 'rows of ' || r.nspname || '.' || r.relname,
    query_to_xml(format('SELECT count(*), sum(xmin::text::bigint) FROM %I.%I', r.nspname, r.relname), true, true, '')::text
FROM relations r WHERE r.relkind = 'r' AND r.nspname IN ('public', 'ai', 'dash')
