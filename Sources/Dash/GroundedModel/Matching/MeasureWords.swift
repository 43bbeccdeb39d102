import Planner

/// The words that name measures in what is known: of metrics, of numeric columns, of what queries return.
///
/// Words that tell rows apart (names and values of text columns) name no measure.
struct MeasureWords: Sendable {
    private let forms: Set<String>
    /// What the tables are called by their own names.
    private let nouns: [[Term]]

    init(_ knowledge: KnowledgeView) {
        var labels: Set<String> = []
        var measures: Set<String> = []
        func forms(_ names: [String]) -> Set<String> {
            Set(names.flatMap { Words.plain($0) }.flatMap { Term($0).variants })
        }
        for table in knowledge.tables {
            for column in table.columns {
                let names = [column.name] + column.synonyms
                if Self.isNumeric(column.type) {
                    measures.formUnion(forms(names))
                } else if !column.type.lowercased().hasPrefix("date"), !column.type.lowercased().hasPrefix("time") {
                    // A "customer name" is a name; customers may be counted all the same.
                    labels.formUnion(names.compactMap { Words.plain($0).last }.flatMap { Term($0).variants })
                }
                labels.formUnion(forms(column.values))
            }
        }
        for metric in knowledge.metrics {
            measures.formUnion(metric.names.flatMap { Self.forms(Phrasebook.phrase($0)) })
        }
        for query in knowledge.queries.map(\.query) {
            let columns = query.columns.isEmpty ? SQLOutline.curated(query.sql).items.map(\.name) : query.columns
            measures.formUnion(forms(columns))
        }
        self.forms = measures.subtracting(labels).filter { form in
            let term = Term(form)
            return !term.isSoft && !term.isTimeGrain && !term.isNumber && !EnglishWords.stop.contains(form)
                && !Self.identity.contains(form) && !EnglishWords.relative.contains(form)
        }
        nouns = knowledge.tables.map { Phrasebook.phrase(Phrasebook.unqualified($0.name)) }
    }

    func names(_ term: Term) -> Bool {
        term.isAverage || term.isChange || term.variants.contains(where: forms.contains)
    }

    /// Whether the text says anything that could be measured, or is a thing that can be counted.
    func isNamed(in question: Wording) -> Bool {
        question.core.contains { term in
            (names(term) && !term.isAverage && !term.isChange)
                || nouns.contains { $0.contains { $0.matches(term) } }
        }
    }

    /// The words of the question that ask for a change: "growth", but not the "changes" of a table of that name.
    func isChange(_ term: Term, in question: Wording) -> Bool {
        term.isChange
            && !nouns.contains { noun in
                noun.count > 1 && noun.contains { $0.matches(term) } && question.terms.contains(phrase: noun)
            }
    }

    private static let identity: Set<String> = ["id", "name", "title", "code", "label"]

    private static func forms(_ terms: [Term]) -> [String] { terms.flatMap(\.variants) }

    private static func isNumeric(_ type: String) -> Bool {
        let type = type.lowercased()
        return ["int", "bigint", "smallint", "numeric", "decimal", "real", "double", "float", "money"].contains {
            type.hasPrefix($0)
        }
    }
}
