/// What a description's first clause calls the thing that it describes.
///
/// Only the head of a plain noun phrase is a name; whatever reads like a sentence about its use names nothing, since a
/// wrong name makes wrong answers.
enum DescribedText {
    typealias Name = TableModel.Name

    /// The words before the first full stop, with boundaries; what names are taken apart with.
    static func words(_ text: String) -> [String] { Array(Words.split(firstSentence(text)).prefix(40)) }

    private static func firstSentence(_ text: String) -> String {
        var sentence = ""
        for character in text.prefix(400) {
            if character == "\n" || character == ";" { break }
            if character == " ", sentence.last == "." { break }
            sentence.append(character)
            if sentence.hasSuffix("e-mail") || sentence.hasSuffix("E-mail") { sentence.replaceLast(6, with: "email") }
        }
        return sentence
    }

    /// The first clause, what stands in parentheses right behind it, and whether it goes on as a list.
    private static func clause(_ text: String) -> (head: String, aside: String, isList: Bool) {
        var head = ""
        var rest = Substring(firstSentence(text))
        while let character = rest.first, !":(,;–—".contains(character) {
            if character == "-", head.last == " " { break }
            head.append(character)
            rest = rest.dropFirst()
        }
        var aside = ""
        if rest.first == "(", let end = rest.firstIndex(of: ")") {
            aside = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
            while let character = rest.first, !":(,;–—".contains(character) {
                head.append(character)
                rest = rest.dropFirst()
            }
        }
        let words = Words.plain(String(rest))
        let isRowwise = words.count > 2 && ["one", "each", "a"].contains(words[0]) && words[1] == "row"
        let isList =
            rest.first == "," && !isRowwise
            && (rest.dropFirst().contains(",") || words.count <= 6 && !Set(words).isDisjoint(with: ["and", "or"]))
        if head.last == "." { head.removeLast() }
        return (head, aside, isList)
    }

    // MARK: Tables

    /// What the rows are called.
    static func tableNames(_ text: String) -> [Name] {
        let (head, aside, isList) = clause(text)
        guard !isList else { return [] }
        var words = undetermined(Words.plain(head))
        if let inner = ofRows(words) { words = inner }
        guard let first = words.first, !sentenceStarts.contains(first) else { return [] }
        words = unwrapped(words)
        guard var phrase = NounPhrase(words), !phrase.isJoined else { return [] }
        // "staff master data" is of staff.
        while phrase.head.count > 1, let last = phrase.head.last, keepings.contains(last) { phrase.head.removeLast() }
        var names: [Name] = []
        if phrase.head.count <= 3, !NounPhrase.generic.contains(NameWords.base(phrase.head.last ?? "")) {
            names.append(Name(words: phrase.head, quality: 0.93))
            if phrase.head.count > 1, phrase.isNouns, let last = phrase.head.last {
                names.append(Name(words: [last], quality: 0.78))
            }
        }
        // "lines of orders" are order lines.
        if let tail = phrase.tail, tail.count + phrase.head.count <= 3 {
            names.append(Name(words: tail + phrase.head, quality: 0.93))
        }
        let other = Words.plain(aside)
        if !names.isEmpty, (1...2).contains(other.count), let phrase = NounPhrase(other), phrase.head == other,
            !aside.contains(",")
        {
            names.append(Name(words: other, quality: 0.93))
        }
        return names
    }

    /// What a row is, of "one row per work order"; nil where the clause does not begin so.
    private static func ofRows(_ words: [String]) -> [String]? {
        var rest = words[...]
        if let first = rest.first, ["one", "1", "each", "every", "a", "single"].contains(first) {
            rest = rest.dropFirst()
        }
        guard let row = rest.first, ["row", "record", "entry", "line"].contains(row), rest.count >= 3 else {
            return nil
        }
        rest = rest.dropFirst()
        guard let link = rest.first, ["per", "for", "is", "represents", "describes", "=", "holds"].contains(link) else {
            return nil
        }
        return undetermined(Array(rest.dropFirst()))
    }

    /// Without "list of", "master data of".
    private static func unwrapped(_ words: [String]) -> [String] {
        var rest = words[...]
        while let first = rest.first, wrappers.contains(first) { rest = rest.dropFirst() }
        guard rest.count < words.count else { return words }
        if let link = rest.first, ["of", "for", "about", "on", "with"].contains(link) {
            return undetermined(Array(rest.dropFirst()))
        }
        return ["all", "contains", "holds", "stores", "lists"].contains(words[0]) && rest.count == words.count - 1
            ? undetermined(Array(rest)) : words
    }

    private static let keepings: Set<String> = [
        "data", "master", "records", "record", "table", "information", "details",
    ]

    private static let wrappers: Set<String> = [
        "list", "table", "register", "master", "data", "information", "directory", "catalog", "catalogue",
        "collection", "records", "record", "log", "history", "fact", "facts", "dimension", "lookup", "reference",
        "all", "contains", "holds", "stores", "lists", "details", "base",
    ]

