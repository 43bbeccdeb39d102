/// One step of a target's tables. Identity is target and number; the text of a landed step never changes.
package struct Migration: Sendable {
    package var target: String
    package var number: Int
    package var name: String
    /// Raw SQL; may hold several statements; runs in one transaction.
    package var sql: String

    package init(target: String, number: Int, name: String, sql: String) {
        self.target = target
        self.number = number
        self.name = name
        self.sql = sql
    }
}
