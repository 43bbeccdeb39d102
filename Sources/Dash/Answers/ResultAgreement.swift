import Planner

/// Whether two statements for one question gave the same numbers.
enum ResultAgreement: Sendable, Equatable {
    case same
    /// The planned number and the other one, for the first group where they differ.
    case different(planned: String, other: String, group: String?)
    /// They do not show the same things: nothing can be said.
    case incomparable

    /// - Parameter columns: of the planned result.
    init(planned: ResultTable, columns: [CompiledPlan.Column], other: ResultTable) {
        guard columns.count == planned.columns.count, !planned.rows.isEmpty, !other.rows.isEmpty else {
            self = .incomparable
            return
        }
        guard let measure = columns.firstIndex(where: { $0.role == .measure }) else {
            self = Self.list(planned, columns, other)
            return
        }
        let numbers = other.columns.indices.filter { other.columns[$0].type.isNumeric }.map {
            (column: $0, name: other.columns[$0].name)
        }
        let name = columns[measure].name
        let dimensions = columns.indices.filter { columns[$0].role == .dimension }
        guard !dimensions.isEmpty else {
            self =
                planned.rows.count == 1 && other.rows.count == 1
                ? Self.compare([(planned.rows[0], other.rows[0], nil)], measure, name, numbers)
                : Self.total(planned, measure, other, numbers.map(\.column))
            return
        }
        var keys: [(planned: Int, other: Int)] = []
        for dimension in dimensions {
            let taken = keys.map(\.other)
            // A key may stand there by the name of what it is a key of.
            let own = [dimension] + (dimensions.count == 1 ? Self.names(planned, columns) : [])
            let shared = own.compactMap { column in
                Self.match(planned, column, other, except: taken).map { (planned: column, other: $0) }
            }
            guard let key = shared.first else {
                self = .incomparable
                return
            }
            keys.append(key)
        }
        let left = Self.rows(planned, keys.map(\.planned))
        let right = Self.rows(other, keys.map(\.other))
        let shared = left.keys.filter { right[$0] != nil }.sorted()
        // Rows that repeat their keys show something else; few common ones prove nothing.
        guard left.count == planned.rows.count, right.count == other.rows.count,
            5 * shared.count >= 4 * min(left.count, right.count)
        else {
            self = .incomparable
            return
        }
        let measures = numbers.filter { number in !keys.contains { $0.other == number.column } }
        self = Self.compare(
            shared.compactMap { key in left[key].flatMap { row in right[key].map { (row, $0, key) } } }, measure, name,
            measures)
    }

    // MARK: - What stands for what

    /// The column of the other rows that has most of the values; nil where none has any.
    private static func match(_ planned: ResultTable, _ column: Int, _ other: ResultTable, except taken: [Int]) -> Int?
    {
        let own = values(planned, column)
        let best = other.columns.indices.filter { !taken.contains($0) }
            .map { (column: $0, shared: own.intersection(values(other, $0)).count) }
            .max { $0.shared < $1.shared }
        return best.flatMap { $0.shared > 0 ? $0.column : nil }
    }

    /// Columns beside a key that tell rows apart by name.
    private static func names(_ table: ResultTable, _ columns: [CompiledPlan.Column]) -> [Int] {
        columns.indices.filter { index in
            columns[index].role == .attribute && table.columns[index].type == .text
                && values(table, index).count == table.rows.count
        }
    }

    /// Rows without numbers agree where they name the same things.
    private static func list(
        _ planned: ResultTable, _ columns: [CompiledPlan.Column], _ other: ResultTable
    ) -> ResultAgreement {
        guard planned.rows.count == other.rows.count, !planned.isTruncated, !other.isTruncated else {
            return .incomparable
        }
        let keys = columns.indices.filter { columns[$0].role == .dimension } + names(planned, columns)
        var isSame = keys.contains { key in
            let own = values(planned, key)
            return own.count == planned.rows.count && other.columns.indices.contains { values(other, $0) == own }
        }
        if !isSame {
            // The same number of rows with the same values wherever both show the same.
            let shared = planned.columns.indices.compactMap { own in
                other.columns.firstIndex { $0.name == planned.columns[own].name }.map { (own, $0) }
            }
            isSame =
                !shared.isEmpty
                && shared.allSatisfy { own, its in
                    planned.rows.map { Self.key($0[own]) }.sorted() == other.rows.map { Self.key($0[its]) }.sorted()
                }
        }
        return isSame ? .same : .incomparable
    }

