import FoundationEssentials
import HTTP

/// How long a service asks to wait before the next attempt.
enum RetryAfter {
    /// Reads `retry-after-ms`, then `Retry-After` as seconds or as an HTTP date. nil where neither can be read.
    static func parse(_ headers: HTTPHeaders, now: Date) -> Duration? {
        if let text = headers["retry-after-ms"], let value = Double(text), (0...86_400_000).contains(value) {
            return .milliseconds(value)
        }
        guard let text = headers["Retry-After"] else { return nil }
        if let seconds = Double(text), (0...86_400).contains(seconds) { return .seconds(seconds) }
        return date(text).map { .seconds(max(0, $0.timeIntervalSince(now).rounded(.up))) }
    }

    /// The one format that senders must use: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Date? {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "," })
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 8, parts[7] == "GMT", let month = months.firstIndex(of: String(parts[2])),
            let day = Int(parts[1]), let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]),
            let second = Int(parts[6]), (1...31).contains(day), (1970...9999).contains(year), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second), let utc = TimeZone(secondsFromGMT: 0)
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = utc
        return calendar.date(
            from: DateComponents(
                year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second))
    }
}
