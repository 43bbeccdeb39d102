/// Decides whether the numbers of a sentence come from results: occur there, or follow by arithmetic a reader can redo.
///
/// Accepted are cells and row counts; of one column: sum, average, median, sums of the leading rows, subtotals of groups,
/// and differences between neighbouring, first, last, largest and smallest rows and against the average; differences of two
/// columns of one type in one row. Changes and shares count as percentages only, ratios only where the sentence says "times"
/// or "per": small whole numbers would otherwise be the ratio of something. Rounding to the written digits, k/M/B and
/// percent of fractions are allowed for.
package struct NumberCheck: Sendable {
    private var values: [Double] = []
    private var percents: [Double] = []
    private var multiples: [Double] = []
    private var rates: [Double] = []
    private var dates: [DateMention] = []
    private var years: Set<Int> = []
    private var words: Set<String> = []
    private var sayable: [NumberMention] = []
    /// Cells beyond this are not looked at; results are capped long before.
    private static let maximumRows = 2_000
    private static let maximumGroups = 60
    /// Many rows would make every difference and percentage true by chance: of more than these only what stands out counts.
    private static let manyRows = 50
    private static let leadingRows = 12

    /// - Parameter curated: texts whose own numbers may be repeated: definitions, and windows of the question.
    package init(results: [ResultTable], curated: [String] = []) {
        for result in results { add(result) }
        for text in curated {
            let (dates, rest) = DateMention.extract(from: text)
            self.dates += dates
            sayable += NumberMention.all(in: rest)
        }
        values = Self.sorted(values)
        percents = Self.sorted(percents)
        multiples = Self.sorted(multiples)
        rates = Self.sorted(rates)
    }

    /// The numbers and dates of the text that nothing accounts for, as written.
    package func unknown(in text: String) -> [String] {
        let (mentioned, rest) = DateMention.extract(from: text)
        let wrongDates = mentioned.filter { date in !dates.contains { date.isSaid(of: $0) || date == $0 } }.map(\.text)
        return wrongDates + NumberMention.all(in: rest).filter { !isKnown($0) }.map(\.text)
    }

    /// Sums and ratios of large numbers may have run over.
    private static func sorted(_ numbers: [Double]) -> [Double] { numbers.filter(\.isFinite).sorted() }

    private func isKnown(_ mention: NumberMention) -> Bool {
        guard mention.value.isFinite else { return false }
        if mention.isYear, years.contains(Int(mention.value)) { return true }
        if words.contains(mention.text) { return true }
        if sayable.contains(where: { said in
            said.value == mention.value && said.isPercent == mention.isPercent && said.timeUnit == mention.timeUnit
        }) {
            return true
        }
        if Self.has(values, near: mention.value, mention.tolerance) { return true }
        // "fell by 4.2" says a difference without its sign.
        if Self.has(values, near: -mention.value, mention.tolerance) { return true }
        if mention.isMultiple, Self.has(multiples, near: mention.value, mention.tolerance) { return true }
        if mention.isRate, Self.has(rates, near: mention.value, mention.tolerance) { return true }
        guard mention.isPercent else { return false }
        return Self.has(percents, near: mention.value, mention.tolerance)
            || Self.has(percents, near: -mention.value, mention.tolerance)
            || Self.has(values, near: mention.value / 100, mention.tolerance / 100)
    }

    private static func has(_ sorted: [Double], near value: Double, _ tolerance: Double) -> Bool {
        // The slack absorbs binary rounding, not more.
        let slack = tolerance * 1.000_001 + abs(value) * 1e-12
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value - slack { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] <= value + slack
    }

    private mutating func add(_ result: ResultTable) {
        let rows = result.rows.prefix(Self.maximumRows)
        values.append(Double(result.rows.count))
        var numeric: [[Double?]] = []
        var types: [ColumnType] = []
        for (index, column) in result.columns.enumerated() {
            let cells = rows.map { $0.indices.contains(index) ? $0[index] : nil }
            if column.type.isNumeric {
                // "NaN" and "Infinity" have no order and no sum.
                let numbers = cells.map { $0.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil } }
                numeric.append(numbers)
                types.append(column.type)
                add(column: numbers.compactMap { $0 })
            } else {
                add(texts: cells.compactMap { $0 })
            }
        }
        for (index, column) in result.columns.enumerated() where !column.type.isNumeric {
            addGroups(of: rows.map { $0.indices.contains(index) ? $0[index] : nil }, numeric)
        }
        guard (2...12).contains(numeric.count) else { return }
        for row in Self.notable(numeric, count: rows.count) {
            for (i, left) in numeric.enumerated() {
                for (j, right) in numeric.enumerated() where i != j {
                    if let a = left[row], let b = right[row] { compare(a, b, sameType: types[i] == types[j]) }
                }
            }
        }
    }

    /// All rows where they are few; else the first, the last, and those with the largest or smallest value of a column.
    private static func notable(_ numeric: [[Double?]], count: Int) -> [Int] {
        guard count > manyRows else { return Array(0..<count) }
        var rows = Set(0..<leadingRows).union([count - 1])
        for column in numeric {
            let present = column.indices.filter { column[$0] != nil }
            rows.formUnion(
                [
                    present.max { (column[$0] ?? 0) < (column[$1] ?? 0) },
                    present.min { (column[$0] ?? 0) < (column[$1] ?? 0) },
                ].compactMap(\.self))
        }
        return rows.sorted()
    }

    /// Subtotals by period or category, shares of them, and each one's own course.
    private mutating func addGroups(of keys: [String?], _ numeric: [[Double?]]) {
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for (row, key) in keys.enumerated() {
            let key = key ?? ""
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(row)
        }
        guard order.count > 1, order.count < keys.count, order.count <= Self.maximumGroups else { return }
        for numbers in numeric {
            var sums: [Double] = []
            for key in order {
                let own = (members[key] ?? []).compactMap { numbers[$0] }
                let sum = own.reduce(0, +)
                sums.append(sum)
                guard let first = own.first, let last = own.last, own.count > 1 else { continue }
                relate(first, last)
                // Rows need not stand in the order of time.
                if own.count <= 12 { for a in own { for b in own { relate(a, b) } } }
                for value in own.prefix(50) { relate(value, first) }
                for (value, previous) in zip(own.dropFirst(), own).prefix(50) { relate(value, previous) }
                if sum != 0 { percents += own.prefix(50).map { $0 / sum * 100 } }
            }
            values += sums
            for (index, sum) in sums.enumerated() {
                for other in [sums.first, sums.last, index > 0 ? sums[index - 1] : nil, sums.dropLast().last] {
                    if let other { relate(sum, other) }
                }
            }
        }
    }

    private mutating func add(texts cells: [String]) {
        values.append(Double(Set(cells).count))
        for cell in cells {
            if let date = DateMention(cell: cell) {
                dates.append(date)
                years.insert(date.year)
            } else {
                // Months written as text, `2026-03`.
                dates += DateMention.extract(from: cell).dates
                for mention in NumberMention.all(in: cell) {
                    words.insert(mention.text)
                    values.append(mention.value)
                }
            }
        }
    }

    private mutating func add(column: [Double]) {
        guard let first = column.first, let last = column.last else { return }
        values += column
        for value in column where value == value.rounded() && (1900...2100).contains(value) { years.insert(Int(value)) }
        let sum = column.reduce(0, +)
        let sorted = column.sorted()
        let average = sum / Double(column.count)
        let middle = sorted.count / 2
        let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        values += [sum, average, median]
        for leading in [column.prefix(Self.leadingRows), sorted.reversed().prefix(Self.leadingRows)] {
            var running = 0.0
            for value in leading {
                running += value
                values.append(running)
                if sum != 0 { percents.append(running / sum * 100) }
            }
        }
        let anchors = [first, last, sorted[0], sorted[sorted.count - 1], average]
        let isShort = column.count <= Self.manyRows
        for (index, value) in column.enumerated() {
            let isAnchor = anchors.contains(value)
            let isAtEnd = index < Self.leadingRows || index >= column.count - Self.leadingRows
            if sum != 0, isShort || index < Self.leadingRows || isAnchor { percents.append(value / sum * 100) }
            if isShort { for anchor in anchors { relate(value, anchor) } }
            if index > 0, isShort || isAtEnd || isAnchor || anchors.contains(column[index - 1]) {
                relate(value, column[index - 1])
                relate(column[index - 1], value)
            }
        }
        for a in anchors { for b in anchors where a != b { relate(a, b) } }
        if column.count <= Self.leadingRows {
            for a in column { for b in column { relate(a, b) } }
        }
    }

    /// Two values of one column.
    private mutating func relate(_ a: Double, _ b: Double) {
        values.append(a - b)
        guard b != 0 else { return }
        multiples.append(a / b)
        percents.append(a / b * 100)
        percents.append((a - b) / abs(b) * 100)
    }

    /// Two columns of one row. Only values of one type can have one unit, which a difference needs.
    private mutating func compare(_ a: Double, _ b: Double, sameType: Bool) {
        if sameType { values.append(a - b) }
        guard b != 0 else { return }
        multiples.append(a / b)
        rates.append(a / b)
        percents.append(a / b * 100)
        percents.append((a - b) / abs(b) * 100)
    }
}
