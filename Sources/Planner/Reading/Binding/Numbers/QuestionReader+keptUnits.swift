/// Whether numbers are kept in the units that were said.
extension QuestionReader {
    /// Takes the words for units that fit, where nothing was converted, and declines those that do not.
    mutating func checkUnits() throws {
        try checkMoney()
        for index in pieces.indices where !used.contains(index) {
            guard case .unit(let unit)? = pieces[index].grammar else { continue }
            // "in minutes", of a number that is kept so.
            let kept = numbersUsed().map { column in
                model.source.tables[column.table].columns.first { $0.name == column.id.name }
                    .flatMap { UnitWords.unit(of: $0, words: NameWords.split($0.name)) }
            }
            let isKept = !kept.isEmpty && kept.allSatisfy { $0 == UnitWords.unit(unit.rawValue) }
            if isKept { use(index, "in \(unit.rawValue)s", .grammar) }
        }
        for index in pieces.indices {
            if case .unit(let unit)? = pieces[index].grammar, isKept(in: unit) { use(index) }
            guard case .measured(let unit)? = pieces[index].grammar, !converted.contains(index) else { continue }
            var isSame = false
            var isOpen = false
            let curated = curatedUnits()
            for kept in curated where kept != unit && kept.dimension == unit.dimension {
                throw ReadFailure.unsound("The number is kept in \(kept.name), not in \(unit.name).")
            }
            if curated.contains(unit) { isSame = true }
            for column in numbersUsed() where curated.isEmpty {
                let described = model.source.tables[column.table].columns.first { $0.name == column.id.name }
                let kept = described.flatMap { UnitWords.unit(of: $0, words: column.words) }
                if kept == unit {
                    isSame = true
                } else if let kept, kept.dimension == unit.dimension {
                    throw ReadFailure.unsound("\(column.title) is kept in \(kept.name), not in \(unit.name).")
                } else if kept == nil {
                    isOpen = true
                }
            }
            guard isSame || isOpen else { continue }
            use(index)
            if !isSame { assume("Numbers are taken to be in \(unit.name).") }
        }
    }

    /// Whether each of the defined numbers is kept in hours, say, by its own words.
    private func isKept(in unit: RowValue.DurationUnit) -> Bool {
        !draft.numbers.isEmpty
            && draft.numbers.allSatisfy { number in
                guard case .metric(let index) = number else { return false }
                return [unit.rawValue, unit.rawValue + "s"].contains(model.source.metrics[index].unit?.lowercased())
            }
    }

    /// Of the metrics that are asked for, as far as they say one.
    private func curatedUnits() -> [UnitWords.Unit] {
        draft.numbers.compactMap { number in
            guard case .metric(let index) = number else { return nil }
            return model.source.metrics[index].unit.flatMap { UnitWords.unit($0.lowercased()) }
        }
    }

    /// "20 pounds" of a weight is no money.
    private func checkMoney() throws {
        guard pieces.contains(where: { if case .money? = $0.quantity?.unit { true } else { false } }) else { return }
        for column in numbersUsed() {
            let described = model.source.tables[column.table].columns.first { $0.name == column.id.name }
            if let kept = described.flatMap({ UnitWords.unit(of: $0, words: column.words) }), kept.dimension != .money {
                throw ReadFailure.unsound("\(column.title) is kept in \(kept.name), not in money.")
            }
        }
    }

    private func numbersUsed() -> [ColumnModel] {
        var columns: Set<Int> = []
        for index in used where pieces.indices.contains(index) {
            for entry in pieces[index].entries {
                if case .column(let column) = entry.sense, model.columns[column].role == .measure {
                    columns.insert(column)
                }
            }
        }
        // A word that several columns are called by means the one that was taken.
        let taken = Set(
            draft.columns + asked
                + draft.numbers.compactMap { number in
                    if case .aggregate(_, let column) = number { return column }
                    return nil
                })
        if !columns.isDisjoint(with: taken) { columns.formIntersection(taken) }
        if let column = lastComparedColumn { columns.insert(column) }
        if let column = draft.rankColumn, model.columns[column].role == .measure { columns.insert(column) }
        return columns.sorted().map { model.columns[$0] }
    }
}
