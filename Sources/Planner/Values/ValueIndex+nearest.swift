extension ValueIndex {
    /// Values of the column that are near the text, best first: the same but for its writing, parts of one another, or
    /// alike in their groups of three letters. None where nothing is alike.
    package func nearest(to text: String, in column: ColumnID, limit: Int) -> [String] {
        guard let number = columnNumbers[column], limit > 0 else { return [] }
        let wanted = FoldedText.key(text.prefix(200))
        guard !wanted.isEmpty else { return [] }
        let grams = Self.grams(wanted)
        var key: [UInt8] = []
        let scored = entries(ofColumn: number).compactMap { entry -> (score: Double, entry: Int)? in
            key.removeAll(keepingCapacity: true)
            FoldedText.appendKey(values.text(Int(entry)), to: &key)
            let score = Self.likeness(wanted, grams, key)
            return score >= 0.3 ? (score, Int(entry)) : nil
        }
        return scored.sorted { ($1.score, $0.entry) < ($0.score, $1.entry) }.prefix(limit).map {
            values.text($0.entry)
        }
    }

    /// Whether the column has been indexed, and how many values it has here.
    package func count(of column: ColumnID) -> Int? {
        columnNumbers[column].map { entries(ofColumn: $0).count }
    }

    /// The column's values as they are written, in the order of their keys.
    package func values(of column: ColumnID, limit: Int) -> [String] {
        guard let number = columnNumbers[column] else { return [] }
        return entries(ofColumn: number).prefix(max(0, limit)).map { values.text(Int($0)) }
    }

    private static func likeness(_ wanted: [UInt8], _ grams: [UInt32], _ key: [UInt8]) -> Double {
        if wanted == key { return 1 }
        if FuzzyWords.areOneEditApart(wanted[...], key[...]), wanted.count > 3 { return 0.95 }
        if key.starts(with: wanted) { return 0.8 + 0.1 * Double(wanted.count) / Double(key.count) }
        if wanted.starts(with: key), key.count > 2 { return 0.7 + 0.1 * Double(key.count) / Double(wanted.count) }
        let others = self.grams(key)
        var (left, right, shared) = (0, 0, 0)
        while left < grams.count, right < others.count {
            if grams[left] == others[right] {
                (left, right, shared) = (left + 1, right + 1, shared + 1)
            } else if grams[left] < others[right] {
                left += 1
            } else {
                right += 1
            }
        }
        return 0.7 * 2 * Double(shared) / Double(grams.count + others.count)
    }

    /// Groups of three bytes with blanks at both ends, in order.
    private static func grams(_ key: [UInt8]) -> [UInt32] {
        let text = [0x20, 0x20] + key + [0x20]
        return (2..<text.count).map { UInt32(text[$0 - 2]) << 16 | UInt32(text[$0 - 1]) << 8 | UInt32(text[$0]) }
            .sorted()
    }
}
