/// The content of a compiled time zone file (RFC 8536, versions 2 to 4) as offsets over time.
struct TZif: Sendable, Equatable {
    static let utc = TZif(times: [], offsetIndices: [], offsets: [0], footer: nil)

    /// Ascending; from `times[i]` on, `offsets[offsetIndices[i]]` holds.
    private let times: [Int64]
    private let offsetIndices: [Int]
    /// Seconds east of UTC.
    private let offsets: [Int]
    /// Holds after the last transition.
    private let footer: PosixTimeZone?

    private init(times: [Int64], offsetIndices: [Int], offsets: [Int], footer: PosixTimeZone?) {
        self.times = times
        self.offsetIndices = offsetIndices
        self.offsets = offsets
        self.footer = footer
    }

    /// Nil where the bytes are not a complete, consistent file of version 2 or later.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        // The first block serves readers of 32-bit times only.
        guard let old = reader.header(), old.version >= UInt8(ascii: "2"), reader.skip(old.bodySize(timeSize: 4)),
            let header = reader.header(), header.typeCount > 0,
            header.bodySize(timeSize: 8) <= bytes.count - reader.position
        else { return nil }

        var times: [Int64] = []
        for _ in 0..<header.timeCount {
            guard let time = reader.integer(8), times.last.map({ $0 < time }) ?? true else { return nil }
            times.append(time)
        }
        var indices: [Int] = []
        for _ in 0..<header.timeCount {
            guard let index = reader.byte(), Int(index) < header.typeCount else { return nil }
            indices.append(Int(index))
        }
        var offsets: [Int] = []
        for _ in 0..<header.typeCount {
            guard let offset = reader.integer(4), abs(offset) < 200_000, reader.byte() != nil, let name = reader.byte(),
                Int(name) < header.characterCount
            else { return nil }
            offsets.append(Int(offset))
        }
        guard
            reader.skip(header.characterCount + header.leapCount * 12 + header.standardCount + header.utCount)
        else { return nil }
        self.offsets = offsets
        self.times = times
        offsetIndices = indices

        let tail = bytes[reader.position...]
        guard tail.first == UInt8(ascii: "\n"), let end = tail.dropFirst().firstIndex(of: UInt8(ascii: "\n")) else {
            return nil
        }
        let rule = String(decoding: tail[(tail.startIndex + 1)..<end], as: UTF8.self)
        guard !rule.isEmpty else {
            footer = nil
            return
        }
        guard let zone = PosixTimeZone(rule) else { return nil }
        footer = zone
    }

    func offset(at time: Int64) -> Int {
        guard let last = times.last, time < last else {
            if let footer { return footer.offset(at: time) }
            return times.isEmpty ? offsets[0] : offsets[offsetIndices[times.count - 1]]
        }
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? offsets[0] : offsets[offsetIndices[low - 1]]
    }

    private struct Header {
        var version: UInt8
        var utCount: Int
        var standardCount: Int
        var leapCount: Int
        var timeCount: Int
        var typeCount: Int
        var characterCount: Int

        func bodySize(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + standardCount
                + utCount
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func header() -> Header? {
            guard let magic = take(4), Array(magic) == Array("TZif".utf8), let version = byte(), skip(15) else {
                return nil
            }
            var counts: [Int] = []
            for _ in 0..<6 {
                guard let count = integer(4), (0...Int64(bytes.count)).contains(count) else { return nil }
                counts.append(Int(count))
            }
            return Header(
                version: version, utCount: counts[0], standardCount: counts[1], leapCount: counts[2],
                timeCount: counts[3], typeCount: counts[4], characterCount: counts[5])
        }

        mutating func skip(_ count: Int) -> Bool { take(count) != nil }

        mutating func byte() -> UInt8? { take(1)?.first }

        mutating func take(_ count: Int) -> [UInt8]? {
            guard count >= 0, count <= bytes.count - position else { return nil }
            defer { position += count }
            return Array(bytes[position..<position + count])
        }

        /// Big-endian and signed.
        mutating func integer(_ size: Int) -> Int64? {
            guard let field = take(size) else { return nil }
            let value = field.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return size == 8 ? Int64(bitPattern: value) : Int64(Int32(bitPattern: UInt32(truncatingIfNeeded: value)))
        }
    }
}
