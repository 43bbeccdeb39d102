/// "what's the total amount", "and the average amount?" behind a list: of the rows that were listed.
extension EditReader {
    mutating func readNumberOfList() throws -> Bool {
        guard earlier.recipe == .list, earlier.measures.isEmpty, earlier.limit == nil, let base = reader.draft.subject
        else { return false }
        var aggregate: Measure.Aggregate?
        var column: Int?
        for piece in pieces {
            switch piece.kind {
            case .filler, .grammar(.which), .grammar(.be), .grammar(.sentence), .grammar(.comma), .grammar(.remark),
                .grammar(.and), .grammar(.their), .grammar(.howMuch):
                break
            case .grammar(.show) where piece.words.last != "about": break
            case .grammar(.total):
                guard aggregate == nil else { return false }
                aggregate = .sum
            case .grammar(.aggregate(let other)):
                guard aggregate == nil else { return false }
                aggregate = other
            case .grammar(.superlative(let isDescending, nil)):
                guard aggregate == nil, Self.extremes.contains(piece.words.joined(separator: " ")) else { return false }
                aggregate = isDescending ? .maximum : .minimum
            case .grammar(.of), .grammar(.within), .grammar(.relative):
                guard pieces.contains(where: { ["them", "those", "these", "that"].contains($0.words.last ?? "") })
                else {
                    return false
                }
            case .term:
                guard column == nil, let number = number(piece, of: base) else { return false }
                column = number
                if aggregate == nil, piece.words.first == "total" { aggregate = .sum }
            default: return false
            }
        }
        guard let aggregate, let column else { return false }
        edits = [.numberOfRows(.aggregate(aggregate, .column(try reader.routed(column, base))))]
        return true
    }

    /// "how much is that in total?": of the one number that is listed, or that the rows have.
    func sumOfList() throws -> PlanEdit {
        let unclear = ReadFailure.unsound("It is not said of which number of the rows the total is meant.")
        guard earlier.recipe == .list, earlier.limit == nil, let base = reader.draft.subject else { throw unclear }
        let numbers = model.columns(of: base).filter { $0.role == .measure && $0.kind == .number && $0.codes.isEmpty }
        let shown = numbers.filter { earlier.columns.contains($0.id) }
        let found = shown.isEmpty ? Array(numbers) : shown
        guard found.count == 1, found[0].defaultAggregate == .sum else { throw unclear }
        return .numberOfRows(.aggregate(.sum, .column(try reader.routed(found[0].index, base))))
    }

    private static let extremes: Set<String> = ["highest", "largest", "biggest", "greatest", "lowest", "smallest"]

    /// The one number of the listed rows that is called so.
    private func number(_ piece: Piece, of base: Int) -> Int? {
        let found = piece.entries.filter { $0.quality >= 0.85 }.compactMap { entry -> Int? in
            guard case .column(let column) = entry.sense, model.columns[column].table == base,
                model.columns[column].role == .measure, model.columns[column].kind == .number,
                model.columns[column].codes.isEmpty
            else { return nil }
            return column
        }
        return found.count == 1 ? found[0] : nil
    }
}
