package import FoundationEssentials
import Glibc

/// A time zone's offsets, past and future, read from the system's database.
///
/// FoundationEssentials knows no time zones but fixed ones; this reads what `tzdata` installs (RFC 8536).
package struct TimeZoneRules: Sendable, Equatable {
    package static let utc = TimeZoneRules(identifier: "UTC", file: .utc)

    package let identifier: String
    private let file: TZif

    /// Reads one small file. Names are those of the IANA database, such as `Europe/Paris`.
    package init(identifier: String, directory: String = "/usr/share/zoneinfo") throws(TimeZoneError) {
        let allowed = identifier.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "/"):
                true
            default: false
            }
        }
        guard allowed, !identifier.isEmpty, identifier.utf8.count <= 64, !identifier.hasPrefix("/") else {
            throw TimeZoneError(code: .unknownName, name: String(identifier.prefix(64)))
        }
        let bytes: [UInt8]
        do {
            bytes = try Self.read("\(directory)/\(identifier)")
        } catch {
            if identifier == "UTC" {
                self = .utc
                return
            }
            let hasDatabase = access("\(directory)/Europe", F_OK) == 0 || access("\(directory)/UTC", F_OK) == 0
            throw TimeZoneError(
                code: hasDatabase ? .unknownName : .databaseMissing, name: hasDatabase ? identifier : directory)
        }
        // `zoneinfo` also holds tables in plain text; those are no time zones.
        guard bytes.starts(with: Array("TZif".utf8)) else { throw TimeZoneError(code: .unknownName, name: identifier) }
        guard let file = TZif(bytes) else { throw TimeZoneError(code: .malformed, name: identifier) }
        self.init(identifier: identifier, file: file)
    }

    init(identifier: String, file: TZif) {
        self.identifier = identifier
        self.file = file
    }

    /// Seconds east of UTC.
    package func offset(at instant: Date) -> Int { file.period(at: Self.seconds(instant)).offset }

    /// The usual letters (`CET`) or, where there are none, the offset (`+03`).
    package func abbreviation(at instant: Date) -> String { file.period(at: Self.seconds(instant)).abbreviation }

    /// What a clock there shows.
    package func civil(at instant: Date) -> CivilDateTime {
        let seconds = Self.seconds(instant)
        return CivilDateTime(secondsSinceEpoch: seconds + Int64(file.period(at: seconds).offset))
    }

    /// When a clock there shows it: once, twice or never.
    package func instants(of local: CivilDateTime) -> LocalTime {
        let wall = local.secondsSinceEpoch
        // No offset exceeds 26 hours, so both that apply around this time are found a good day away on either side.
        var found: Set<Int64> = []
        let offsets = Set(file.periods(from: wall - 100_000, to: wall + 100_000).map(\.offset))
        for offset in offsets where file.period(at: wall - Int64(offset)).offset == offset {
            found.insert(wall - Int64(offset))
        }
        let instants = found.sorted().map { Date(timeIntervalSince1970: Double($0)) }
        if let first = instants.first, let last = instants.last {
            return instants.count == 1 ? .once(first) : .twice(first: first, second: last)
        }
        let jump = file.transitions(from: wall - 100_000, to: wall + 100_000).first { transition in
            wall >= transition.time + Int64(transition.before) && wall < transition.time + Int64(transition.after)
        }
        // Without an offset that shows it there is a jump; the fallback only keeps the function total.
        let instant = jump?.time ?? wall - Int64(file.period(at: wall).offset)
        return .never(jump: Date(timeIntervalSince1970: Double(instant)))
    }

    /// The first instant of a day there; later than midnight where clocks are put forward at midnight.
    package func startOfDay(_ date: CivilDate) -> Date {
        let midnight = CivilDateTime(secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400)
        return instants(of: midnight).earliest
    }

    private static func seconds(_ instant: Date) -> Int64 {
        Int64(max(-1e15, min(1e15, instant.timeIntervalSince1970.rounded(.down))))
    }

    private static func read(_ path: String) throws -> [UInt8] {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        guard size <= 1 << 20 else { return [] }
        return Array(try Data(contentsOf: URL(filePath: path)))
    }
}
