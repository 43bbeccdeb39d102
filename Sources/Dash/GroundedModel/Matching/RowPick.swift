import Planner

/// A value in a question that is the name of one row: "DE" where a query has a row per country.
struct RowPick: Sendable {
    /// The output column that has the value.
    let column: String
    /// The value's own words.
    let words: [Term]
    private let columnNames: [[Term]]

    /// nil where the question names no value of the first column, or the values of two.
    init?(_ question: Wording, tables: [TableKnowledge], columns: [String], _ outline: SQLOutline) {
        guard outline.limit == nil, question.rank == nil,
            let key = columns.first ?? outline.items.first?.name
        else { return nil }
        let known = tables.flatMap(\.columns).filter { $0.name == key && !$0.isPersonal }
        let values = Set(known.flatMap(\.values)).map { Words.plain($0).map { Term($0) } }
        let named = values.filter { !$0.isEmpty && question.terms.contains(phrase: $0) }
        // "mid market" says more than "market".
        let longest = named.filter { $0.count == named.map(\.count).max() }
        guard longest.count == 1, let words = longest.first,
            // "annual churn" may be a grain as well as a kind of contract.
            !words.allSatisfy({ $0.isTimeGrain || $0.surface == "annual" }),
            // "by country" asks for all of them.
            !question.groups.contains(where: {
                $0.contains { term in Phrasebook.phrase(key).contains(where: term.matches) }
            })
        else { return nil }
        self.column = key
        self.words = words
        columnNames = ([key] + known.flatMap(\.synonyms)).map { Phrasebook.phrase($0) }
    }

    /// Whether the word is what the column is called.
    func names(_ term: Term) -> Bool { columnNames.contains { $0.contains { $0.matches(term) } } }
}
