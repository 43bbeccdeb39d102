extension TimeReader {
    func weekdays(at index: Int) -> TimeSpan? {
        var next = cursor.skipping(["on", "during", "only", "the", "over"], at: index)
        var days: Set<Int> = []
        while let word = cursor.word(next) {
            if word == "weekends" || word == "weekend" && !isLedByLast(next) {
                days.formUnion([0, 6])
            } else if word == "weekdays" || word == "weekday" && next > index {
                days.formUnion(1...5)
            } else if word == "business" || word == "working", cursor.word(next + 1) == "days", next > index {
                days.formUnion(1...5)
                next += 1
            } else if word.hasSuffix("s"), let day = TimeWords.weekdays[String(word.dropLast())],
                !cursor.tokens[next].isPossessive
            {
                days.insert(day)
            } else {
                break
            }
            next += 1
            let link = cursor.skippingMark(",", at: next)
            let more = cursor.skipping(["and", "or"], at: link)
            guard more > next, let word = cursor.word(more), word.hasSuffix("s"),
                TimeWords.weekdays[String(word.dropLast())] != nil
            else { break }
            next = more
        }
        guard !days.isEmpty else { return nil }
        let label =
            days == [0, 6]
            ? "on weekends"
            : days == [1, 2, 3, 4, 5]
                ? "on weekdays"
                : "on " + days.sorted().map { DayText.weekday($0) + "s" }.joined(separator: ", ")
        return TimeSpan(tokens: index..<next, meaning: .weekdays(days), label: label)
    }

    private func isLedByLast(_ index: Int) -> Bool {
        cursor.isOne(index - 1, of: ["last", "this", "next", "past", "previous", "coming"])
    }
}
