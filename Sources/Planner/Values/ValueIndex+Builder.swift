extension ValueIndex {
    /// Takes values in; what it was given is the same index whatever the order of the columns' values.
    package struct Builder {
        private let limits: Limits
        private let started = ContinuousClock.now
        private var columns: [ColumnID] = []
        private var numbers: [ColumnID: Int] = [:]
        private var counts: [Int] = []
        private var keys = FlatTexts()
        private var values = FlatTexts()
        private var valueColumns: [UInt32] = []
        private var leftOut = 0

        package init(limits: Limits = Limits()) {
            self.limits = limits
        }

        /// Values beyond the limits, empty ones and ones without a letter or digit are left out; a column that was added
        /// already gets them in addition.
        package mutating func add(_ values: some Sequence<String>, of column: ColumnID) {
            let number = numbers[column] ?? columns.count
            if number == columns.count {
                numbers[column] = number
                columns.append(column)
                counts.append(0)
            }
            var key: [UInt8] = []
            for value in values {
                guard counts[number] < limits.valuesPerColumn, value.utf8.count <= limits.bytesPerValue,
                    self.values.bytes.count + value.utf8.count <= min(limits.bytes, 1 << 31),
                    keys.bytes.count < 1 << 31
                else {
                    leftOut += 1
                    continue
                }
                key.removeAll(keepingCapacity: true)
                FoldedText.appendKey(value, to: &key)
                guard !key.isEmpty else { continue }
                counts[number] += 1
                keys.append(key)
                self.values.append(value.utf8)
                valueColumns.append(UInt32(number))
            }
        }

        package consuming func build() -> ValueIndex {
            let order = sorted()
            var distinct = FlatTexts()
            var texts = FlatTexts()
            var columnNumbers: [UInt32] = []
            var ends: [UInt32] = []
            columnNumbers.reserveCapacity(order.count)
            var previous: Int?
            for entry in order {
                let isSameKey = previous.map { keys.equals($0, keys[entry]) } ?? false
                if isSameKey, let previous, valueColumns[previous] == valueColumns[entry],
                    values.equals(previous, values[entry])
                {
                    continue
                }
                if !isSameKey {
                    if distinct.count > 0 { ends.append(UInt32(texts.count)) }
                    distinct.append(keys[entry])
                }
                texts.append(values[entry])
                columnNumbers.append(valueColumns[entry])
                previous = entry
            }
            if distinct.count > 0 { ends.append(UInt32(texts.count)) }
            distinct.shrink()
            texts.shrink()
            return ValueIndex(
                columns: columns, columnNumbers: numbers, keys: distinct, entryEnds: ends, values: texts,
                valueColumns: Array(columnNumbers), leftOut: leftOut, started: started)
        }

        /// Entries by key, then column, then text.
        private func sorted() -> [Int] {
            struct Place {
                /// The first eight bytes of the key, which decide most comparisons.
                var head: UInt64
                var entry: UInt32
            }
            var places = (0..<keys.count).map { entry in
                var head: UInt64 = 0
                let key = keys[entry]
                for offset in 0..<8 {
                    head = head << 8 | (offset < key.count ? UInt64(key[key.startIndex + offset]) : 0)
                }
                return Place(head: head, entry: UInt32(entry))
            }
            places.sort { left, right in
                if left.head != right.head { return left.head < right.head }
                let (first, second) = (Int(left.entry), Int(right.entry))
                if !keys.equals(first, keys[second]) { return keys.isLess(first, than: keys[second]) }
                if valueColumns[first] != valueColumns[second] { return valueColumns[first] < valueColumns[second] }
                return values.isLess(first, than: values[second])
            }
            return places.map { Int($0.entry) }
        }
    }
}
