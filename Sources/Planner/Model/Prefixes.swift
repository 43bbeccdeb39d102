/// Prefixes that names carry only to say whose they are, recognised from the schema itself.
enum Prefixes {
    /// Leading words that (nearly) all tables share; not a word by which one table is called.
    static func schema(_ tables: [[String]]) -> String? {
        guard tables.count >= 2 else { return nil }
        var counts: [String: Int] = [:]
        for words in tables where words.count > 1 { counts[words[0], default: 0] += 1 }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        let names = Set(tables.filter { $0.count == 1 }.map { $0[0] })
        guard !names.contains(best.key) else { return nil }
        if best.value == tables.count, tables.count >= 3 { return best.key }
        return best.key.utf8.count <= 4 && best.value * 10 >= tables.count * 6 ? best.key : nil
    }

    /// The pieces of a table's name without the schema's prefix, and without what only says how tables are kept.
    static func bare(_ pieces: [String], schema: String?) -> [String] {
        var pieces = pieces
        if let schema, pieces.count > 1, pieces[0] == schema { pieces.removeFirst() }
        while pieces.count > 1, technical.contains(pieces[0]) { pieces.removeFirst() }
        return pieces
    }

    private static let technical: Set<String> = [
        "t", "tb", "tbl", "dim", "fact", "fct", "stg", "ods", "dwh", "d", "f", "m", "x",
    ]

    /// The words of each column without the schema's prefix, the prefix of all columns, and the table's own name.
    static func stripped(_ columns: [[String]], table: [String], schema: String?) -> [[String]] {
        var columns = columns
        if let schema {
            columns = columns.map { $0.count > 1 && $0[0] == schema ? Array($0.dropFirst()) : $0 }
        }
        while columns.count >= 2, let first = columns[0].first, columns.allSatisfy({ $0.count > 1 && $0[0] == first }) {
            columns = columns.map { Array($0.dropFirst()) }
        }
        let own = table.map(NameWords.base)
        // An abbreviation counts where most columns carry it.
        var counts: [String: Int] = [:]
        for words in columns where words.count > 1 { counts[words[0], default: 0] += 1 }
        return columns.map { words in
            var words = words
            while words.count > 1, let first = words.first {
                let isOwn = own.contains(NameWords.base(first))
                let isShort =
                    (counts[first] ?? 0) * 10 >= columns.count * 6 && columns.count >= 3
                    && NameWords.abbreviates(first, words: own)
                guard isOwn || isShort else { break }
                words.removeFirst()
            }
            return words
        }
    }
}
