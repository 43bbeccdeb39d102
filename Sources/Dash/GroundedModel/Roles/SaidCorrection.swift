import Planner

/// What somebody said about a notion: "MRR should exclude annual contracts".
struct SaidCorrection: Sendable, Equatable {
    let text: String
    /// What it is about: the words before the verb.
    let subject: [Term]
    /// What the subject is said to leave out.
    let excluded: [Term]

    private static let verbs: Set<String> = [
        "is", "are", "was", "were", "mean", "means", "exclude", "excludes", "include", "includes", "count", "counts",
        "should", "must", "does", "do", "refers", "equals", "starts", "ends", "has", "have", "comes", "belongs",
        "never",
        "always", "only",
    ]
    private static let leavingOut: Set<String> = ["exclude", "excludes", "excluding"]

    init(_ text: String) {
        self.text = text
        let words = Words.plain(text)
        let verb = words.firstIndex(where: Self.verbs.contains) ?? words.count
        subject = Reading(words[..<verb].joined(separator: " "), isName: true).core
        let rest = words[verb...]
        let isNegated = rest.contains("not") && rest.contains { ["include", "includes", "count"].contains($0) }
        if let start = rest.lastIndex(where: Self.leavingOut.contains)
            ?? (isNegated ? rest.lastIndex { ["include", "includes", "count"].contains($0) } : nil)
        {
            excluded = Reading(rest[(start + 1)...].joined(separator: " "), isName: true).core
        } else {
            excluded = []
        }
    }

    /// Whether a question is about its subject: the same words side by side, or another name of the same metric.
    func isAbout(_ terms: [Term], _ knowledge: KnowledgeView) -> Bool {
        guard !subject.isEmpty else { return false }
        if terms.contains(phrase: subject) { return true }
        return knowledge.metrics.contains { metric in
            isAbout(metric)
                && metric.names.contains { name in
                    let phrase = Lexicon.phrase(name)
                    return !phrase.isEmpty && terms.contains(phrase: phrase)
                }
        }
    }

    func isAbout(_ metric: Metric) -> Bool {
        metric.names.contains { name in
            let phrase = Lexicon.phrase(name)
            return phrase.count == subject.count && zip(phrase, subject).allSatisfy { $0.matches($1) }
        }
    }

    /// What it leaves out of the metric, where that is one declared value of one of its dimensions.
    func filter(of metric: Metric, _ knowledge: KnowledgeView) -> MetricRequest.Filter? {
        guard isAbout(metric), !excluded.isEmpty, let table = knowledge.table(named: metric.firstTable) else {
            return nil
        }
        var found: [MetricRequest.Filter] = []
        for column in table.columns where metric.dimensions.contains(column.name) && !column.isPersonal {
            let names = ([column.name] + column.synonyms).flatMap { Lexicon.phrase($0) }
            let nouns = knowledge.nouns(of: [table.name]).flatMap { $0 }
            for value in column.values {
                let phrase = Words.plain(value).map { Term($0) }
                // "annual contracts": besides the value only what the column or the table is called.
                let isValue =
                    excluded.map { Term($0.surface) }.contains(phrase: phrase)
                    && excluded.allSatisfy { word in
                        (phrase + names + nouns).contains { $0.sharesForm(with: word) }
                    }
                if isValue { found.append(.init(column: column.name, value: value, isExcluded: true)) }
            }
        }
        return found.count == 1 ? found.first : nil
    }
}
