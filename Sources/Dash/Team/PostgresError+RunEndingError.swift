import Agents
import Postgres

/// Statements of agents fail with `SQLFailure`; what is left is trouble with Dash's own tables.
extension PostgresError: RunEndingError {}
