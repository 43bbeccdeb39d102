/// Numbers that are put together over what they do not say anything of.
extension PlanObjection {
    private static let parts: Set<String> = ["pct", "percent", "percentage", "rate", "ratio", "proportion"]

    /// "total commission" over a column of percentages.
    func addedPart(_ plan: Plan) -> ColumnModel? {
        for case .aggregate(.sum, .column(let id)) in PlanContent(plan).measures {
            if let column = model.column(id), column.words.contains(where: Self.parts.contains) { return column }
        }
        return nil
    }

    /// "commission earned in 2026" over people who were hired in 2026, which nobody said.
    ///
    /// What somebody is or has is not of the day on which they came.
    func unsaidArrival(_ plan: Plan) -> ColumnModel? {
        guard let id = plan.time?.column, let column = model.column(id), !column.event.isEmpty,
            model.tables[column.table].names.contains(where: { name in
                name.words.last.map { People.words.contains(NameWords.base($0)) } ?? false
            }),
            !plan.measures.isEmpty, !plan.measures.contains(.count(id.table)), !isSaid(column.event)
        else { return nil }
        return column
    }

    /// "How many downloads will the show get in 2027?": only what was planned has a date ahead, and is named by it.
    func asksAhead(_ plan: Plan) -> Bool {
        guard let time = plan.time, !plan.measures.isEmpty, pieces.contains(where: { $0.words.contains("will") }) else {
            return false
        }
        return !(time.column.flatMap(model.column).map { isSaid($0.event) } ?? false)
    }

    /// "cars newer than 2020" by when they were scrapped.
    func ageByEnd(_ plan: Plan) -> ColumnModel? {
        let ages: Set<String> = ["older", "newer", "younger"]
        guard pieces.contains(where: { $0.time != nil && !ages.isDisjoint(with: $0.words) }),
            let column = plan.time?.column.flatMap(model.column)
        else { return nil }
        return OwnTime.tellsAge(column, names: model.tables[column.table].names) ? nil : column
    }

    private func isSaid(_ event: [String]) -> Bool {
        pieces.contains { piece in
            piece.words.contains { word in
                let said = WordFamily.keys(of: word)
                return event.contains {
                    NameWords.base($0) == NameWords.base(word) || !WordFamily.keys(of: $0).isDisjoint(with: said)
                }
            }
        }
    }
}
