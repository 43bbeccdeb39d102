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

    /// What a clock there shows.
    package func civil(at instant: Date) -> CivilDateTime {
        let seconds = Self.seconds(instant)
        return CivilDateTime(secondsSinceEpoch: seconds + Int64(file.offset(at: seconds)))
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
