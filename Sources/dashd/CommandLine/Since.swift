import FoundationEssentials
import ServiceRuntime

/// A moment in the past, as people write it: `2h`, `3 days`, `yesterday`, `2026-11-20`, `2026-11-20T08:00:00Z`.
struct Since {
    var date: Date

    private static let units: [String: Double] = [
        "s": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600, "d": 86_400, "day": 86_400,
        "w": 604_800, "week": 604_800,
    ]

    /// Days begin in UTC. Nil for anything else.
    init?(_ text: String, now: Date = .now) {
        let words = text.lowercased().split(separator: " ").filter { $0 != "ago" }.joined()
        if let date = Self.named(words, now) ?? Self.duration(words, now) ?? Self.absolute(text.trimmed) {
            self.date = date
        } else {
            return nil
        }
    }

    private static func named(_ word: String, _ now: Date) -> Date? {
        let today = (now.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400
        return switch word {
        case "today": Date(timeIntervalSince1970: today)
        case "yesterday": Date(timeIntervalSince1970: today - 86_400)
        default: nil
        }
    }

    private static func duration(_ text: String, _ now: Date) -> Date? {
        let digits = text.prefix(while: \.isASCIIDigit)
        let unit = text.dropFirst(digits.count)
        guard let count = Double(digits), count < 1e6 else { return nil }
        let singular = unit.hasSuffix("s") && unit.count > 1 ? unit.dropLast() : unit
        return units[String(singular)].map { now.addingTimeInterval(-count * $0) }
    }

    private static func absolute(_ text: String) -> Date? {
        if let date = try? Date(text, strategy: .iso8601) {
            // The parser takes 99 o'clock for a time four days later.
            let clock = text.split(separator: "T").last?.split(separator: ":").map { Int($0.prefix(2)) ?? 0 } ?? []
            return zip(clock, [23, 59, 59]).allSatisfy { $0 <= $1 } ? date : nil
        }
        return try? Date(text, strategy: .iso8601.year().month().day())
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
