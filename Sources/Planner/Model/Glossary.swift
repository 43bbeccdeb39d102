/// What the pieces of the schema's names are short for, by the descriptions beside them.
///
/// A name is taken apart with its own description first; then a piece means what it means in its table's name, in the
/// table that its key leads to, elsewhere in the schema, and at last what it means everywhere.
struct Glossary {
    private var tableMeanings: [[String: [String]]] = []
    private var columnMeanings: [[[String: [String]]]] = []
    private var common: [String: [String]] = [:]
    /// Words that descriptions write out, so that they are words.
    private var written: Set<String> = []
    private let targets: [[[Int]]]

    init(_ source: SemanticSource) {
        var indices: [TableID: Int] = [:]
        for (index, table) in source.tables.enumerated() { indices[table.id] = index }
        targets = source.tables.map { table in
            table.columns.map { column in
                table.foreignKeys.filter { $0.columns == [column.name] }.compactMap { indices[$0.table] }
            }
        }
        var votes: [String: [[String]: Double]] = [:]
        for table in source.tables {
            let text = DescribedText.words(table.description)
            written.formUnion(text)
            let own = Self.meanings(
                Self.pieces(table.name, table.synonyms),
                [DescribedText.tableNames(table.description).first?.words ?? [], text])
            tableMeanings.append(own.mapValues(\.words))
            for (piece, match) in own { votes[piece, default: [:]][match.words, default: 0] += match.score }
            columnMeanings.append(
                table.columns.map { column in
                    let text = DescribedText.words(column.description)
                    written.formUnion(text)
                    let head = DescribedText.columnNames(column.description, owner: []).first?.words ?? []
                    let found = Self.meanings(Self.pieces(column.name, column.synonyms), [head, text])
                    for (piece, match) in found { votes[piece, default: [:]][match.words, default: 0] += match.score }
                    return found.mapValues(\.words)
                })
        }
        for (piece, meanings) in votes {
            let all = meanings.values.reduce(0, +)
            if let best = meanings.max(by: { ($0.value, $1.key.joined()) < ($1.value, $0.key.joined()) }),
                best.value >= all * 0.66
            {
                common[piece] = best.key
            }
        }
    }

    private static func pieces(_ name: String, _ synonyms: [String]) -> [String] {
        NameWords.split(NameWords.spelling(of: name, synonyms: synonyms))
    }

    /// - Parameter texts: what describes it, the likelier words first.
    private static func meanings(_ pieces: [String], _ texts: [[String]]) -> [String: Abbreviation.Match] {
        var found: [String: Abbreviation.Match] = [:]
        let written = Set(texts.joined().map(NameWords.base))
        for piece in pieces where !written.contains(NameWords.base(piece)) {
            found[piece] = texts.lazy.compactMap { Abbreviation.best(piece, in: $0) }.first
        }
        return found
    }

    /// The pieces of a table's name as words.
    func words(table: Int, pieces: [String]) -> [String] {
        pieces.enumerated().flatMap { place, piece in
            tableMeanings[table][piece] ?? elsewhere(piece, isLast: place + 1 == pieces.count)
        }
    }

    /// The pieces of a column's name as words.
    func words(table: Int, column: Int, pieces: [String], description: String) -> [String] {
        let text = Set(DescribedText.words(description).map(NameWords.base))
        return pieces.enumerated().flatMap { place, piece -> [String] in
            if let own = columnMeanings[table][column][piece] { return own }
            if text.contains(NameWords.base(piece)) { return [piece] }
            for target in targets[table][column] {
                if let meaning = tableMeanings[target][piece] { return meaning }
            }
            return tableMeanings[table][piece] ?? elsewhere(piece, isLast: place + 1 == pieces.count)
        }
    }

    /// A description's words for a name that carries only a letter of one of them: "first name" of `f_nm`.
    func completed(_ words: [String], description: String) -> [String] {
        guard words.count > 1, words.contains(where: { $0.utf8.count == 1 && $0.first?.isLetter == true }),
            let head = DescribedText.columnNames(description, owner: []).first?.words, head.count >= words.count,
            zip(words.reversed(), head.reversed()).allSatisfy({ piece, word in
                NameWords.base(piece) == NameWords.base(word) || piece.utf8.count == 1 && isLetter(piece, of: word)
            })
        else { return words }
        return head
    }

    /// The given name is a first name.
    private func isLetter(_ letter: String, of word: String) -> Bool {
        word.hasPrefix(letter) || letter == "f" && word == "given" || letter == "l" && word == "family"
    }

    private func elsewhere(_ piece: String, isLast: Bool) -> [String] {
        if written.contains(piece), piece != "no" { return [piece] }
        return common[piece] ?? UsualAbbreviations.words(piece, isLast: isLast) ?? [piece]
    }

    /// What a description calls it, instead of a name of which nothing is known.
    func replacement(for pieces: [String], _ described: [TableModel.Name]) -> [String]? {
        guard let name = described.first?.words, pieces.allSatisfy(isCryptic) else { return nil }
        return name
    }

    private func isCryptic(_ piece: String) -> Bool {
        guard !written.contains(piece), common[piece] == nil, UsualAbbreviations.words(piece, isLast: true) == nil,
            !Abbreviation.wholeWords.contains(piece), !tableMeanings.contains(where: { $0[piece] != nil })
        else { return false }
        return piece.utf8.count <= 2 || Abbreviation.isSkeleton(piece)
    }
}
