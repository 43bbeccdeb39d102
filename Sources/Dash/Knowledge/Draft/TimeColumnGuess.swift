/// Guesses which column says when a row happened.
enum TimeColumnGuess {
    private static let telling: [String: Int] = [
        "created": 6, "occurred": 8, "happened": 8, "event": 5, "ordered": 6, "order": 4, "started": 5, "start": 4,
        "issued": 5, "posted": 5, "signup": 5, "registered": 5, "recorded": 5, "sent": 4, "placed": 5, "transaction": 5,
        "booked": 5, "date": 2, "time": 2, "timestamp": 3, "day": 2, "at": 1, "on": 1,
    ]
    private static let misleading: Set<String> = [
        "updated", "modified", "changed", "deleted", "removed", "ended", "end", "finished", "closed", "resolved",
        "expires", "expired", "expiry", "expiration", "due", "birth", "birthday", "dob", "paid", "cancelled",
        "canceled",
        "last", "next", "synced", "loaded", "imported", "scheduled", "valid", "until", "to",
    ]

    /// What systems note about a row beside what happened.
    private static let bookkeeping: Set<String> = [
        "created", "create", "creation", "inserted", "added", "updated", "update", "modified", "changed", "deleted",
        "removed", "archived", "synced", "loaded", "imported", "ingested", "extracted", "refreshed", "etl",
    ]

    /// The only column that can say when a row happened: the only moment that it has, but for what systems note beside
    /// it. Nil where there are several, or where it says something else (an end, a birthday).
    static func only(of columns: [SchemaCatalog.Column]) -> String? {
        var times = columns.filter { TypeFamily($0.type) == .time }
        if times.count > 1 {
            times.removeAll { !bookkeeping.isDisjoint(with: SearchWords.words(in: $0.name)) }
        }
        guard times.count == 1, let column = times.first,
            misleading.isDisjoint(with: SearchWords.words(in: column.name))
        else { return nil }
        return column.name
    }

    static func best(of columns: [SchemaCatalog.Column]) -> String? {
        var best: (name: String, score: Int)?
        for column in columns where TypeFamily(column.type) == .time {
            let words = SearchWords.words(in: column.name)
            var score = words.map { telling[$0] ?? 0 }.max() ?? 0
            if words.contains(where: { misleading.contains($0) }) { score -= 10 }
            if !column.isNullable { score += 3 }
            if score > best?.score ?? Int.min { best = (column.name, score) }
        }
        guard let best, best.score > -5 else { return nil }
        return best.name
    }
}
