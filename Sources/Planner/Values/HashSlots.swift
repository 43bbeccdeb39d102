/// Indices by hash, with open addressing; several may have one hash. What they stand for is compared outside.
struct HashSlots: Sendable {
    private static let empty = UInt32.max
    private var slots: [UInt32]
    private let mask: Int

    /// For at most so many entries.
    init(capacity: Int) {
        var size = 8
        while size < capacity * 8 / 5 { size *= 2 }
        slots = [UInt32](repeating: Self.empty, count: size)
        mask = size - 1
    }

    var memory: Int { slots.count * 4 }

    mutating func insert(_ index: Int, hash: UInt64) {
        var place = Int(truncatingIfNeeded: hash >> 20) & mask
        while slots[place] != Self.empty { place = (place + 1) & mask }
        slots[place] = UInt32(index)
    }

    /// The first entry of that place and what follows it that is the one looked for.
    func first(hash: UInt64, where isMatch: (Int) -> Bool) -> Int? {
        var place = Int(truncatingIfNeeded: hash >> 20) & mask
        while slots[place] != Self.empty {
            if isMatch(Int(slots[place])) { return Int(slots[place]) }
            place = (place + 1) & mask
        }
        return nil
    }

    func forEach(hash: UInt64, _ body: (Int) -> Void) {
        var place = Int(truncatingIfNeeded: hash >> 20) & mask
        while slots[place] != Self.empty {
            body(Int(slots[place]))
            place = (place + 1) & mask
        }
    }
}
