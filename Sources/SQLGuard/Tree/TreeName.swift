import Glibc

/// The name of a kind of node or of a field, where it stands: in the text of this program, or in a tree while that exists.
struct TreeName: Hashable, ExpressibleByStringLiteral, CustomStringConvertible, @unchecked Sendable {
    // @unchecked: nobody writes to these bytes, and only names of the program's own text are kept.
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    init(_ bytes: Slice<UnsafeRawBufferPointer>) { self.init(UnsafeRawBufferPointer(rebasing: bytes)) }

    init(stringLiteral text: StaticString) {
        bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    var description: String { String(decoding: bytes, as: UTF8.self) }

    static func == (one: TreeName, other: TreeName) -> Bool {
        guard one.bytes.count == other.bytes.count else { return false }
        guard let first = one.bytes.baseAddress, let second = other.bytes.baseAddress else { return true }
        return memcmp(first, second, one.bytes.count) == 0
    }

    func hash(into hasher: inout Hasher) { hasher.combine(bytes: bytes) }
}
