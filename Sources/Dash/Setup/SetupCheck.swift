package import Postgres

/// Looks whether the roles are as tight as they must be, without changing anything.
///
/// Works as the daemon's role as well as the administrator's. A fatal finding means that no agent's SQL may run.
package struct SetupCheck: Sendable {
    /// One thing that was looked at.
    package struct Report: Sendable, Equatable {
        /// What holds where there is no finding.
        package var title: String
        package var findings: [SetupFinding]
    }

    /// A query with a row per finding: `problem` and `remedy`.
    struct Rule {
        var title: String
        var severity: SetupFinding.Severity
        var subject: SetupFinding.Subject
        var query: PostgresQuery
    }

    let plan: SetupPlan
    var roles: RoleNames { plan.roles }

    /// Of the plan, the passwords are not looked at.
    package init(plan: SetupPlan) {
        self.plan = plan
    }

    package func findings(on client: PostgresClient) async throws -> [SetupFinding] {
        try await reports(on: client).flatMap(\.findings)
    }

    package func findings(on connection: PostgresConnection) async throws -> [SetupFinding] {
        try await reports(on: connection).flatMap(\.findings)
    }

    package func reports(on client: PostgresClient) async throws -> [Report] {
        try await client.withConnection { try await reports(on: $0) }
    }

    /// Without all roles nothing else is looked at.
    package func reports(on connection: PostgresConnection) async throws -> [Report] {
        var reports = [try await check(missingRoles, on: connection)]
        guard reports[0].findings.isEmpty else { return reports }
        for rule in rules {
            reports.append(try await check(rule, on: connection))
        }
        if plan.parts.contains(.warehouse), !plan.allowedTables.isEverything {
            reports.append(try await unknownTables(on: connection))
        }
        return reports
    }

    private var rules: [Rule] {
        var rules: [Rule] = []
        if plan.parts.contains(.warehouse) {
            rules += [
                attributes, memberships, ownership, schemaCreation, databaseCreation, tableWrites, warehouseSchema,
            ]
        }
        rules.append(stateAccess)
        if plan.parts.contains(.state) { rules += [stateSchema, trigrams] + audit }
        if plan.parts.contains(.warehouse) {
            rules += [
                missingSchemas, temporaryTables, otherDatabases, temporaryFiles, connectionLimits, definerRoutines,
                unreadableTables,
                unevenRights,
            ]
            if !plan.allowedTables.isEverything { rules.append(tablesBeyondList) }
        }
        return rules
    }

    private func check(_ rule: Rule, on connection: PostgresConnection) async throws -> Report {
        let findings = try await connection.query(rule.query).rows.map { row in
            SetupFinding(
                rule.severity, rule.subject, try row.decode("problem"),
                remedy: try row.decodeIfPresent("remedy"))
        }
        return Report(title: rule.title, findings: findings)
    }

    /// Names of the list that nothing has, with those that are spelled nearly so.
    private func unknownTables(on connection: PostgresConnection) async throws -> Report {
        let result = try await connection.query(
            """
            SELECT n.nspname AS schema, c.relname AS name
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            ORDER BY n.nspname, c.relname LIMIT 20000
            """)
        let relations = try result.rows.map {
            AllowedTables.Name(schema: try $0.decode("schema"), table: try $0.decode("name"))
        }
        return Report(
            title: "every table of DASH_ALLOWED_TABLES exists",
            findings: plan.allowedTables.names.filter { name in
                !relations.contains { $0.table == name.table && (name.schema ?? $0.schema) == $0.schema }
            }.map { name in
                let near = name.nearest(among: relations).map(\.text)
                return SetupFinding(
                    .warning, .allowedTables,
                    "DASH_ALLOWED_TABLES names \(name.text), which is no table or view"
                        + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"),
                    remedy: near.isEmpty
                        ? "take \(name.text) out of DASH_ALLOWED_TABLES, or create the table; then restart Dash"
                        : "write \(near[0]) instead of \(name.text) in DASH_ALLOWED_TABLES, or take it out; then restart Dash"
                )
            })
    }
}
