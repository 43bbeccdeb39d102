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
        return try await outcome(of: try await begin(plan.server == .embedded ? .everything : .nothing))
    }

    /// What locking down would change in a database that has been set up, in order; nothing is changed.
    ///
    /// It is done in a transaction that is rolled back, so these are exactly the statements that would run. What the
    /// administrator may not do is in the findings.
    package func previewOfLockdown() async throws -> SetupOutcome {
        let session = try await beginLockdown(.everything, isPreview: true)
        var outcome = SetupOutcome(serverVersion: try await session.serverVersion())
        try await session.apply(lockdown(outcome.serverVersion), to: &outcome)
        try await session.connection.query("ROLLBACK")
        return outcome
    }

    /// Runs the statements, from a preview that a person agreed to, and no other; what else there is to do is in the
    /// findings. Roles, their passwords and schemas stay as they are, so any administrator may do it.
    package func lockDown(by statements: [String]) async throws -> SetupOutcome {
        let session = try await beginLockdown(.statements(Set(statements)))
        var outcome = SetupOutcome(serverVersion: try await session.serverVersion())
        try await session.apply(lockdown(outcome.serverVersion), to: &outcome)
        try await check(session, &outcome)
        return outcome
    }

    /// Throws `SetupError` where there is nothing yet that could be locked down.
    private func beginLockdown(
        _ consent: SetupSession.Consent, isPreview: Bool = false
    ) async throws -> SetupSession {
        try plan.validate()
        let session = try await begin(consent, isPreview: isPreview)
        guard try await session.has(plan.allRoles) else {
            throw SetupError("the server is not set up for Dash, so nothing was locked down; run dashd setup first")
        }
        return session
    }

    private func begin(_ consent: SetupSession.Consent, isPreview: Bool = false) async throws -> SetupSession {
        var patient = administrator
        patient.limits = .long
        let connection = try await PostgresConnection.connect(patient, eventLoop: eventLoop, logger: logger)
        let session = SetupSession(
            connection: connection, consent: consent, isPreview: isPreview, logger: logger)
        try await session.begin()
        return session
    }

    private func outcome(of session: SetupSession) async throws -> SetupOutcome {
        let version = try await session.serverVersion()
        var outcome = SetupOutcome(serverVersion: version)
        try await session.apply(RoleSteps(plan: plan, serverVersion: version).all, to: &outcome)
        guard try await session.has(plan.allRoles) else {
            outcome.findings += try await SetupCheck(plan: plan).findings(on: session.connection)
            return outcome
        }
        try await session.apply(SchemaSteps(plan: plan).all + AuditSteps(plan: plan).all, to: &outcome)
        try await session.apply(
            plan.server == .embedded
                ? lockdown(version)
                : GrantSteps(plan: plan, serverVersion: version).all
                    + LockdownSteps(plan: plan, serverVersion: version).grantsForApp, to: &outcome)
        try await RoleLogins(setup: self, session: session).settle(&outcome)
        try await check(session, &outcome)
        return outcome
    }

    private func check(_ session: SetupSession, _ outcome: inout SetupOutcome) async throws {
        for finding in try await SetupCheck(plan: plan).findings(on: session.connection)
        where !outcome.findings.contains(where: { $0.isSame(as: finding) }) {
            outcome.findings.append(finding)
        }
    }

    /// Grants follow, for what Dash's roles had through PUBLIC until then.
    private func lockdown(_ version: Int) -> [SetupStep] {
        LockdownSteps(plan: plan, serverVersion: version).all + GrantSteps(plan: plan, serverVersion: version).all
    }
}
