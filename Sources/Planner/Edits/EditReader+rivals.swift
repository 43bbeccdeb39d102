/// "only gold" where what is shown has several columns with that value.
extension EditReader {
    /// Asks back as a question of its own would; declined where one of the readings cannot be put into the plan.
    mutating func filterAmongRivals(_ index: Int, _ table: Int?, _ base: Int) throws -> Draft.Filter {
        do {
            guard let filter = try reader.modifierFilter(index, table ?? base) else {
                throw ReadFailure.unplaced([index])
            }
            // What is counted need not be what has the value: whoever has it may have another column with it.
            if case .oneOf(let column, _) = filter.condition, let found = model.column(column),
                found.table != table ?? base
            {
                try reader.checkRivals(index, found.index, of: found.table)
            }
            return filter
        } catch ReadFailure.ambiguous(let piece, let senses) {
            try checkReach(of: senses, piece, base)
            throw ReadFailure.ambiguous(piece: piece, senses)
        }
    }

    /// A reading of fewer is no reason to take the only one that is left.
    private mutating func checkReach(of senses: [Lexicon.Sense], _ piece: Int, _ base: Int) throws {
        let columns = senses.compactMap { sense -> ColumnModel? in
            if case .value(let column, _) = sense { model.columns[column] } else { nil }
        }
        guard columns.count == senses.count, let first = columns.first else { return }
        for column in columns.dropFirst() where reader.relations.stepsUp(from: column.table, to: first.table) == 1 {
            do { try reader.reach(column.table, from: base) } catch {
                let names = columns.map { "the \($0.title) of \(model.tables[$0.table].title)" }
                throw surely(
                    "“\(pieces[piece].text)” may be \(names.joined(separator: " or ")); say which one is meant.")
            }
        }
    }
}
