package import Postgres

/// Statements that run together with an enqueue and decide whether there is anything to enqueue.
package struct JobCondition: Sendable {
    /// One or more common table expressions without the word WITH, for example
    /// `event AS (INSERT INTO … ON CONFLICT DO NOTHING RETURNING 1)`.
    package var expressions: PostgresQuery
    /// The expression that yields a row where the job is to be enqueued, none where it is not.
    package var name: String

    package init(_ expressions: PostgresQuery, yields name: String) {
        self.expressions = expressions
        self.name = name
    }
}
