/// What is true of a row, of "1 if the reading is good", "true for dangerous goods".
struct DescribedFlag {
    /// As the data writes it; nil where a column is true or false by its type.
    var value: String?
    var words: [String]

    /// Nil for whatever tells no such thing.
    init?(_ text: String) {
        var words = DescribedText.words(text).prefix { $0 != Words.boundary }
        guard let first = words.first else { return nil }
        if ["true", "1", "y", "yes", "t", "x", "j"].contains(first) {
            value = first == "1" ? "1" : first.count == 1 && first != "t" ? first.uppercased() : nil
            guard let link = words.dropFirst().first, ["if", "when", "for", "means", "is", "where"].contains(link)
            else {
                return nil
            }
            words = words.dropFirst(2)
        } else if first == "whether" {
            words = words.dropFirst()
        } else {
            return nil
        }
        var rest = DescribedText.undetermined(Array(words))
        if let place = rest.firstIndex(where: { ["is", "was", "are", "were", "be", "been"].contains($0) }) {
            guard place <= 3 else { return nil }
            rest = DescribedText.undetermined(Array(rest[(place + 1)...]))
        }
        while let word = rest.first, ["been", "still", "currently", "already"].contains(word) { rest.removeFirst() }
        guard (1...2).contains(rest.count), let last = rest.last,
            rest.allSatisfy({ $0.allSatisfy(\.isLetter) && !Self.idle.contains($0) }), last.utf8.count >= 3
        else { return nil }
        self.words = rest
    }

    private static let idle: Set<String> = [
        "not", "no", "in", "of", "on", "it", "by", "to", "at", "for", "set", "true", "false", "the", "a", "an", "so",
        "and", "or", "any", "has", "have", "had", "row", "record", "applicable",
    ]
}
