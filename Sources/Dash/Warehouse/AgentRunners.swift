import Postgres
import SQLGuard

/// Puts the layers around the runners of both agents: the gate, the guard, the transaction.
struct AgentRunners {
    let configuration: WarehouseConnection.Configuration
    let catalog: GuardCatalog
    let gate: SQLGate?
    let abandoned: AbandonedStatements
    let knowledgeUsing: @Sendable ([String]) async throws -> [ProposedAction.Dependant]

    func analyst(_ client: PostgresClient) -> any SQLRunner {
        let policy = policy(.analyst)
        guard configuration.layers.contains(.transaction) else { return unprotected(client, policy) }
        return gated(
            AnalystRunner(
                client: client,
                sessions: SandboxSessions(
                    agent: "analyst", limit: configuration.analystConnections + configuration.analystAbandoned,
                    abandoned: abandoned), policy: policy, limits: configuration.limits,
                statementTimeout: configuration.statementTimeout))
    }

    /// `didChange` is called after each commit.
    func engineer(_ client: PostgresClient, didChange: @escaping @Sendable () -> Void) -> any SQLRunner {
        let policy = policy(.engineer)
        guard configuration.layers.contains(.transaction) else { return unprotected(client, policy) }
        return gated(
            EngineerRunner(
                client: client,
                sessions: SandboxSessions(
                    agent: "engineer", limit: configuration.engineerConnections + configuration.engineerAbandoned,
                    abandoned: abandoned), policy: policy, limits: configuration.limits,
                statementTimeout: configuration.statementTimeout, quota: configuration.quota,
                knowledgeUsing: knowledgeUsing, didChange: didChange))
    }

    private func policy(_ role: SQLRole) -> any StatementPolicy {
        configuration.layers.contains(.guard) ? GuardedPolicy(role, catalog: catalog) : BasicStatementPolicy()
    }

    private func gated(_ runner: any SQLRunner) -> any SQLRunner {
        gate.map { GatedRunner(gate: $0, runner: runner) } ?? runner
    }

    private func unprotected(_ client: PostgresClient, _ policy: any StatementPolicy) -> any SQLRunner {
        gated(
            UnprotectedRunner(
                client: client, policy: policy, limits: configuration.limits,
                statementTimeout: configuration.statementTimeout))
    }
}

extension AllowedTables {
    /// With every schema written out, as the guard compares them; nil where nobody made a list.
    func qualified(in dataSchemas: [String]) -> Set<QualifiedName>? {
        guard !isEverything else { return nil }
        return Set(
            names.flatMap { name in
                (name.schema.map { [$0] } ?? dataSchemas).map { QualifiedName($0, name.table) }
            })
    }
}
