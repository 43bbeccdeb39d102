/// Ways of writing the same statement differently.
package enum Mutation: CaseIterable, Sendable {
    case lowerCase, upperCase, mixedCase, comments, whiteSpace, quoted, unicodeEscapes

    /// `generator` decides among equals; the meaning of a statement that parses stays.
    package func apply(to sql: String, using generator: inout some RandomNumberGenerator) -> String {
        var text = ""
        var last = ""
        for piece in SQLPiece.split(sql) {
            defer { last = piece.text.uppercased() }
            switch (self, piece.kind) {
            case (.lowerCase, .word): text += piece.text.lowercased()
            case (.upperCase, .word): text += piece.text.uppercased()
            case (.mixedCase, .word):
                text += piece.text.map { Bool.random(using: &generator) ? $0.uppercased() : $0.lowercased() }.joined()
            // libpg_query 15 does not see the word behind these when a comment is in between, and refuses the statement.
            case (.comments, .space) where !piece.text.contains("\n") && !["NOT", "NULLS", "WITH"].contains(last):
                let comments = [" /* DROP */ ", "/**/", " -- SELECT ' \n", "\n/* /* ; */ \" */\n"]
                text += comments.randomElement(using: &generator) ?? " "
            case (.whiteSpace, .space) where !piece.text.contains("\n"):
                text += ["\t", "\n", "\r\n", "  ", "\u{c}", " \n\t "].randomElement(using: &generator) ?? " "
            case (.quoted, .word) where Self.names.contains(piece.text): text += "\"\(piece.text)\""
            case (.unicodeEscapes, .word) where Self.names.contains(piece.text):
                text += "U&\"" + piece.text.unicodeScalars.map { Self.escaped($0, using: &generator) }.joined() + "\""
            default: text += piece.text
            }
        }
        return text
    }

    /// Names of tables, schemas and functions, which mean the same in quotes.
    private static let names: Set<String> = [
        "customers", "subscriptions", "invoices", "usage_metrics", "support_tickets", "public", "dash", "ai", "turns",
        "monthly", "pg_sleep", "pg_read_file", "set_config", "pg_authid", "pg_shadow", "query_to_xml", "nextval",
        "pg_advisory_lock", "lo_create", "regclass", "lower", "count", "round", "active_customers", "mrr_by_plan",
    ]

    private static func escaped(_ scalar: Unicode.Scalar, using generator: inout some RandomNumberGenerator) -> String {
        let digits = String(scalar.value, radix: 16)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: return String(Character(scalar))
        case 1: return "\\" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return "\\+" + String(repeating: "0", count: 6 - digits.count) + digits
        }
    }
}
