import Planner

/// A date or month as it is written in a sentence: `2026-11-21`, `Nov 2026`, `November 21, 2026`.
struct DateMention: Sendable, Equatable {
    var text: String
    var year: Int
    var month: Int
    var day: Int?

    /// The dates of a sentence, and the sentence without them.
    static func extract(from text: String) -> (dates: [DateMention], rest: String) {
        let pieces = pieces(of: text)
        var dates: [DateMention] = []
        var rest = ""
        var index = 0
        while index < pieces.count {
            if let (date, length) = date(at: pieces[index...]) {
                dates.append(date)
                rest += " "
                index += length
            } else {
                rest += pieces[index]
                index += 1
            }
        }
        return (dates, rest)
    }

    /// A cell as PostgreSQL prints dates and times.
    init?(cell: String) {
        let parts = cell.prefix(10).split(separator: "-")
        guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2].prefix(2))
        else { return nil }
        self.init(text: String(cell.prefix(10)), year: year, month: month, day: day)
    }

    private init(text: String, year: Int, month: Int, day: Int?) {
        self.text = text
        self.year = year
        self.month = month
        self.day = day
    }

    func isSaid(of cell: DateMention) -> Bool {
        year == cell.year && month == cell.month && (day == nil || day == cell.day)
    }

    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var current = ""
        func kind(_ character: Character) -> Int { character.isLetter ? 0 : character.isNumber ? 1 : 2 }
        for character in text {
            if let last = current.last, kind(last) != kind(character) || kind(character) == 2 {
                pieces.append(current)
                current = ""
            }
            current.append(character)
        }
        if !current.isEmpty { pieces.append(current) }
        return pieces
    }

    private static func date(at pieces: ArraySlice<String>) -> (DateMention, Int)? {
        let list = Array(pieces.prefix(8))
        func number(_ index: Int, digits: ClosedRange<Int>) -> Int? {
            list.indices.contains(index) && digits.contains(list[index].count) ? Int(list[index]) : nil
        }
        func piece(_ index: Int) -> String { list.indices.contains(index) ? list[index] : "" }
        func made(_ year: Int, _ month: Int, _ day: Int?, _ length: Int) -> (DateMention, Int)? {
            guard (1...12).contains(month), (1...31).contains(day ?? 1) else { return nil }
            return (DateMention(text: list.prefix(length).joined(), year: year, month: month, day: day), length)
        }
        if let year = number(0, digits: 4...4), piece(1) == "-", let month = number(2, digits: 2...2) {
            if piece(3) == "-", let day = number(4, digits: 2...2) { return made(year, month, day, 5) }
            return made(year, month, nil, 3)
        }
        guard let month = EnglishWords.months[piece(0).lowercased()] ?? (piece(0) == "May" ? 5 : nil) else {
            // "21 November 2026"
            guard let day = number(0, digits: 1...2), piece(1) == " ",
                let month = EnglishWords.months[piece(2).lowercased()] ?? (piece(2) == "May" ? 5 : nil),
                piece(3) == " ",
                let year = number(4, digits: 4...4)
            else { return nil }
            return made(year, month, day, 5)
        }
        guard piece(1) == " " else { return nil }
        if let year = number(2, digits: 4...4) { return made(year, month, nil, 3) }
        if let day = number(2, digits: 1...2), piece(3) == ",", piece(4) == " ", let year = number(5, digits: 4...4) {
            return made(year, month, day, 6)
        }
        if let day = number(2, digits: 1...2), piece(3) == " ", let year = number(4, digits: 4...4) {
            return made(year, month, day, 5)
        }
        return nil
    }
}
