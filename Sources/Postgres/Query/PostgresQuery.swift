/// A statement whose interpolated values are bound as parameters, never pasted into its text.
///
/// `"SELECT * FROM ai.runs WHERE id = \(id)"` has one parameter. `\(identifier: name)` quotes a name,
/// `\(unescaped: sql)` pastes text that the caller vouches for.
package struct PostgresQuery: Sendable, ExpressibleByStringInterpolation {
    package private(set) var sql: String
    /// Parameters in PostgreSQL's text format; nil is NULL.
    package private(set) var bindings: [String?]

    /// Text from a trusted source: migrations, generated and guarded SQL.
    package init(unescaped sql: String, bindings: [String?] = []) {
        self.sql = sql
        self.bindings = bindings
    }

    package init(stringLiteral value: String) {
        self.init(unescaped: value)
    }

    package init(stringInterpolation interpolation: StringInterpolation) {
        sql = interpolation.sql
        bindings = interpolation.bindings
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var sql = ""
        var bindings: [String?] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + 4 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            sql += literal
        }

        package mutating func appendInterpolation(_ value: some PostgresEncodable) {
            append(value.postgresText)
        }

        package mutating func appendInterpolation(_ value: (some PostgresEncodable)?) {
            append(value?.postgresText)
        }

        package mutating func appendInterpolation(identifier: String) {
            sql += PostgresQuery.quoted(identifier: identifier)
        }

        package mutating func appendInterpolation(unescaped text: String) {
            sql += text
        }

        private mutating func append(_ binding: String?) {
            bindings.append(binding)
            sql += "$\(bindings.count)"
        }
    }
}