    /// One number beside its parts: what they add up to.
    private static func total(
        _ planned: ResultTable, _ measure: Int, _ other: ResultTable, _ numbers: [Int]
    ) -> ResultAgreement {
        guard planned.rows.count == 1, !other.isTruncated, let cell = planned.rows[0][measure],
            let wanted = Double(cell), wanted != 0
        else { return .incomparable }
        let sums = numbers.map { column in
            other.rows.reduce(0) { $0 + ($1[column].flatMap(Double.init) ?? 0) }
        }
        return sums.contains { abs($0 - wanted) <= 1e-6 * abs(wanted) } ? .same : .incomparable
    }

    private typealias Pair = (planned: [String?], other: [String?], key: String?)

    /// Another column that differs proves nothing: only one that is called the same, or the only one there is.
    private static func compare(
        _ pairs: [Pair], _ measure: Int, _ name: String, _ candidates: [(column: Int, name: String)]
    ) -> ResultAgreement {
        for candidate in candidates
        where pairs.allSatisfy({ isSame($0.planned[measure], $0.other[candidate.column]) }) {
            return .same
        }
        let words = Words.plain(name).map { Term($0) }
        let named = candidates.filter { candidate in
            Words.plain(candidate.name).contains { word in words.contains { $0.sharesForm(with: Term(word)) } }
        }
        guard let other = named.count == 1 ? named.first : candidates.count == 1 ? candidates.first : nil,
            let pair = pairs.first(where: { !isSame($0.planned[measure], $0.other[other.column]) })
        else { return .incomparable }
        return .different(
            planned: pair.planned[measure] ?? "no value", other: pair.other[other.column] ?? "no value",
            group: pair.key?.split(separator: "\u{1F}").joined(separator: " / "))
    }

    /// Equal as far as both are written out; one may be a percentage and the other a fraction. No value counts as zero.
    private static func isSame(_ left: String?, _ right: String?) -> Bool {
        guard let a = Double(left ?? "0"), let b = Double(right ?? "0"), a.isFinite, b.isFinite else {
            return left == right
        }
        return [1.0, 100, 0.01].contains { scale in
            let scaled = a * scale
            let unit = max(step(left, scale), step(right, 1))
            return abs(scaled - b) <= 0.5 * unit * 1.001 + 1e-9 * max(abs(scaled), abs(b))
        }
    }

    /// The last digit's worth.
    private static func step(_ text: String?, _ scale: Double) -> Double {
        let digits = text.flatMap { text in
            text.firstIndex(of: ".").map { text[text.index(after: $0)...].prefix { $0.isNumber }.count }
        }
        var step = scale
        for _ in 0..<min(digits ?? 0, 12) { step /= 10 }
        return digits == nil ? 0 : step
    }

    private static func values(_ table: ResultTable, _ column: Int) -> Set<String> {
        Set(table.rows.map { key($0[column]) })
    }

    private static func rows(_ table: ResultTable, _ columns: [Int]) -> [String: [String?]] {
        Dictionary(
            table.rows.map { row in (columns.map { key(row[$0]) }.joined(separator: "\u{1F}"), row) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Months are written in several ways: `2026-03`, `2026-03-01`, `2026-03-01 00:00:00+00`.
    private static func key(_ cell: String?) -> String {
        guard let cell else { return "" }
        let text = cell.lowercased()
        let bytes = Array(text.utf8.prefix(10))
        let isDate =
            bytes.count >= 7 && bytes[4] == 0x2D
            && bytes.prefix(4).allSatisfy { (0x30...0x39).contains($0) }
        guard isDate else { return SourceText.trimmed(text) }
        return text.count > 7 && text.dropFirst(7).hasPrefix("-01") ? String(text.prefix(7)) : String(text.prefix(10))
    }
}
