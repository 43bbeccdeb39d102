import Planner

/// Which columns of a result are time, categories and measures.
struct ResultShape: Sendable {
    /// Index of the column that orders rows in time.
    var time: Int?
    var categories: [Int]
    /// Numeric columns that measure something; identifiers are not.
    var measures: [Int]

    init(_ columns: [ResultTable.Column], rows: [[String?]]) {
        var time: Int?
        var categories: [Int] = []
        var measures: [Int] = []
        var moments: [Int] = []
        for (index, column) in columns.enumerated() {
            let words = Words.plain(column.name)
            if column.type.isTemporal {
                moments.append(index)
            } else if column.type.isNumeric {
                if words.last == "id" || words == ["no"] { continue }
                if time == nil, Self.isPeriod(words, rows, index) { time = index } else { measures.append(index) }
            } else if column.type == .text, time == nil, Self.isPeriodText(words, rows, index) {
                time = index
            } else if column.type == .text || column.type == .boolean || column.type == .other {
                categories.append(index)
            }
        }
        // Dates beside a period or a thing describe it: its first day, its latest event.
        if time == nil {
            let isGrouped = !categories.isEmpty
            time = moments.first { !isGrouped || !Self.isBound(columns[$0].name) }
        }
        // A date beside a list of things describes them; only where it repeats or stands alone does it order rows.
        if let found = time, !categories.isEmpty, Self.isDescription(found, categories, rows) { time = nil }
        self.time = time
        self.categories = categories
        self.measures = measures
    }

    /// The chart that this shape suggests, if any.
    func chart(of table: ResultTable, measure: Int? = nil, title: String) -> Chart? {
        guard table.rows.count >= 2, let value = measure ?? measures.first else { return nil }
        let name = table.columns[value].name
        if let time {
            let series = categories.count == 1 ? table.columns[categories[0]].name : nil
            guard categories.count <= 1, Set(table.rows.map { $0[time] }).count >= 2 else { return nil }
            return Chart(
                form: .line, title: title, resultID: table.id, category: table.columns[time].name, values: [name],
                series: series)
        }
        guard categories.count == 1, table.rows.count <= 30 else { return nil }
        let names = table.rows.map { $0[categories[0]] }
        guard Set(names).count == names.count else { return nil }
        return Chart(
            form: .bar, title: title, resultID: table.id, category: table.columns[categories[0]].name, values: [name])
    }

    /// Names one end of a stretch of time, such as `first_visit`.
    private static func isBound(_ name: String) -> Bool {
        Words.plain(name).contains {
            ["first", "last", "latest", "earliest", "oldest", "newest", "min", "max"].contains($0)
        }
    }

    private static func isPeriod(_ words: [String], _ rows: [[String?]], _ index: Int) -> Bool {
        guard words.count <= 2, words.contains("year") else { return false }
        return rows.allSatisfy { $0[index].flatMap(Int.init).map { (1900...2100).contains($0) } ?? true }
    }

    private static func isPeriodText(_ words: [String], _ rows: [[String?]], _ index: Int) -> Bool {
        guard words.contains(where: { EnglishWords.units.contains($0) }) else { return false }
        return rows.allSatisfy { row in
            guard let text = row[index] else { return true }
            return text.count >= 4 && text.prefix(4).allSatisfy(\.isNumber)
        }
    }

    private static func isDescription(_ time: Int, _ categories: [Int], _ rows: [[String?]]) -> Bool {
        guard let first = categories.first, rows.count > 1 else { return false }
        return Set(rows.map { $0[first] }).count == rows.count && Set(rows.map { $0[time] }).count > 1
            && categories.count >= 1 && rows.count > 2
    }
}
