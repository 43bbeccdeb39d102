import Postgres

/// The log of statements that agents wrote, `ai.audit`: the one table of Dash's state that the daemon cannot rewrite.
///
/// It belongs to the owner's role, which nobody logs in as; the daemon's role may insert and read. So set-up makes it, as
/// the administrator, and not one of the daemon's migrations. A column that a later version adds is added by set-up.
package enum AuditTable {
    package struct Column: Sendable, Equatable {
        package var name: String
        /// As `format_type` prints it.
        package var type: String
        /// What follows the type in CREATE TABLE.
        var constraint: String
        var comment: String

        fileprivate init(_ name: String, _ type: String, _ constraint: String, _ comment: String) {
            self.name = name
            self.type = type
            self.constraint = constraint
            self.comment = comment
        }

        fileprivate init(_ name: String, _ type: String, _ comment: String) {
            self.init(name, type, "", comment)
        }

        /// As in CREATE TABLE and in ADD COLUMN.
        var definition: String {
            "\(SQLIdentifier.sql(name)) \(type)" + (constraint.isEmpty ? "" : " \(constraint)")
        }
    }

    package static let name = "ai.audit"

    /// In their order. To be added to an existing table, a new one must allow null or have a default.
    package static let columns = [
        Column("id", "bigint", "GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "In the order of insertion."),
        Column("at", "timestamp with time zone", "NOT NULL DEFAULT clock_timestamp()", "When it was decided or ended."),
        Column("run_id", "uuid", "The run of ai.runs; null for a statement given by hand."),
        Column("team", "text", "The workspace of the asker; null outside Slack."),
        Column("asker", "text", "Who asked, as in ai.runs."),
        Column("channel", "text", "Where it was asked; null outside Slack."),
        Column("surface", "text", "slack, terminal, …"),
        Column("question", "text", "What was asked, in the asker's words."),
        Column("agent", "text", "NOT NULL", "Whose rights the statement had: analyst or engineer."),
        Column("sql", "text", "NOT NULL", "The statement as it was written."),
        Column(
            "verdict", "text", "NOT NULL CHECK (verdict IN ('ran', 'refused', 'failed', 'stopped'))",
            "What became of it."),
        Column(
            "layer", "text", "CHECK (layer IN ('guard', 'database', 'limit'))",
            "What refused or stopped it; null for one that ran."),
        Column("reason", "text", "Why, in a sentence."),
        Column("sqlstate", "text", "The server's code."),
        Column("rows", "bigint", "How many rows were kept."),
        Column("milliseconds", "bigint", "How long it took."),
    ]

    static let comment =
        "Every statement that an agent wanted to run, and what became of it; append-only for the daemon."

    /// Makes the table as the administrator, in one transaction where it is sent as one text.
    static func creation(_ roles: RoleNames) -> String {
        let owner = PostgresQuery.quoted(identifier: roles.owner)
        let definitions = columns.map(\.definition).joined(separator: ", ")
        return
            ([
                "CREATE TABLE \(name) (\(definitions))", "CREATE INDEX audit_at ON \(name) (at)",
                "CREATE INDEX audit_asker ON \(name) (asker, at)",
                "COMMENT ON TABLE \(name) IS \(PostgresQuery.quoted(literal: comment))",
            ] + columns.map(Self.comment(on:)) + [
                "ALTER TABLE \(name) OWNER TO \(owner)",
                "GRANT SELECT, INSERT ON \(name) TO \(app(roles))",
            ]).joined(separator: "; ")
    }

    /// Adds a column that the table lacks.
    static func addition(_ column: Column) -> String {
        "ALTER TABLE \(name) ADD COLUMN \(column.definition); \(comment(on: column))"
    }

    /// Takes the table out of the hands of whoever owns it.
    static func handover(_ roles: RoleNames) -> String {
        let owner = PostgresQuery.quoted(identifier: roles.owner)
        return "ALTER TABLE \(name) OWNER TO \(owner); \(restriction(roles)); "
            + "GRANT SELECT, INSERT ON \(name) TO \(app(roles))"
    }

    /// Takes everything but inserting and reading from the daemon's role.
    static func restriction(_ roles: RoleNames) -> String {
        "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON \(name) FROM \(app(roles))"
    }

    private static func app(_ roles: RoleNames) -> String { PostgresQuery.quoted(identifier: roles.app) }

    private static func comment(on column: Column) -> String {
        "COMMENT ON COLUMN \(name).\(SQLIdentifier.sql(column.name)) IS \(PostgresQuery.quoted(literal: column.comment))"
    }
}
