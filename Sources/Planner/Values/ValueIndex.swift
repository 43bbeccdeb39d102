/// The distinct texts of a company's columns, to be found in questions. Made once, by its `Builder`.
package struct ValueIndex: Sendable {
    package struct Limits: Sendable, Hashable {
        package var valuesPerColumn = 5_000
        package var bytesPerValue = 200
        /// Of all values together, as written.
        package var bytes = 256 << 20

        package init() {}
    }

    package struct Statistics: Sendable, Hashable {
        package var values = 0
        /// Different texts but for case, accents and punctuation.
        package var keys = 0
        package var columns = 0
        /// Of memory.
        package var bytes = 0
        package var buildTime = Duration.zero
        /// Values that the limits kept out.
        package var leftOut = 0
    }

    /// How many candidates one span has at most; those that match exactly come first.
    package static let candidateLimit = 256
    static let inexactLimit = 24
    static let wordLimit = 10

    package let statistics: Statistics

    let columns: [ColumnID]
    let columnNumbers: [ColumnID: Int]
    /// In order, each once.
    let keys: FlatTexts
    let keySlots: HashSlots
    /// Behind which entry those of the key end.
    let entryEnds: [UInt32]
    /// As written, in the order of their keys.
    let values: FlatTexts
    let valueColumns: [UInt32]
    /// Entries by column, and behind which place those of a column end.
    let columnEntries: [UInt32]
    let columnEnds: [UInt32]
    let fuzzy: FuzzyWords
    /// Of the longest key.
    let longest: Int

    /// Without values.
    package init() { self = Builder().build() }

    init(
        columns: [ColumnID], columnNumbers: [ColumnID: Int], keys: FlatTexts, entryEnds: [UInt32], values: FlatTexts,
        valueColumns: [UInt32], leftOut: Int, started: ContinuousClock.Instant
    ) {
        self.columns = columns
        self.columnNumbers = columnNumbers
        self.keys = keys
        self.entryEnds = entryEnds
        self.values = values
        self.valueColumns = valueColumns
        var slots = HashSlots(capacity: keys.count)
        var longest = 0
        for key in 0..<keys.count {
            slots.insert(key, hash: flatHash(keys[key]))
            longest = max(longest, keys[key].count { $0 == UInt8(ascii: " ") } + 1)
        }
        keySlots = slots
        self.longest = min(longest, Self.wordLimit)
        (columnEntries, columnEnds) = Self.byColumn(valueColumns, columns: columns.count)
        fuzzy = FuzzyWords(of: keys)
        var statistics = Statistics()
        statistics.values = values.count
        statistics.keys = keys.count
        statistics.columns = columns.count
        statistics.leftOut = leftOut
        statistics.bytes =
            keys.memory + slots.memory + values.memory + fuzzy.memory
            + 4 * (entryEnds.count + valueColumns.count + columnEntries.count + columnEnds.count)
        statistics.buildTime = started.duration(to: .now)
        self.statistics = statistics
    }

    private static func byColumn(_ numbers: [UInt32], columns: Int) -> (entries: [UInt32], ends: [UInt32]) {
        var ends = [UInt32](repeating: 0, count: columns)
        for number in numbers { ends[Int(number)] += 1 }
        var sum: UInt32 = 0
        var places = ends
        for column in 0..<columns {
            places[column] = sum
            sum += ends[column]
            ends[column] = sum
        }
        var entries = [UInt32](repeating: 0, count: numbers.count)
        for (entry, number) in numbers.enumerated() {
            entries[Int(places[Int(number)])] = UInt32(entry)
            places[Int(number)] += 1
        }
        return (entries, ends)
    }

    func entries(of key: Int) -> Range<Int> { (key == 0 ? 0 : Int(entryEnds[key - 1]))..<Int(entryEnds[key]) }

    func entries(ofColumn column: Int) -> ArraySlice<UInt32> {
        columnEntries[(column == 0 ? 0 : Int(columnEnds[column - 1]))..<Int(columnEnds[column])]
    }

    func key(_ text: ArraySlice<UInt8>) -> Int? {
        keySlots.first(hash: flatHash(text)) { keys.equals($0, text) }
    }

    /// The first key that does not come before the text.
    func lowerBound(_ text: ArraySlice<UInt8>) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys.isLess(middle, than: text) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func candidates(of key: Int, as match: ValueSpan.Match, limit: Int) -> [ValueSpan.Candidate] {
        entries(of: key).prefix(limit).map {
            ValueSpan.Candidate(column: columns[Int(valueColumns[$0])], value: values.text($0), match: match)
        }
    }
}
