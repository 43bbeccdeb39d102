/// "list them", "which ones?", "show me the tickets": the rows that were counted.
extension EditReader {
    mutating func readCountedRows() throws -> Bool {
        guard asksForRows else { return false }
        guard earlier.measures.count == 1, earlier.dimensions.allSatisfy(isFixed), earlier.comparison == nil,
            earlier.having.isEmpty, earlier.offset == nil, let rows = countedRows(earlier.measures[0]),
            let table = model.table(rows.table)
        else { return false }
        // Rows that are called nothing are shown with what there is of them.
        let shown = table.labels.isEmpty ? [] : (table.key.map { [$0] } ?? []) + table.labels
        var columns: [ColumnID] = []
        for column in shown where !columns.contains(model.columns[column].id) {
            columns.append(model.columns[column].id)
        }
        let conditions = rows.conditions + earlier.conditions.filter { !rows.conditions.contains($0) }
        for column in conditions.flatMap(\.columns)
        where !columns.isEmpty && column.table == rows.table && !columns.contains(column) {
            columns.append(column)
        }
        var time = earlier.time
        if rows.isStock, time != nil { return false }
        if time != nil, time?.column == nil { time?.column = rows.time }
        edits = [.rows(rows.table, columns: columns, conditions: conditions, time)]
        return true
    }

    /// In those words, or by the name of what was counted: "the tickets".
    private var asksForRows: Bool {
        let words = text.words.filter { !["?", ".", "!", ",", "and", "please", "so", "now"].contains($0) }
        if EditPhrases.meaning(text.words) == .rows { return true }
        guard let first = words.first, ["show", "list", "give"].contains(first) || words.starts(with: ["who", "are"]),
            words.contains("the"), let measure = earlier.measures.first, let rows = countedRows(measure)
        else { return false }
        let terms = pieces.filter { !$0.entries.isEmpty }
        guard terms.count == 1, terms[0].entries.contains(where: { $0.quality >= 0.9 && isNamed($0.sense, rows.table) })
        else { return false }
        return pieces.allSatisfy { piece in
            switch piece.kind {
            case .term, .filler, .grammar(.show), .grammar(.sentence), .grammar(.which): true
            default: false
            }
        }
    }

    private func isNamed(_ sense: Lexicon.Sense, _ table: TableID) -> Bool {
        if case .table(let index) = sense { return model.tables[index].id == table }
        return false
    }

    /// Whether the question itself picked the only group there is.
    private func isFixed(_ dimension: Dimension) -> Bool {
        guard case .column(let column) = dimension else { return false }
        return earlier.conditions.contains { condition in
            if case .oneOf(column, let values) = condition { values.count == 1 } else { false }
        }
    }

    private struct Rows {
        var table: TableID
        var conditions: [Condition]
        var isStock = false
        var time: ColumnID?
    }

    private func countedRows(_ measure: Measure) -> Rows? {
        switch measure {
        case .count(let table): return Rows(table: table, conditions: [])
        case .filtered(.count(let table), let conditions): return Rows(table: table, conditions: conditions)
        case .metric(let name):
            guard let index = model.source.metrics.firstIndex(where: { $0.name == name }),
                let rows = model.metricRows[index], rows.isCount
            else { return nil }
            var time: ColumnID?
            if case .aggregate(let part, _) = model.source.metrics[index].computation {
                time = part.timeColumn.map { ColumnID(part.table, $0) }
            }
            return Rows(table: rows.table, conditions: rows.conditions, isStock: rows.isStock, time: time)
        default: return nil
        }
    }
}
