extension PostgresQuery {
    /// The identifier in double quotes.
    package static func quoted(identifier: String) -> String {
        "\"" + identifier.doubling("\"") + "\""
    }

    /// The text as an SQL literal under `standard_conforming_strings = on`.
    package static func quoted(literal: String) -> String {
        "'" + literal.doubling("'") + "'"
    }
}

extension String {
    /// Works on scalars, as the server does: to Swift a quote followed by a combining mark is another character.
    fileprivate func doubling(_ mark: Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar == mark { result.append(mark) }
            result.append(scalar)
        }
        return String(result)
    }

    /// With a backslash before each of the marks.
    func escaping(_ marks: Set<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if marks.contains(scalar) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }
}
