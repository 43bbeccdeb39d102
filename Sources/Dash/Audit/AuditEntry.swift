package import Agents
package import FoundationEssentials

/// One statement of an agent in the audit log.
package struct AuditEntry: Sendable {
    /// By the database's clock; nil until it is written.
    package var time: Date?
    package var context: StatementContext
    package var agent: AgentName
    package var sql: String
    package var verdict: StatementVerdict
    package var rows: Int?
    package var milliseconds: Int

    package init(
        time: Date? = nil, context: StatementContext, agent: AgentName, sql: String, verdict: StatementVerdict,
        rows: Int? = nil, milliseconds: Int
    ) {
        self.time = time
        self.context = context
        self.agent = agent
        self.sql = sql
        self.verdict = verdict
        self.rows = rows
        self.milliseconds = milliseconds
    }
}
