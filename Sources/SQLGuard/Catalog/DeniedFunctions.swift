/// Built-in functions that are refused although they are not volatile, or are named so that a refusal can say why.
///
/// Reviewed against PostgreSQL 15 to 18. What is volatile, part of the machinery or about the server's objects is refused
/// by `FunctionCatalog` already; a new function of these kinds needs no entry here.
enum DeniedFunctions {
    struct Group {
        let reason: String
        let advice: String
        var prefixes: [String] = []
        var names: Set<String> = []

        func contains(_ name: String) -> Bool {
            names.contains(name) || prefixes.contains { name.hasPrefix($0) }
        }
    }

    static func group(of name: String) -> Group? {
        harmlessServerInformation.contains(name) ? nil : groups.first { $0.contains(name) }
    }

    /// They give a value and keep no state that anyone else sees.
    static let harmlessVolatile: Set<String> = [
        "random", "random_normal", "clock_timestamp", "timeofday", "gen_random_uuid", "uuidv4", "uuidv7",
        "array_shuffle",
        "array_sample",
    ]
    /// They have overloads for plain values, or show only the type of a value.
    static let harmlessAboutServer: Set<String> = ["min", "max", "int8", "age", "pg_typeof"]
    /// They give a type by its number: beside a number or a text, the server would look that up as well.
    static let onlyAsText: Set<String> = ["pg_typeof"]
    /// Of those that begin with `pg_`, these say something about a value, not about the server.
    private static let harmlessServerInformation: Set<String> = [
        "pg_typeof", "pg_size_pretty", "pg_size_bytes", "pg_column_size", "pg_collation_for", "pg_client_encoding",
    ]

    private static let groups: [Group] = [
        Group(
            reason: "it keeps a connection waiting", advice: "Leave it out.",
            prefixes: ["pg_sleep"]),
        Group(
            reason: "its locks outlast the question and can block the service", advice: "Leave it out.",
            prefixes: ["pg_advisory_", "pg_try_advisory_"]),
        Group(
            reason: "it reads or writes files of the server", advice: "Only tables and views can be read.",
            prefixes: ["pg_read_", "pg_ls_", "pg_stat_file", "pg_file_", "pg_current_logfile", "pg_hba_", "pg_ident_"]),
        Group(
            reason: "large objects are files inside the database, and some of these write even when only reading is on",
            advice: "Only tables and views can be read.", prefixes: ["lo_"], names: ["loread", "lowrite"]),
        Group(
            reason: "it interrupts or controls other sessions or the server", advice: "Leave it out.",
            prefixes: [
                "pg_cancel_", "pg_terminate_", "pg_reload_", "pg_rotate_", "pg_promote", "pg_switch_", "pg_wal_",
                "pg_backup_", "pg_create_", "pg_drop_", "pg_logical_", "pg_replication_", "pg_copy_", "pg_export_",
                "pg_import_", "pg_log_", "pg_notify", "pg_nextoid", "pg_restore_", "pg_clear_", "binary_upgrade_",
            ]),
        Group(
            reason: "it changes or shows settings of the session and the server", advice: "Leave it out.",
            prefixes: ["pg_show_", "pg_settings_"],
            names: ["set_config", "current_setting", "setseed", "pg_conf_load_time", "pg_config"]),
        Group(
            reason: "it advances a sequence or shows its state",
            advice: "Use row_number() OVER () for numbers, max(id) for the last one.",
            names: ["nextval", "setval", "currval", "lastval", "pg_sequence_last_value", "pg_sequence_parameters"]),
        Group(
            reason: "it runs text as SQL or reads whatever table a text names",
            advice: "Write the query itself; use jsonb functions for structured output.",
            prefixes: [
                "query_to_xml", "table_to_xml", "cursor_to_xml", "schema_to_xml", "database_to_xml", "dblink",
                "crosstab",
                "connectby",
            ],
            names: ["ts_stat", "ts_rewrite", "xpath_table"]),
        Group(
            reason: "XML is parsed without a limit on what its entities grow to", advice: "Use jsonb functions.",
            prefixes: ["xml", "xpath"]),
        Group(
            reason: "it shows what exists on the server and who may use it",
            advice: "Use introspect_schema, or information_schema.tables and columns.",
            prefixes: [
                "pg_get_", "pg_stat_", "pg_describe_", "pg_identify_", "has_", "to_reg", "regclass", "regproc",
                "regoper", "regtype", "regrole", "regnamespace", "regcollation", "regconfig", "regdictionary",
                "row_security_", "ts_debug", "ts_parse", "ts_token_type", "ts_lexize",
            ],
            names: [
                "obj_description", "col_description", "shobj_description", "format_type", "pg_has_role", "oid",
                "pg_relation_size", "pg_total_relation_size", "pg_table_size", "pg_indexes_size", "pg_database_size",
                "pg_tablespace_size", "getpgusername", "getdatabaseencoding", "current_schemas", "current_query",
                "inet_server_addr", "inet_server_port", "inet_client_addr", "inet_client_port",
            ]),
        Group(
            reason: "it takes or shows transaction ids", advice: "Use a time column of the table.",
            prefixes: ["txid_", "pg_current_xact", "pg_xact_", "pg_snapshot_"], names: ["mxid_age"]),
        Group(
            reason: "it builds huge values, and the server cannot be stopped while it writes them",
            advice: "Use generate_series with array_agg.", names: ["array_fill"]),
        Group(
            reason: "it belongs to the server's own machinery", advice: "Leave it out.",
            prefixes: ["pg_", "brin_", "gin_", "ri_fkey", "RI_FKey", "plpgsql_", "fmgr_", "dsnowball_", "amvalidate"],
            names: ["currtid2", "system", "bernoulli", "satisfies_hash_partition"]),
    ]
}
