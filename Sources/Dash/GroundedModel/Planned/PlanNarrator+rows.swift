import Planner

/// Rows that are things, without a number that is asked for.
extension PlanNarrator {
    func listing() -> Narration {
        let noun = plan.recipe == .distinct ? nil : plan.subject.map { Self.noun($0, rowCount) }
        let first = nameColumn
        let own = first.map { plural(label($0), rowCount) }
        let what = noun ?? own ?? (rowCount == 1 ? "row" : "rows")
        guard let first else { return Narration(headline: "\(counted(what)).", meaning: definition) }
        let names = table.rows.indices.map { thing($0, first) }
        if let ranked = ranked(what, names) { return ranked }
        // Keys say nothing to a person, unless they are few enough to be looked up.
        let isKeyed = isKey(first)
        guard !isKeyed || rowCount <= 10 else {
            return Narration(headline: "\(counted(what))\(direction).", meaning: spread(names))
        }
        if isKeyed {
            let ids = table.rows.indices.map { name($0, first) }
            return Narration(headline: "\(counted(what)) (id \(ids.joinedAsList)).", meaning: spread(names))
        }
        let isShort = isComplete && names.count <= 10
        let shown = isShort ? names.joinedAsList : names.prefix(3).joined(separator: ", ") + " and others"
        return Narration(headline: "\(counted(what))\(direction): \(shown).", meaning: spread(names))
    }

    /// "The first 10 invoices in October 2026".
    private func counted(_ what: String) -> String {
        let isCut = table.isTruncated || plan.limit.map { $0 <= rowCount } ?? false
        if isCut, rowCount == 1 { return "The first \(what)\(scope.phrase())" }
        return "\(isCut ? "The first " : "")\(NumberText.formatted(Double(rowCount))) \(what)\(scope.phrase())"
    }

    /// A name, or the kind of thing with its key.
    private func thing(_ row: Int, _ column: Int) -> String {
        guard isKey(column), let subject = plan.subject else { return name(row, column) }
        return "\(Self.noun(subject, 1)) \(name(row, column))"
    }

    // MARK: - Order

    /// The column that the rows are ordered by, where it is shown.
    private var orderColumn: Int? {
        switch plan.order.first?.key {
        case .column(let place)?:
            guard plan.columns.indices.contains(place) else { return nil }
            return columns.firstIndex { $0.name == plan.columns[place].name }
        case .dimension(let place)?: return dimensions.indices.contains(place) ? dimensions[place] : nil
        default: return nil
        }
    }

    private var isDown: Bool { plan.order.first?.isDescending ?? false }

    /// ", newest first", of a list that is not cut.
    private var direction: String {
        guard let column = orderColumn, plan.limit == nil else { return "" }
        let type = table.columns[column].type
        if type.isTemporal { return isDown ? ", newest first" : ", oldest first" }
        return type.isNumeric ? ", \(isDown ? "highest" : "lowest") \(label(column)) first" : ""
    }

    /// "Top 3 invoices by amount: …", of a list that was asked for up to a number.
    private func ranked(_ what: String, _ names: [String]) -> Narration? {
        guard plan.limit != nil, let column = orderColumn, isComplete,
            table.columns[column].type.isTemporal || table.columns[column].type.isNumeric
        else { return nil }
        let isTemporal = table.columns[column].type.isTemporal
        let side = isTemporal ? (isDown ? "Newest" : "Oldest") : isDown ? "Top" : "Bottom"
        let count = rowCount == 1 ? "" : " \(NumberText.formatted(Double(rowCount)))"
        let facts = table.rows.indices.prefix(5).map { row in
            let value = isTemporal ? cell(row, column).flatMap(PlanScope.day) ?? "no date" : shown(row, column)
            return "\(names[row]) (\(value))"
        }
        let rest = rowCount > 5 ? ["others"] : []
        return Narration(
            headline:
                "\(side)\(count) \(what) by \(label(column))\(scope.phrase()): \((facts + rest).joinedAsList).",
            meaning: isTemporal ? definition : spread(names))
    }

    /// The ends of the first number of a list.
    private func spread(_ names: [String]) -> String? {
        guard isComplete,
            let column = table.columns.indices.first(where: { index in
                table.columns[index].type.isNumeric && Words.plain(table.columns[index].name).last != "id"
                    && columns[index].role != .dimension
            })
        else { return nil }
        let values = table.rows.indices.compactMap { row in number(row, column).map { (row, $0) } }
        guard values.count > 1, let top = values.max(by: { $0.1 < $1.1 }), let low = values.min(by: { $0.1 < $1.1 }),
            low.1 < top.1
        else { return nil }
        return
            "\(titled(column)) goes from \(shown(low.0, column)) (\(names[low.0])) to \(shown(top.0, column)) (\(names[top.0]))."
    }
}
