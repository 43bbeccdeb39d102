/// Many short texts in one buffer.
struct FlatTexts: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []

    var count: Int { ends.count }
    var memory: Int { bytes.count + ends.count * 4 }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index]) }

    subscript(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

    mutating func append(_ text: some Collection<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(UInt32(bytes.count))
    }

    func equals(_ index: Int, _ text: ArraySlice<UInt8>) -> Bool {
        let range = range(index)
        guard range.count == text.count else { return false }
        var place = text.startIndex
        for offset in range {
            if bytes[offset] != text[place] { return false }
            place += 1
        }
        return true
    }

    /// Whether the text comes before another, byte by byte.
    func isLess(_ index: Int, than text: ArraySlice<UInt8>) -> Bool {
        self[index].lexicographicallyPrecedes(text)
    }

    mutating func shrink() {
        bytes = Array(bytes)
        ends = Array(ends)
    }
}

/// FNV-1a with a final mix.
func flatHash(_ text: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 32
    return hash &* 0x9E37_79B9_7F4A_7C15
}
