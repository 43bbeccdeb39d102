extension Tokenizer {
    mutating func readNumber() {
        let start = position
        if let end = dateEnd() {
            position = end
            let text = String(characters[start..<end])
            skipClock()
            add(.date, text, start..<position)
            return
        }
        if !isDigit(position), characters[position] != "." { position += 1 }
        while isDigit(position) || isThousands(position) { position += 1 }
        if position < characters.count, characters[position] == ".", isDigit(position + 1) {
            position += 1
            while isDigit(position) { position += 1 }
        } else if position < characters.count, characters[position] == ":", isDigit(position + 1) {
            readClock(from: start)
            return
        }
        let text = String(characters[start..<position])
        var number = text.filter { $0 != "," && $0 != "+" }.replacingMinus()
        if number.hasPrefix(".") { number = "0" + number }
        if number.hasPrefix("-.") { number = "-0" + number.dropFirst() }
        add(.number, text, start..<position, number: number)
    }

    private mutating func readClock(from start: Int) {
        while isDigit(position) || (position < characters.count && characters[position] == ":" && isDigit(position + 1))
        {
            position += 1
        }
        add(.clock, String(characters[start..<position]), start..<position)
    }

    /// `2024-03-01T10:00:00Z` is the day.
    private mutating func skipClock() {
        guard position < characters.count, characters[position] == "T" || characters[position] == "t",
            isDigit(position + 1)
        else { return }
        position += 1
        while isDigit(position)
            || (position < characters.count && ":.".contains(characters[position]) && isDigit(position + 1))
        {
            position += 1
        }
        if position < characters.count, "Zz".contains(characters[position]), !isWordly(position + 1) { position += 1 }
    }

    /// Three groups of digits one of which is a year's, or a year and a month.
    private func dateEnd() -> Int? {
        guard isDigit(position), position == 0 || !isJoining(position - 1) else { return nil }
        var groups: [Int] = []
        var separator: Character?
        var index = position
        while groups.count < 3 {
            let start = index
            while isDigit(index), index - start <= 4 { index += 1 }
            groups.append(index - start)
            guard groups.count < 3, index < characters.count, isDigit(index + 1), "-/.".contains(characters[index]),
                separator == nil || separator == characters[index]
            else { break }
            separator = characters[index]
            index += 1
        }
        guard let separator, !isDigit(index),
            index >= characters.count || !isWordly(index) || "Tt".contains(characters[index])
        else { return nil }
        let isSmall = { (count: Int) in (1...2).contains(count) }
        switch groups.count {
        case 3:
            let isYearFirst = groups[0] == 4 && isSmall(groups[1]) && isSmall(groups[2])
            let isYearLast =
                isSmall(groups[0]) && isSmall(groups[1])
                && (groups[2] == 4 || groups[2] == 2 && separator == "/")
            return isYearFirst || isYearLast ? index : nil
        case 2:
            guard separator != "." else { return nil }
            let first = Int(String(characters[position..<position + groups[0]])) ?? 0
            let second = Int(String(characters[index - groups[1]..<index])) ?? 0
            let isYearMonth =
                groups[0] == 4 && groups[1] == 2 && (1...12).contains(second) && (1900...2100).contains(first)
            let isMonthYear =
                isSmall(groups[0]) && groups[1] == 4 && (1...12).contains(first) && (1900...2100).contains(second)
                && separator == "/"
            return isYearMonth || isMonthYear ? index : nil
        default: return nil
        }
    }

    private func isThousands(_ index: Int) -> Bool {
        guard index < characters.count, characters[index] == ",", isDigit(index - 1) else { return false }
        return isDigit(index + 1) && isDigit(index + 2) && isDigit(index + 3) && !isDigit(index + 4)
    }

    func isDecimalStart(_ index: Int) -> Bool {
        characters[index] == "." && isDigit(index + 1) && (index == 0 || !isWordly(index - 1))
    }

    /// A minus that belongs to the number behind it: not between two words or numbers.
    func isSign(_ index: Int) -> Bool {
        "-−+".contains(characters[index])
            && (isDigit(index + 1) || index + 1 < characters.count && isDecimalStart(index + 1))
            && (index == 0 || characters[index - 1].isWhitespace || "(<>=".contains(characters[index - 1]))
    }
}
