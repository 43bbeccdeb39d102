/// Functions and views of PostgreSQL that a sandbox role has no use for, though every role may use them by default.
enum BuiltIns {
    /// Taken from PUBLIC and given to the daemon's role, which works with them.
    static let functionsForApp = [
        "pg_sleep", "pg_sleep_for", "pg_sleep_until", "pg_notify", "pg_listening_channels", "set_config",
        "pg_cancel_backend", "pg_terminate_backend",
        "pg_advisory_lock", "pg_advisory_lock_shared", "pg_advisory_xact_lock", "pg_advisory_xact_lock_shared",
        "pg_try_advisory_lock", "pg_try_advisory_lock_shared", "pg_try_advisory_xact_lock",
        "pg_try_advisory_xact_lock_shared", "pg_advisory_unlock", "pg_advisory_unlock_shared", "pg_advisory_unlock_all",
        "pg_show_all_settings", "pg_lock_status", "pg_stat_get_activity", "pg_stat_get_backend_activity",
        "pg_stat_get_backend_idset", "pg_stat_get_backend_pid", "pg_blocking_pids", "pg_safe_snapshot_blocking_pids",
    ]

    /// Taken from PUBLIC, with all their overloads; so is the one of `ts_rewrite` that runs a statement.
    static let functionsForNobody = [
        // Statements inside strings.
        "query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "cursor_to_xml", "cursor_to_xmlschema",
        "table_to_xml", "table_to_xmlschema", "table_to_xml_and_xmlschema", "schema_to_xml", "schema_to_xmlschema",
        "schema_to_xml_and_xmlschema", "database_to_xml", "database_to_xmlschema", "database_to_xml_and_xmlschema",
        "ts_stat",
        // Large objects, which even a read-only transaction may write before version 16.
        "lo_create", "lo_creat", "lo_from_bytea", "lo_put", "lo_get", "lo_open", "lo_close", "lo_lseek", "lo_lseek64",
        "lo_tell", "lo_tell64", "lo_truncate", "lo_truncate64", "lo_unlink", "lo_import", "lo_export", "loread",
        "lowrite",
        // Effects that a rollback does not undo, and views of other sessions.
        "pg_export_snapshot", "pg_logical_emit_message", "pg_stat_reset", "pg_stat_reset_shared",
        "pg_stat_reset_single_table_counters", "pg_stat_reset_single_function_counters", "pg_stat_reset_slru",
        "pg_stat_reset_replication_slot", "pg_stat_reset_subscription_stats", "pg_stat_clear_snapshot",
        "pg_prepared_xact", "pg_stat_get_backend_client_addr", "pg_stat_get_backend_client_port",
        "pg_stat_get_backend_userid", "pg_stat_get_backend_dbid", "pg_stat_get_backend_start",
        "pg_stat_get_backend_activity_start", "pg_stat_get_backend_xact_start", "pg_stat_get_backend_wait_event",
        "pg_stat_get_backend_wait_event_type", "pg_stat_get_backend_subxact",
        // Its output does not listen to a cancel request.
        "array_fill",
    ]

    /// Taken from PUBLIC and given to the daemon's role.
    static let viewsForApp = [
        "pg_settings", "pg_roles", "pg_locks", "pg_stat_activity", "pg_stat_user_tables", "pg_stat_all_tables",
        "pg_db_role_setting", "pg_stats",
    ]

    /// Taken from PUBLIC: sampled values, sessions, roles and mappings of others.
    static let viewsForNobody = [
        "pg_stats_ext", "pg_stats_ext_exprs", "pg_prepared_xacts", "pg_user_mappings", "pg_user", "pg_group",
        "pg_stat_sys_tables", "pg_stat_xact_user_tables", "pg_stat_xact_all_tables", "pg_stat_replication",
        "pg_stat_ssl", "pg_stat_gssapi", "pg_cursors", "pg_prepared_statements",
    ]
}
