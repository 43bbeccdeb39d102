import Postgres
import ServiceRuntime

/// What waits in Dash's own database: jobs and messages, how many and for how long.
struct QueueState: Sendable {
    enum Job: String, MetricLabel {
        /// Due, and no worker has it.
        case waiting
        /// Due later: a repetition, or something planned.
        case scheduled
        case running
        /// Its worker has gone silent; another one takes it over.
        case abandoned
        static let name = "state"
    }

    enum Message: String, MetricLabel {
        /// Due.
        case waiting
        /// Due later: Slack asked for a pause or did not answer.
        case delayed
        /// Begun; where that was long ago, it is in doubt and will be looked for.
        case intent
        static let name = "state"
    }

    struct Depth: Sendable, Equatable {
        var count = 0
        /// Of the oldest one: since it is due or, where it is not, since it was added.
        var seconds = 0.0
    }

    var jobs: [Job: Depth] = [:]
    var messages: [Message: Depth] = [:]
    /// Whether the server takes no writes: a standby, or an administrator's decision.
    var isReadOnly = false

    /// Reads only what is unfinished, by the indexes on that. All times are the database's.
    static func read(_ client: PostgresClient) async throws -> QueueState {
        let rows = try await client.query(
            """
            SELECT current_setting('transaction_read_only') = 'on' AS is_read_only, 'server' AS what, '' AS state,
                0::bigint AS count, 0::float8 AS seconds
            UNION ALL
            SELECT false, 'job', state, count(*), max(extract(epoch FROM clock_timestamp() - since))::float8
            FROM (
                SELECT CASE WHEN state = 'running' AND lease_until < clock_timestamp() THEN 'abandoned'
                        WHEN state = 'running' THEN 'running'
                        WHEN run_at > clock_timestamp() THEN 'scheduled' ELSE 'waiting' END AS state,
                    CASE WHEN state = 'ready' THEN least(run_at, clock_timestamp()) ELSE created_at END AS since
                FROM ai.jobs WHERE state IN ('ready', 'running')
            ) AS job GROUP BY state
            UNION ALL
            SELECT false, 'message', state, count(*), max(extract(epoch FROM clock_timestamp() - created_at))::float8
            FROM (
                SELECT CASE WHEN state = 'intent' THEN 'intent' WHEN run_at > clock_timestamp() THEN 'delayed'
                        ELSE 'waiting' END AS state, created_at
                FROM ai.slack_outbox WHERE state IN ('ready', 'intent') AND NOT is_repeat
            ) AS message GROUP BY state
            """
        ).rows
        var queue = QueueState()
        for row in rows {
            let depth = Depth(count: try row.decode("count"), seconds: max(0, try row.decode("seconds")))
            let state: String = try row.decode("state")
            switch try row.decode("what", as: String.self) {
            case "job": Job(rawValue: state).map { queue.jobs[$0] = depth }
            case "message": Message(rawValue: state).map { queue.messages[$0] = depth }
            default: queue.isReadOnly = try row.decode("is_read_only")
            }
        }
        return queue
    }
}
