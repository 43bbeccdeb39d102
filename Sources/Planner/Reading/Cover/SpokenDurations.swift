/// "How long does it take to resolve a ticket": the time from when rows begin to the one time that the verb names.
struct SpokenDurations {
    let model: SemanticModel

    func settled(_ pieces: [Piece]) -> [Piece] {
        guard let start = pieces.firstIndex(where: { $0.grammar == .howLong }),
            let verb = verb(behind: start, pieces)
        else { return pieces }
        let object = pieces[(verb + 1)...].firstIndex { $0.namedTable != nil }
        guard let span = span(pieces[verb], of: object.flatMap { pieces[$0].namedTable }) else { return pieces }
        var settled = pieces
        var number = Piece.made(sense(span), "time to " + pieces[verb].text, at: pieces[verb].range)
        number.words = ["duration"]
        var made = [number]
        if object != nil {
            made.append(.made(.grammar(.of), "of", at: pieces[verb].range))
        } else if pieces[(verb + 1)...].contains(where: { !$0.entries.isEmpty }) {
            return pieces
        }
        if case .term(let entries) = number.kind, case .duration? = entries.first?.sense {
            made.insert(.made(.grammar(.aggregate(.average)), "average", at: pieces[start].range), at: 0)
        }
        settled.replaceSubrange(start...verb, with: made)
        return settled
    }

    private static let lead: Set<String> = [
        "does", "do", "did", "it", "take", "takes", "took", "us", "we", "them", "they", "to", "usually", "typically",
        "normally", "generally", "on", "average", "get", "until", "is", "a", "an", "the", "you", "our", "team", "of",
        "typical", "be",
    ]

    /// The verb behind "does it take to".
    private func verb(behind start: Int, _ pieces: [Piece]) -> Int? {
        var words: [String] = []
        for index in pieces.indices where index > start {
            if index > start, pieces[index].words.allSatisfy(Self.lead.contains) {
                words += pieces[index].words
                continue
            }
            guard words.contains(where: ["take", "takes", "took"].contains), words.contains("to") else { return nil }
            return pieces[index].words.count == 1 && !pieces[index].isQuoted ? index : nil
        }
        return nil
    }

    private func span(_ verb: Piece, of table: Int?) -> (from: Int, to: Int)? {
        let said = WordFamily.keys(of: verb.words[0])
        guard !said.isEmpty else { return nil }
        let found = model.columns.filter { column in
            guard column.isTime, table.map({ $0 == column.table }) ?? true,
                let begin = model.tables[column.table].mainTime, begin != column.index,
                model.columns[begin].kind == column.kind
            else { return false }
            return column.event.contains { !WordFamily.keys(of: $0).isDisjoint(with: said) }
        }
        guard found.count == 1, let end = found.first, let begin = model.tables[end.table].mainTime,
            end.isNullable || !model.columns[begin].isNullable, !isPlanned(end)
        else { return nil }
        return (begin, end.index)
    }

    private func isPlanned(_ column: ColumnModel) -> Bool {
        column.words.contains {
            ["due", "expected", "planned", "estimated", "scheduled", "target", "promised", "next"].contains($0)
        }
    }

    /// The number that is defined over it, before one that is put together.
    private func sense(_ span: (from: Int, to: Int)) -> Piece.Kind {
        let metrics = model.source.metrics.indices.filter { index in
            guard let rows = model.metricRows[index], rows.aggregate == .average,
                case .duration(let from, let to, _)? = rows.value
            else { return false }
            return from == model.columns[span.from].id && to == model.columns[span.to].id
        }
        if metrics.count == 1 { return .term([.init(sense: .metric(metrics[0]), quality: 1)]) }
        return .term([.init(sense: .duration(span.from, span.to), quality: 1)])
    }
}
