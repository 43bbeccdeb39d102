package import Postgres
package import ServiceRuntime

/// Makes one database ready for Dash: roles, schemas, grants.
///
/// Compares first and changes only what differs, so a second run changes nothing. What the administrator may not do
/// becomes a finding with the statement for somebody who may. Replicas may run it at the same time.
package struct DatabaseSetup: Sendable {
    let administrator: PostgresConfiguration
    let plan: SetupPlan
    let eventLoop: EventLoop
    let logger: Logger

    /// `administrator` logs in to the database that is to be set up; superuser on the embedded server, elsewhere
    /// CREATEROLE and CREATE on the database are enough.
    package init(administrator: PostgresConfiguration, plan: SetupPlan, eventLoop: EventLoop, logger: Logger) {
        self.administrator = administrator
        self.plan = plan
        self.eventLoop = eventLoop
        self.logger = logger
    }

    /// Throws `PostgresError` where the server cannot be worked with, `SetupError` where the plan makes no sense.
    package func run() async throws -> SetupOutcome {
        try plan.validate()
        let connection = try await PostgresConnection.connect(administrator, eventLoop: eventLoop, logger: logger)
        let session = SetupSession(connection: connection, plan: plan, logger: logger)
        try await session.begin()
        return try await outcome(of: session)
    }

    private func outcome(of session: SetupSession) async throws -> SetupOutcome {
        var outcome = SetupOutcome(serverVersion: try await session.serverVersion())
        try await session.apply(RoleSteps(plan: plan, serverVersion: outcome.serverVersion).all, to: &outcome)
        guard try await session.hasAllRoles() else {
            outcome.findings += try await SetupCheck(plan: plan).findings(on: session.connection)
            return outcome
        }
        try await session.apply(SchemaSteps(plan: plan).all, to: &outcome)
        if plan.server == .embedded {
            try await session.apply(LockdownSteps(plan: plan).all, to: &outcome)
        }
        try await session.apply(GrantSteps(plan: plan, serverVersion: outcome.serverVersion).all, to: &outcome)
        try await RoleLogins(setup: self, session: session).mend(&outcome)
        for finding in try await SetupCheck(plan: plan).findings(on: session.connection)
        where !outcome.findings.contains(where: { $0.remedy == finding.remedy && $0.subject == finding.subject }) {
            outcome.findings.append(finding)
        }
        return outcome
    }
}
