import FoundationEssentials
import ServiceRuntime

/// `timestamptz` in the server's ISO text format, to the microsecond; outside the years 1 to 9999 it is infinite.
enum PostgresTimestamp {
    static func text(_ date: Date) -> String {
        let seconds = date.timeIntervalSince1970
        guard !seconds.isNaN, seconds < 253_402_300_800 else { return "infinity" }
        guard seconds >= -62_135_596_800 else { return "-infinity" }
        let micros = Int64((seconds * 1_000_000).rounded())
        let (whole, fraction) = micros.quotientRoundedDown(dividingBy: 1_000_000)
        let (days, secondOfDay) = whole.quotientRoundedDown(dividingBy: 86_400)
        let (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
        let date = CivilDate(daysSinceEpoch: Int(days))
        let digits = String(fraction)
        let zeros = String(repeating: "0", count: 6 - digits.count)
        return "\(date) \(hour):\(minute):\(second).\(zeros)\(digits)+00"
    }

    /// Reads `2026-01-31 09:08:07[.123456]±hh[:mm[:ss]]`; nil for anything else, infinities among it.
    static func date(_ text: String) -> Date? {
        var fields = Scanner(text)
        guard
            let year = fields.number(), fields.skip("-"), let month = fields.number(), fields.skip("-"),
            let day = fields.number(), fields.skip(" ") || fields.skip("T"), let hour = fields.number(),
            fields.skip(":"), let minute = fields.number(), fields.skip(":"), let second = fields.number()
        else { return nil }
        let fraction = fields.skip(".") ? fields.fraction() : 0
        guard let fraction, let offset = fields.offset(), fields.isAtEnd,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    private struct Scanner {
        private var rest: Substring.UTF8View

        init(_ text: String) {
            rest = text[...].utf8
        }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func skip(_ mark: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: mark) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number() -> Int? {
            let digits = digits()
            return digits.count <= 6 ? Int(digits) : nil
        }

        mutating func fraction() -> Double? {
            let digits = digits()
            return digits.isEmpty ? nil : Double("0." + digits)
        }

        /// Seconds east of Greenwich.
        mutating func offset() -> Int? {
            if skip("Z") { return 0 }
            let isWest = skip("-")
            guard isWest || skip("+"), let hours = number() else { return nil }
            let minutes = skip(":") ? number() : 0
            let seconds = skip(":") ? number() : 0
            guard let minutes, let seconds else { return nil }
            let offset = hours * 3600 + minutes * 60 + seconds
            return isWest ? -offset : offset
        }

        private mutating func digits() -> String {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest.removeFirst(digits.count)
            return String(decoding: digits, as: UTF8.self)
        }
    }
}

extension Int64 {
    fileprivate func quotientRoundedDown(dividingBy divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
