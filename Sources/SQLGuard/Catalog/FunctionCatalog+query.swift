extension FunctionCatalog {
    /// The rows of a catalog, with a column for each field. Runs on PostgreSQL 15 and later, as any role.
    ///
    /// To be loaded anew now and then: whoever owns a company schema may add a function to it. The types are looked for once
    /// and not for each function, which takes seconds.
    package static let query = """
        SELECT n.nspname::text AS schema, p.proname::text AS name,
               bool_or(p.provolatile = 'v' OR p.prokind = 'p') AS is_volatile,
               bool_or(coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype && ARRAY(
                   SELECT t.oid FROM pg_catalog.pg_type t
                   WHERE t.typname IN ('internal', 'cstring', '_cstring', 'trigger', 'event_trigger', 'language_handler',
                       'fdw_handler', 'index_am_handler', 'table_am_handler', 'tsm_handler', 'pg_ddl_command')
               )) AS is_machinery,
               bool_or(coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype && ARRAY(
                   SELECT t.oid FROM pg_catalog.pg_type t
                   WHERE t.typname ~ '^_?(reg(class|proc|procedure|oper|operator|type|role|namespace|collation|database)|oid|oidvector|xid|xid8|cid|tid|pg_lsn|pg_snapshot|txid_snapshot|aclitem|refcursor)$'
               )) AS is_about_server,
               bool_or(p.pronargs >= 1 AND p.pronargs - p.pronargdefaults <= 1) AS takes_value,
               bool_or(p.pronargs >= 1 AND p.pronargs - p.pronargdefaults <= 1 AND p.proargtypes[0] = ANY (ARRAY(
                   SELECT t.oid FROM pg_catalog.pg_type t
                   LEFT JOIN pg_catalog.pg_type b ON b.oid = coalesce(nullif(t.typelem, 0), nullif(t.typbasetype, 0), t.oid)
                   WHERE b.typtype = 'c' OR t.typtype = 'p' AND t.typname ~ '^(any|_?record)'
               ))) AS takes_row,
               bool_and(EXISTS (
                   SELECT FROM pg_catalog.pg_depend d
                   WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e'
               )) AS is_extension
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_(toast|temp)'
        GROUP BY 1, 2
        ORDER BY 1, 2
        """
}
