/// Names and values as PostgreSQL reads them.
///
/// Works on scalars, as the server does: to Swift a quote followed by a combining mark is another character.
package enum SQLName {
    /// Bare where PostgreSQL would read it back as itself.
    package static func quoted(_ name: String) -> String {
        let bytes = Array(name.utf8)
        let isBare =
            bytes.first.map { isLower($0) || $0 == 0x5F } == true
            && bytes.allSatisfy { isLower($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        return isBare && !reserved.contains(name) ? name : "\"" + doubling("\"", in: name) + "\""
    }

    static func literal(_ text: String) -> String { "'" + doubling("'", in: text) + "'" }

    /// With backslashes before what LIKE takes for wildcards.
    static func likePattern(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    private static func doubling(_ mark: Unicode.Scalar, in text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != "\0" {
            if scalar == mark { result.append(mark) }
            result.append(scalar)
        }
        return String(result)
    }

    package static func isReserved(_ word: String) -> Bool { reserved.contains(word) }

    /// PostgreSQL's reserved words, those that may name functions or types included.
    private static let reserved: Set<String> = [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary",
        "both", "case", "cast", "check", "collate", "collation", "column", "concurrently", "constraint", "create",
        "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time",
        "current_timestamp", "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end",
        "except", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike",
        "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like",
        "limit", "localtime", "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or",
        "order", "outer", "overlaps", "placing", "primary", "references", "returning", "right", "select",
        "session_user", "similar", "some", "symmetric", "system_user", "table", "tablesample", "then", "to",
        "trailing", "true", "union", "unique", "user", "using", "variadic", "verbose", "when", "where", "window",
        "with",
    ]
}
