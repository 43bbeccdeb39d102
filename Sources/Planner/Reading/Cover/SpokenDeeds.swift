/// "customers who signed up in May", where sign-ups are the number of customers that came: when they did.
enum SpokenDeeds {
    static func settled(_ pieces: [Piece], model: SemanticModel) -> [Piece] {
        guard !pieces.contains(where: { $0.grammar == .howMany }) else { return pieces }
        var settled = pieces
        for index in pieces.indices {
            guard pieces[index].words.count <= 2, pieces[index].words.first?.hasSuffix("ed") == true,
                let next = pieces.follower(of: index), pieces[next].isPeriod, var doer = pieces.preceding(index)
            else { continue }
            if pieces[doer].grammar == .relative, let before = pieces.preceding(doer) { doer = before }
            guard let table = pieces[doer].namedTable, let event = event(pieces[index], of: table, model) else {
                continue
            }
            settled[index].kind = .term([.init(sense: .event(event), quality: 1)])
        }
        return settled
    }

    /// The time of a number that counts every row of the table.
    private static func event(_ piece: Piece, of table: Int, _ model: SemanticModel) -> Int? {
        guard case .metric(let index)? = piece.entries.first?.sense, let rows = model.metricRows[index], rows.isCount,
            !rows.isStock, rows.conditions.isEmpty, rows.table == model.tables[table].id,
            case .aggregate(let part, _) = model.source.metrics[index].computation, let time = part.timeColumn
        else { return nil }
        return model.column(ColumnID(part.table, time))?.index
    }
}
