/// "an A licence": a letter that is no article but a value of the column named behind it.
extension PieceFinder {
    mutating func findLetters() {
        for index in tokens.indices.dropLast() where index > 0 {
            let token = tokens[index]
            guard token.isWord, token.text.count == 1, token.text.allSatisfy(\.isUppercase), !tokens[index - 1].isMark
            else { continue }
            let named = model.lexicon.vocabulary.matches(tokens[index + 1].word).map {
                model.lexicon.vocabulary.text($0.word)
            }
            for span in values.lookup(tokens: Tokenizer.tokens(of: "\"\(token.text)\"")) {
                for candidate in span.candidates where candidate.match == .exact && candidate.value == token.text {
                    guard let column = model.column(candidate.column),
                        column.words.contains(where: { named.contains(NameWords.base($0)) })
                    else { continue }
                    record(index..<index + 1, [.init(sense: .value(column.index, [token.text]), quality: 1)])
                }
            }
        }
    }
}
