/// Numbers that were asked for by themselves and came out as one, as another or in another form.
extension PlanObjection {
    /// "how many failed and how many were paid": two numbers, and not one of both.
    func mergesCounts(_ plan: Plan) -> Bool {
        let asked = pieces.indices.filter { pieces[$0].words.starts(with: ["how", "many"]) }
        guard let first = asked.first, let last = asked.last, first < last, plan.dimensions.isEmpty else {
            return false
        }
        if plan.measures.count < asked.count { return true }
        let isRate = plan.measures.contains { measure in
            if case .metric(let name) = measure { model.metric(name)?.isRate == true } else { false }
        }
        return isRate || !plan.conditions.isEmpty && pieces[first..<last].contains(where: isPart)
    }

    private func isPart(_ piece: Piece) -> Bool {
        piece.entries.contains { entry in
            switch entry.sense {
            case .value, .event, .flag: entry.quality >= 0.6
            case .metric, .table, .column, .duration: false
            }
        }
    }

    /// "the difference between satisfaction and retention": points less percent.
    func unlikeNumbers(_ plan: Plan) -> String? {
        for case .difference(let upper, let lower) in PlanContent(plan).measures {
            if let one = unit(of: upper), let other = unit(of: lower), one != other {
                return "\(one.name) and \(other.name) are not of one kind; a difference of them says nothing."
            }
        }
        return nil
    }

    private struct Kind: Equatable {
        var name: String
        var unit: String

        static func == (left: Self, right: Self) -> Bool { left.unit == right.unit }
    }

    /// nil where it is not known.
    private func unit(of measure: Measure) -> Kind? {
        switch measure {
        case .count(let table): return Kind(name: model.table(table)?.title ?? table.name, unit: Self.counted)
        case .countDistinct(let column):
            return Kind(name: model.column(column)?.title ?? column.name, unit: Self.counted)
        case .metric(let name):
            guard let metric = model.metric(name) else { return nil }
            let isCount =
                !metric.isRate && metric.parts.count == 1
                && metric.parts[0].expression.uppercased().replacing(" ", with: "").hasPrefix("COUNT(")
            if isCount { return Kind(name: name, unit: Self.counted) }
            return metric.unit.map { Kind(name: name, unit: $0.lowercased()) }
        case .aggregate(_, .column(let column)):
            guard let known = model.column(column), let unit = known.unit else { return nil }
            return Kind(name: known.title, unit: unit.lowercased())
        case .filtered(let inner, _), .running(let inner): return unit(of: inner)
        case .shareOfTotal: return Kind(name: "the share", unit: "%")
        case .aggregate, .ratio, .difference, .aggregateOfGroups: return nil
        }
    }

    private static let counted = "a number of rows"

    /// "by month as a percentage": of which whole, is said by a share only.
    func losesPercent(_ plan: Plan) -> Bool {
        guard let said = pieces.last(where: { SpokenShares.isForm($0) || SpokenShares.wasForm($0) }) else {
            return false
        }
        let content = PlanContent(plan)
        let isRate = content.measures.contains { measure in
            switch measure {
            case .metric(let name): model.metric(name)?.isRate == true
            case .aggregate(_, .column(let column)): isPercent(column)
            case .ratio, .difference: true
            default: false
            }
        }
        if content.measures.contains(where: \.isShare) {
            // "failed ones by month": of all in that month, or of all that failed.
            return SpokenShares.wasForm(said)
                && (!plan.dimensions.isEmpty && plan.dimensions.allSatisfy(\.isTime) && !plan.conditions.isEmpty
                    || plan.conditions.contains(where: isState))
        }
        return !isRate && plan.comparison == nil && !content.columns.contains(where: isPercent)
    }

    private func isState(_ condition: Condition) -> Bool {
        guard case .oneOf(let column, _) = condition, let known = model.column(column) else { return false }
        return known.words.contains(where: SpokenForms.States.words.contains)
    }

    private func isPercent(_ column: ColumnID) -> Bool {
        guard let known = model.column(column) else { return false }
        let words: Set<String> = [
            "rate", "pct", "percent", "percentage", "share", "ratio", "discount", "margin", "tax",
        ]
        return known.unit == "%" || known.words.contains(where: words.contains)
    }
}