    /// Whether the first clause names only some of what its head names: "goods sent back" are not all goods.
    static func isRestricted(_ text: String) -> Bool {
        let words = undetermined(Words.plain(clause(text).head))
        return NounPhrase(unwrapped(ofRows(words) ?? words))?.isRestricted ?? false
    }

    // MARK: Columns

    /// What the column is called.
    ///
    /// - Parameter owner: words of its table's names, which say nothing more.
    static func columnNames(_ text: String, owner: Set<String>) -> [Name] {
        let (head, _, isList) = clause(text)
        // "A = active" names a value.
        guard !isList, !head.contains("=") else { return [] }
        var words = undetermined(Words.plain(head))
        // "last name" is one, "last change of the row" is none.
        let isName = words.count == 2 && words[1] == "name"
        guard let first = words.first, isName || !sentenceStarts.contains(first) else { return [] }
        if let place = words.firstIndex(where: { $0.first?.isNumber == true }), place > 0,
            words[place...].allSatisfy({ $0.first?.isNumber == true || ["to", "and", "or"].contains($0) })
        {
            // "satisfaction score 1 to 5", "rating from 1 to 10".
            words = Array(words[..<place])
            while words.count > 1, let last = words.last, ["from", "between", "of", "on"].contains(last) {
                words.removeLast()
            }
        }
        var measured: [String] = []
        if let place = words.lastIndex(of: "in"), place > 0, place + 3 >= words.count {
            measured = Array(words[place...])
            words = Array(words[..<place])
        }
        guard let phrase = NounPhrase(words), !phrase.isJoined, phrase.head.count <= 3 else { return [] }
        var names: [Name] = []
        if phrase.head.count > 1 || !NounPhrase.empty.contains(NameWords.base(phrase.head[0])) {
            names.append(Name(words: phrase.head, quality: 1))
            if let deed = phrase.deed { names.append(Name(words: phrase.head + [deed], quality: 1)) }
            // "capacity in pallets"
            if measured.count == 2 { names.append(Name(words: phrase.head + measured, quality: 1)) }
        }
        if let tail = phrase.tail, !tail.allSatisfy({ owner.contains(NameWords.base($0)) }) {
            if ["number", "count", "amount", "quantity"].contains(phrase.head) {
                names = [Name(words: phrase.head + ["of"] + tail, quality: 1), Name(words: tail, quality: 0.85)]
            } else if tail.count + phrase.head.count <= 3 {
                names.append(Name(words: tail + phrase.head, quality: 1))
            }
        }
        if let per = phrase.per {
            names.append(Name(words: phrase.head + ["per"] + per, quality: 1))
            names.append(Name(words: per + phrase.head, quality: 0.95))
        }
        return names
    }

    /// Whether it is what rows are called: "name of the machine", "department name".
    ///
    /// - Parameter owner: words of its table's names.
    static func isName(_ text: String, owner: Set<String>) -> Bool {
        guard let head = columnNames(text, owner: owner).first?.words, let last = head.last,
            ["name", "title"].contains(last)
        else { return false }
        return head.dropLast().allSatisfy { owner.contains(NameWords.base($0)) || $0 == "full" }
    }

    /// The unit of "rated power in kW".
    static func unit(_ text: String) -> String? {
        let words = clause(text).head.split(separator: " ")
        guard let place = words.lastIndex(of: "in"), place + 1 < words.count, place > 0 else { return nil }
        let unit = words[place + 1]
        return UnitWords.unit(unit.lowercased()) == nil ? nil : String(unit)
    }

    static func undetermined(_ words: [String]) -> [String] {
        Array(words.drop { ["the", "a", "an", "its", "their", "this", "each", "every", "single"].contains($0) })
    }

    /// Words that a name does not begin with.
    static let sentenceStarts: Set<String> = [
        "null", "always", "never", "only", "usually", "none", "not", "no", "if", "set", "used", "use", "see", "for",
        "whether", "true", "false", "when", "how", "what", "which", "who", "where", "why", "whose", "internal", "comma",
        "do", "don", "note", "it", "they", "we", "you", "as", "in", "to", "on", "at", "by", "from", "with", "one",
        "two",
        "deprecated", "legacy", "technical", "primary", "foreign", "unique", "auto", "surrogate", "generated", "either",
        "possible", "values", "e", "i", "this", "that", "these", "and", "or", "y", "is", "are", "was", "fk", "pk",
        "references", "refers", "links", "same", "first", "last", "daily", "weekly", "monthly", "snapshot", "summary",
        "aggregated", "aggregate",
    ]
}

extension String {
    fileprivate mutating func replaceLast(_ count: Int, with text: String) {
        removeLast(count)
        append(text)
    }
}
