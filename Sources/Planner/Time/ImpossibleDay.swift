import ServiceRuntime

/// "31 November": a day that no calendar has, for questions that come to nothing because of it.
enum ImpossibleDay {
    static func found(in tokens: [Token]) -> String? {
        for index in tokens.indices.dropLast() {
            let pair = [tokens[index], tokens[index + 1]]
            guard let month = pair.first(where: { TimeWords.months[$0.word] != nil }),
                let number = pair.first(where: { $0.isNumber }),
                let day = number.number.flatMap({ Int($0.description) }),
                let name = TimeWords.months[month.word]
            else { continue }
            let year =
                tokens.indices.contains(index + 2) ? tokens[index + 2].number.flatMap { Int($0.description) } : nil
            // Without a year the 29th of February is a day of some.
            if let longest = CivilDate(year: year ?? 2024, month: name, day: 1)?.daysInMonth, day > longest, day <= 31 {
                return "There is no \(pair[0].text) \(pair[1].text)\(name == 2 && day == 29 ? " in that year" : "")."
            }
        }
        return nil
    }
}
