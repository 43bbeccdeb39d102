/// "rounded to two decimals", "with 1 decimal place".
extension PieceFinder {
    mutating func findRounding() {
        for start in tokens.indices where tokens[start].isWord {
            var index = start
            if ["rounded", "round"].contains(word(index)) {
                index += 1
                while ["off", "it", "them", "this", "the", "result", "results", "numbers"].contains(word(index)) {
                    index += 1
                }
            }
            let isRounded = index > start
            guard ["to", "at"].contains(word(index)) || !isRounded && word(index) == "with" else { continue }
            index += 1
            while ["the", "a"].contains(word(index)) { index += 1 }
            if isRounded, word(index) == "nearest", ["integer", "number"].contains(word(index + 1)) {
                add(start..<index + 2, .grammar(.rounded(0)), weight: 1.4 * Double(index + 2 - start))
                continue
            }
            if isRounded, word(index) == "nearest", word(index + 1) == "whole", word(index + 2) == "number" {
                add(start..<index + 3, .grammar(.rounded(0)), weight: 1.4 * Double(index + 3 - start))
                continue
            }
            guard let places = Self.places[word(index)], Self.decimals.contains(word(index + 1)) else { continue }
            var end = index + 2
            while Self.decimals.contains(word(end)) { end += 1 }
            add(start..<end, .grammar(.rounded(places)), weight: 1.4 * Double(end - start))
        }
    }

    private func word(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text.lowercased() : "" }

    private static let places = [
        "0": 0, "1": 1, "2": 2, "3": 3, "4": 4, "one": 1, "two": 2, "three": 3, "four": 4, "no": 0, "zero": 0,
    ]
    private static let decimals: Set<String> = ["decimal", "decimals", "places", "place", "digits"]
}
