extension CivilDate {
    /// Reads `YYYY-MM-DD`; nil for anything else, also for a day that does not exist.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), year >= 1
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day in UTC of a moment given in seconds since 1970.
    package init(secondsSince1970 seconds: Int) {
        self.init(daysSinceEpoch: seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400))
    }

    /// Midnight UTC in seconds since 1970.
    package var secondsSince1970: Int { daysSinceEpoch * 86_400 }

    package var firstOfMonth: CivilDate { adding(days: 1 - day) }

    package var daysInMonth: Int { Self.days(inMonth: month, of: year) }

    /// Saturday or Sunday.
    package var isWeekend: Bool { weekday == 0 || weekday == 6 }
}
