/// A rule for all years, in the notation of the `TZ` variable, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixTimeZone: Sendable, Equatable {
    /// Seconds east of UTC.
    private let standard: Int
    private let daylight: Daylight?

    private struct Daylight: Sendable, Equatable {
        var offset: Int
        var start: Change
        var end: Change
    }

    private struct Change: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// 1 to 365; 29 February is never counted.
            case julian(Int)
            /// 0 to 365.
            case zeroBased(Int)
            /// Week 1 to 5 (5: the last) and weekday 0 to 6.
            case weekday(month: Int, week: Int, weekday: Int)
        }

        var day: Day
        /// Seconds after local midnight; may lie outside the day.
        var time: Int

        func secondsSinceEpoch(in year: Int) -> Int64 {
            let newYear = CivilDate(daysSinceEpoch: 0).adding(months: (year - 1970) * 12)
            let date: CivilDate
            switch day {
            case .julian(let number):
                date = newYear.adding(days: number - 1 + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0))
            case .zeroBased(let number): date = newYear.adding(days: number)
            case .weekday(let month, let week, let weekday):
                let first = newYear.adding(months: month - 1)
                var offset = (weekday - first.weekday + 7) % 7 + (week - 1) * 7
                if offset >= CivilDate.days(inMonth: month, of: year) { offset -= 7 }
                date = first.adding(days: offset)
            }
            return Int64(date.daysSinceEpoch) * 86_400 + Int64(time)
        }
    }

    /// Nil where the text is not such a rule.
    init?(_ text: String) {
        var scanner = Scanner(text: Array(text.utf8)[...])
        guard scanner.name(), let west = scanner.time(maximumHours: 24) else { return nil }
        standard = -west
        if scanner.isAtEnd {
            daylight = nil
            return
        }
        guard scanner.name() else { return nil }
        var daylightOffset = 3600 - west
        if !scanner.isAt(",") {
            guard let west = scanner.time(maximumHours: 24) else { return nil }
            daylightOffset = -west
        }
        guard scanner.skip(","), let start = Self.change(&scanner), scanner.skip(","), let end = Self.change(&scanner),
            scanner.isAtEnd
        else { return nil }
        daylight = Daylight(offset: daylightOffset, start: start, end: end)
    }

    func offset(at time: Int64) -> Int {
        guard let daylight else { return standard }
        let last = changes(around: time).last { $0.time <= time }
        return last.map { $0.isStart ? daylight.offset : standard } ?? standard
    }

    /// The changes of the year of a time and of both its neighbours, in order.
    private func changes(around time: Int64) -> [(time: Int64, isStart: Bool)] {
        guard let daylight else { return [] }
        let year = CivilDateTime(secondsSinceEpoch: time).date.year
        var result: [(time: Int64, isStart: Bool)] = []
        for year in (year - 1)...(year + 1) {
            let start = daylight.start.secondsSinceEpoch(in: year) - Int64(standard)
            let end = daylight.end.secondsSinceEpoch(in: year) - Int64(daylight.offset)
            result.append((start, true))
            result.append((end, false))
        }
        // Where both fall together (daylight time all year), the end of one year's comes before the next one's start.
        return result.sorted { ($0.time, $0.isStart ? 1 : 0) < ($1.time, $1.isStart ? 1 : 0) }
    }

    private static func change(_ scanner: inout Scanner) -> Change? {
        let day: Change.Day
        if scanner.skip("M") {
            guard let month = scanner.number(1...12), scanner.skip("."), let week = scanner.number(1...5),
                scanner.skip("."), let weekday = scanner.number(0...6)
            else { return nil }
            day = .weekday(month: month, week: week, weekday: weekday)
        } else if scanner.skip("J") {
            guard let number = scanner.number(1...365) else { return nil }
            day = .julian(number)
        } else {
            guard let number = scanner.number(0...365) else { return nil }
            day = .zeroBased(number)
        }
        guard scanner.skip("/") else { return Change(day: day, time: 2 * 3600) }
        guard let time = scanner.time(maximumHours: 167) else { return nil }
        return Change(day: day, time: time)
    }

    private struct Scanner {
        var text: ArraySlice<UInt8>

        var isAtEnd: Bool { text.isEmpty }

        func isAt(_ character: Unicode.Scalar) -> Bool { text.first == UInt8(ascii: character) }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard isAt(character) else { return false }
            text.removeFirst()
            return true
        }

        /// Skips a name: three or more letters, or anything between `<` and `>`.
        mutating func name() -> Bool {
            let isQuoted = skip("<")
            let part = text.prefix { byte in
                isQuoted ? byte != UInt8(ascii: ">") : Character(Unicode.Scalar(byte)).isLetter && byte < 128
            }
            text.removeFirst(part.count)
            return part.count >= 3 && (!isQuoted || skip(">"))
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard digits.count <= 3, let value = Int(String(decoding: digits, as: UTF8.self)), range.contains(value)
            else { return nil }
            text.removeFirst(digits.count)
            return value
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func time(maximumHours: Int) -> Int? {
            let sign = skip("-") ? -1 : 1
            if sign == 1 { _ = skip("+") }
            guard let hours = number(0...maximumHours) else { return nil }
            var seconds = hours * 3600
            if skip(":") {
                guard let minutes = number(0...59) else { return nil }
                seconds += minutes * 60
                if skip(":") {
                    guard let rest = number(0...59) else { return nil }
                    seconds += rest
                }
            }
            return sign * seconds
        }
    }
}
