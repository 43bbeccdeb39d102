/// Whole numbers in words: "twenty-five", "two hundred", "a dozen".
enum NumberWords {
    private static let small: [String: Int] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19,
    ]
    private static let tens: [String: Int] = [
        "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90,
    ]
    static let ordinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
        "tenth": 10, "eleventh": 11, "twelfth": 12,
    ]

    /// The number that begins with the token, and the index behind it; scales up to the billions.
    static func number(in tokens: [Token], at start: Int) -> (value: Int, end: Int)? {
        var index = start
        var value = 0
        var total = 0
        var isFound = false
        func word(_ index: Int) -> String? {
            tokens.indices.contains(index) && tokens[index].isWord ? tokens[index].word : nil
        }
        if let article = word(index), article == "a" || article == "an", let next = word(index + 1) {
            switch next {
            case "dozen": return (12, index + 2)
            case "couple": return (2, word(index + 2) == "of" ? index + 3 : index + 2)
            case "hundred", "thousand", "million", "billion": (value, isFound, index) = (1, true, index + 1)
            default: return nil
            }
        }
        if word(index) == "couple" { return (2, word(index + 1) == "of" ? index + 2 : index + 1) }
        if word(index) == "dozen" { return (12, index + 1) }
        while let text = word(index), index - start < 12 {
            if let number = small[text], value % 100 == 0 || value % 100 >= 20 && value % 10 == 0 && number < 10 {
                if isFound, value % 100 == 0, value == 0 { break }
                value += number
            } else if let number = tens[text], value % 100 == 0 {
                value += number
            } else if text == "hundred", isFound, value > 0, value < 100 {
                value *= 100
            } else if let scale = scales[text], isFound, value > 0 {
                total += value * scale
                value = 0
            } else if text == "and", isFound, value >= 100 || total > 0, let next = word(index + 1),
                small[next] != nil || tens[next] != nil
            {
                index += 1
                continue
            } else {
                break
            }
            isFound = true
            index += 1
        }
        return isFound ? (total + value, index) : nil
    }

    static let scales: [String: Int] = ["thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000]
}
