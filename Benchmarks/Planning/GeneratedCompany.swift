import Planner

/// A database of many tables with declared keys, a metric on every second of them, and the values of its texts.
struct GeneratedCompany {
    var source: SemanticSource
    var values: [(column: ColumnID, values: [String])] = []

    /// - Parameter valueCount: of all texts together, spread evenly.
    init(words: inout GeneratedWords, tables tableCount: Int, columns columnCount: Int, values valueCount: Int) {
        var names: [String] = []
        for index in 0..<tableCount { names.append(words.words[index] + "s") }
        let perTable = max(8, columnCount / max(1, tableCount))
        var tables: [SemanticSource.Table] = []
        for (index, name) in names.enumerated() {
            // Every table but the first refers to one before it: a tree, as deep as it is broad.
            let parent = index > 0 ? names[(index - 1) / 4] : nil
            tables.append(Self.table(name, parent: parent, columns: perTable, words: &words))
        }
        let metrics = stride(from: 0, to: tables.count, by: 2).map { index in
            let table = tables[index]
            return SemanticSource.Metric(
                name: "\(words.words[tableCount + index]) total",
                synonyms: ["\(words.words[2 * tableCount + index]) figure"],
                computation: .aggregate(
                    .init(table: table.id, expression: "SUM(\(table.columns[3].name))", timeColumn: "created_at"),
                    isAdditive: true))
        }
        source = SemanticSource(tables: tables, metrics: metrics)
        let texts = tables.flatMap { table in
            table.columns.filter { $0.type == "text" }.map { ColumnID(table.id, $0.name) }
        }
        let share = valueCount / max(1, texts.count) + 1
        for (index, column) in texts.enumerated() {
            let count = min(share, valueCount - index * share)
            if count > 0 { values.append((column, Self.texts(count, kind: index % 4, words: &words))) }
        }
    }

    private static func table(
        _ name: String, parent: String?, columns count: Int, words: inout GeneratedWords
    ) -> SemanticSource.Table {
        var columns: [SemanticSource.Column] = [
            .init(name: "id", type: "integer", isNullable: false), .init(name: "created_at", type: "timestamp"),
            .init(name: "name", type: "text"), .init(name: "\(words.word())_amount", type: "numeric(12,2)"),
        ]
        var keys: [SemanticSource.ForeignKey] = []
        if let parent {
            columns.append(.init(name: "\(parent.dropLast())_id", type: "integer"))
            keys = [
                .init(columns: ["\(parent.dropLast())_id"], table: TableID(name: parent), referencedColumns: ["id"])
            ]
        }
        var known = Set(columns.map(\.name))
        while columns.count < count {
            let column = words.word()
            guard known.insert(column).inserted else { continue }
            let type = ["text", "text", "text", "integer", "boolean", "text", "numeric"][columns.count % 7]
            columns.append(.init(name: column, type: type))
        }
        return SemanticSource.Table(
            name: name, columns: columns, primaryKey: ["id"], foreignKeys: keys, timeColumn: "created_at",
            estimatedRows: 100_000)
    }

    /// Names of one to three words, codes, and words of a small vocabulary, distinct within a column.
    private static func texts(_ count: Int, kind: Int, words: inout GeneratedWords) -> [String] {
        (0..<count).map { index in
            switch kind {
            case 0: "\(words.commonWord()) \(words.commonWord()) \(words.word())"
            case 1: "\(words.word().uppercased().prefix(3))-\(100_000 + index)"
            case 2: "\(words.commonWord()) \(words.word())"
            default: "\(words.word()) \(index % 97)"
            }
        }
    }
}
