/// "The cancellation rate": the part of the rows that are cancelled.
extension PieceFinder {
    mutating func findRates() {
        for index in tokens.indices.dropFirst()
        where ["rate", "rates"].contains(tokens[index].word) && tokens[index - 1].isWord {
            let range = index - 1..<index
            let isNamed = terms.contains { $0.key.count > 1 && $0.key.contains(index) }
            // A rate that is defined is another one than any that is put together here.
            let isRate = (terms[index..<index + 1] ?? []).contains { entry in
                if case .metric = entry.sense { return true }
                return entry.quality >= 0.9
            }
            guard !isNamed, !isRate else { continue }
            let states = states(tokens[index - 1].word)
            if !states.isEmpty { record(range, states) }
            guard let said = terms[range]?.filter(isState), !said.isEmpty else { continue }
            // "the return rate" returns nothing to anybody.
            add(range, .term(Lexicon.sorted(said)), weight: 1.1)
            if index + 1 == tokens.count || tokens[index + 1].word != "of" {
                add(index..<index + 1, .grammar(.percent), weight: 0.9)
            }
        }
    }

    private func isState(_ entry: Lexicon.Entry) -> Bool {
        switch entry.sense {
        case .value, .flag, .event: entry.quality >= 0.75
        default: false
        }
    }

    /// Values that the noun is of: "cancelled" of cancellation, "passed" of pass.
    private func states(_ noun: String) -> [Lexicon.Entry] {
        var forms: Set<String> = [noun, noun + "ed", noun + "d"]
        for key in WordFamily.keys(of: noun) { forms.formUnion([key, key + "ed", key + "d", key + "led"]) }
        let states: Set<String> = ["status", "state", "stage", "result", "outcome", "decision", "phase", "verdict"]
        var found: Set<Lexicon.Sense> = []
        for form in forms.sorted() {
            for candidate in values.lookup(tokens: Tokenizer.tokens(of: "\"\(form)\"")).flatMap(\.candidates)
            where candidate.match == .exact {
                guard let column = model.column(candidate.column), column.words.contains(where: states.contains) else {
                    continue
                }
                found.insert(.value(column.index, [candidate.value]))
            }
        }
        return found.sorted().map { .init(sense: $0, quality: 0.96) }
    }
}
