/// Curated numbers that groups are held against: "plans with revenue above 50,000".
extension QuestionReader {
    /// "at least 20,000 of revenue", in groups.
    mutating func readAmount(_ piece: Int, _ span: QuantitySpan) throws -> Bool {
        guard pending == nil, hasGroup, position < phrases.count, phrases[position].links == [.of],
            !phrases[position].hasDeterminer, phrases[position].quantity == nil,
            case .compare(let comparator, let literal) = span.meaning
        else { return false }
        let next = phrases[position]
        position += 1
        let noun = try noun(next, wants: .number)
        guard case .metric(let metric) = noun.head, noun.filters.isEmpty else {
            throw ReadFailure.unplaced([piece])
        }
        use(piece, comparator.rawValue + " " + literal.description, .number)
        draft.having.append((.metric(metric), comparator, literal))
        role = .having
        return true
    }

    /// The metric that a comparison behind it is about, where what is asked for are groups of its rows.
    func groupMetric(_ noun: Noun) -> Int? {
        guard let piece = noun.headPiece, noun.filters.isEmpty, hasGroup, position < phrases.count,
            phrases[position].quantity != nil, phrases[position].terms.isEmpty,
            phrases[position].links.isEmpty || phrases[position].links == [.be]
        else { return nil }
        switch noun.head {
        case .metric(let metric): return metric
        case .column(let column):
            guard model.columns[column].role == .measure, draft.subject != model.columns[column].table else {
                return nil
            }
            for entry in pieces[piece].entries where entry.quality >= 0.95 {
                guard case .metric(let metric) = entry.sense, let rows = model.metricRows[metric],
                    rows.value == .column(id(column))
                else { continue }
                return metric
            }
            return nil
        default: return nil
        }
    }
}
