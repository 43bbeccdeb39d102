import Planner

/// A question about the tables themselves.
enum SchemaQuestion: Sendable, Equatable {
    case tables
    /// The words that name the table.
    case columns(String)

    init?(_ text: String) {
        let words = Words.plain(text)
        let about: Set<String> = [
            "table", "tables", "schema", "schemas", "column", "columns", "field", "fields", "structure", "describe",
            "database",
        ]
        guard words.contains(where: about.contains) else { return nil }
        let general: Set<String> = about.union(["exist", "available", "contain", "definition"])
        let rest = words.filter {
            !general.contains($0) && !EnglishWords.stop.contains($0) && !EnglishWords.soft.contains($0)
                && !EnglishWords.asking.contains($0)
        }
        if rest.isEmpty {
            self = .tables
        } else {
            self = .columns(rest.joined(separator: " "))
        }
    }
}
