/// "how much was charged": a defined sum that the verb is the only word for.
extension PieceFinder {
    /// Behind "how much", where nothing else says of what: the one defined sum that is called by the verb.
    mutating func findMoneyVerbs() {
        guard let start = tokens.indices.first(where: { isHowMuch($0) }) else { return }
        let rest = tokens.indices.filter { $0 > start + 1 }
        let verbs = rest.filter { !MoneyVerbs.names(tokens[$0].word).isEmpty }
        guard let verb = verbs.first, verbs.count == 1 || tokens[verb].word == "outstanding", !namesNumber(rest, verb),
            !isOurs(verb)
        else { return }
        let wanted = MoneyVerbs.names(tokens[verb].word)
        let found = model.source.metrics.indices.filter { isSum(model.source.metrics[$0], called: wanted) }
        guard found.count == 1, let metric = found.first else { return }
        replace(verb..<verb + 1, [.init(sense: .metric(metric), quality: 1)])
        remarks[verb] = "“\(tokens[verb].text)” is read as \(model.source.metrics[metric].name)."
    }

    /// "how much do we owe" is not what is owed to us.
    private func isOurs(_ verb: Int) -> Bool {
        tokens[verb].word.hasPrefix("ow") && ["we", "i", "you"].contains(tokens[verb - 1].word)
    }

    private func isHowMuch(_ index: Int) -> Bool {
        tokens[index].word == "how" && index + 1 < tokens.count && tokens[index + 1].word == "much"
    }

    /// Something else that could be asked for: "how much storage was billed".
    private func namesNumber(_ rest: [Int], _ verb: Int) -> Bool {
        rest.contains { index in
            guard index != verb else { return false }
            return terms.contains { range, entries in
                guard range.lowerBound == index, let best = Lexicon.sorted(entries).first else { return false }
                switch best.sense {
                case .metric: return true
                case .column(let column): return model.columns[column].role == .measure
                default: return false
                }
            }
        }
    }

    private func isSum(_ metric: SemanticSource.Metric, called wanted: Set<String>) -> Bool {
        switch metric.computation {
        case .aggregate(let part, isAdditive: true), .snapshot(let part, _, _, isAdditive: true):
            guard part.expression.uppercased().contains("SUM") else { return false }
        default: return false
        }
        return ([metric.name] + metric.synonyms).contains { !wanted.isDisjoint(with: Words.plain($0)) }
    }
}
