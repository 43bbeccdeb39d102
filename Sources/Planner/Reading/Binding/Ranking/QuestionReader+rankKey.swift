/// By what something is ranked, where it is said: "the top 5 by total amount".
extension QuestionReader {
    /// "… by total amount".
    mutating func readRankKey(_ phrase: Phrase) throws {
        let isExplicit = phrase.count != nil || phrase.aggregate != nil || phrase.total != nil
        if isExplicit {
            draft.rankNumber = try number(of: phrase)
        } else {
            let noun = try noun(phrase, wants: .number)
            useDeterminers(phrase)
            draft.filters += noun.filters
            switch noun.head {
            case .metric(let metric): draft.rankNumber = .metric(metric)
            case .table(let table):
                // "by usage": rows of it are no number that anybody means.
                guard noun.isPlural || phrase.isDistinct else { throw ReadFailure.unplaced(phrase.terms) }
                draft.rankNumber = rows(of: table)
            case .column(let column):
                let model = model.columns[column]
                if let subject = draft.subject, draft.groups.isEmpty,
                    relations.stepsUp(from: subject, to: model.table) != nil
                {
                    draft.rankColumn = column
                } else if model.role == .measure {
                    assume("\(capitalised(model.defaultAggregate)) of \(model.title) is shown.")
                    draft.rankNumber = .aggregate(model.defaultAggregate, column)
                } else {
                    throw ReadFailure.unplaced(phrase.terms)
                }
            case .duration(let from, let to): draft.rankNumber = .duration(.average, from, to, unit(from))
            case .none: throw ReadFailure.unplaced(phrase.terms)
            }
        }
        role = .rank
    }

    /// The one table whose rows name the table's.
    func fact(of table: Int) throws -> Int {
        let children = relations.children(of: table).filter { !model.tables[$0].isView }
        let named = children.filter { mentioned.contains($0) }
        if named.count == 1 { return named[0] }
        guard children.count == 1 else {
            throw ReadFailure.unsound("It is not said what of \(model.tables[table].title) is counted.")
        }
        return children[0]
    }
}
