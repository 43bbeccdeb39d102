/// Deadlines in order, with the numbers of what waits for them.
struct DeadlineQueue {
    private struct Entry: Comparable {
        var deadline: ContinuousClock.Instant
        var id: UInt64

        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadline, left.id) < (right.deadline, right.id)
        }
    }

    /// Latest first, so that the due ones leave at the end of the array.
    private var entries: [Entry] = []

    var first: ContinuousClock.Instant? { entries.last?.deadline }

    mutating func insert(_ deadline: ContinuousClock.Instant, _ id: UInt64) {
        let entry = Entry(deadline: deadline, id: id)
        entries.insert(entry, at: position(of: entry))
    }

    mutating func remove(_ deadline: ContinuousClock.Instant, _ id: UInt64) {
        let entry = Entry(deadline: deadline, id: id)
        let index = position(of: entry)
        if index < entries.endIndex, entries[index] == entry { entries.remove(at: index) }
    }

    /// Takes out everything due at `now`, earliest first.
    mutating func removeDue(_ now: ContinuousClock.Instant) -> [UInt64] {
        var due: [UInt64] = []
        while let last = entries.last, last.deadline <= now {
            due.append(last.id)
            entries.removeLast()
        }
        return due
    }

    /// Where the entry is, or belongs.
    private func position(of entry: Entry) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] > entry { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
