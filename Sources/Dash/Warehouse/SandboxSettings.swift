import ServiceRuntime

/// Session settings of each role: the second layer around statements that agents write.
package enum SandboxSettings {
    /// Present while the settings are in force; gone where they were SET after connecting and then discarded.
    static let marker = "dash.sandbox"

    /// For the analyst: read only, bounded in time and memory.
    package static func analyst(
        dataSchemas: [String], statementTimeout: Duration = .seconds(30), timeZone: String = "UTC"
    ) -> [String: String] {
        var settings = sandbox(statementTimeout, timeZone: timeZone)
        settings["default_transaction_read_only"] = "on"
        settings["search_path"] = dataSchemas.sqlIdentifierList
        return settings
    }

    /// For the engineer. Company schemas come first in its path, so that creating something without writing `dash.`
    /// fails on the missing right instead of shadowing a company table.
    package static func engineer(
        dataSchemas: [String], statementTimeout: Duration = .seconds(30), timeZone: String = "UTC"
    ) -> [String: String] {
        var settings = sandbox(statementTimeout, timeZone: timeZone)
        settings["search_path"] = (dataSchemas + ["dash"]).sqlIdentifierList
        return settings
    }

    /// For the daemon's own statements.
    package static func app() -> [String: String] {
        [
            // Short statements over tables whose statistics may be old: compiling them costs more than it gains.
            "jit": "off", "TimeZone": "UTC", "DateStyle": "ISO, YMD", "IntervalStyle": "postgres",
            "standard_conforming_strings": "on",
        ]
    }

    private static func sandbox(_ statementTimeout: Duration, timeZone: String) -> [String: String] {
        [
            "statement_timeout": milliseconds(statementTimeout),
            "idle_in_transaction_session_timeout": milliseconds(statementTimeout + .seconds(5)),
            "lock_timeout": "1000", "work_mem": "16MB", "hash_mem_multiplier": "1", "jit": "off",
            "max_parallel_workers_per_gather": "0", "row_security": "on", "cursor_tuple_fraction": "1",
            "standard_conforming_strings": "on", "TimeZone": timeZone, "DateStyle": "ISO, YMD",
            "IntervalStyle": "postgres", "bytea_output": "hex", "extra_float_digits": "1",
            marker: "on",
        ]
    }

    /// A number without a unit, as every version reads it.
    private static func milliseconds(_ duration: Duration) -> String {
        String(max(1, duration.inMilliseconds))
    }
}
