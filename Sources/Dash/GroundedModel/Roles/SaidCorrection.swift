import Planner

/// What somebody said about a notion: "MRR should exclude annual contracts".
struct SaidCorrection: Sendable, Equatable {
    let text: String
    /// What it is about: "churn" of "don't count trials in churn", else the words before the verb.
    let subject: [Term]

    init(_ text: String) {
        self.text = text
        let words = Words.plain(text)
        let verb = words.firstIndex(where: SaidSentence.verbs.contains) ?? words.count
        let named = SaidSentence.exclusion(words)?.subject ?? Array(words[..<verb])
        subject = Wording(named.joined(separator: " "), isName: true).core
    }

    /// Whether a question is about its subject: the same words side by side, or another name of the same metric.
    func isAbout(_ terms: [Term], _ knowledge: KnowledgeView) -> Bool {
        guard !subject.isEmpty else { return false }
        if terms.contains(phrase: subject) { return true }
        return knowledge.metrics.contains { metric in
            isAbout(metric)
                && metric.names.contains { name in
                    let phrase = Phrasebook.phrase(name)
                    return !phrase.isEmpty && terms.contains(phrase: phrase)
                }
        }
    }

    func isAbout(_ metric: Metric) -> Bool {
        metric.names.contains { name in
            let phrase = Phrasebook.phrase(name)
            return phrase.count == subject.count && zip(phrase, subject).allSatisfy { $0.matches($1) }
        }
    }
}
