/// Why a statement gave no rows: what a model or a person needs to mend it.
package struct SQLFailure: Error, Sendable, CustomStringConvertible {
    package enum Class: String, Sendable, Codable {
        case missingColumn, missingTable, missingFunction, syntax, typeMismatch, permission, timeout, limit
        case divisionByZero, refused, connection, other
    }

    package var errorClass: Class
    package var message: String
    package var hint: String?
    /// Character position in the statement, counted from 1.
    package var position: Int?
    package var sqlState: String?

    package init(
        _ errorClass: Class, message: String, hint: String? = nil, position: Int? = nil, sqlState: String? = nil
    ) {
        self.errorClass = errorClass
        self.message = message
        self.hint = hint
        self.position = position
        self.sqlState = sqlState
    }

    package var description: String { message }
}
