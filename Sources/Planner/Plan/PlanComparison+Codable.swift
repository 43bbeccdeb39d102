/// One word, or the period that is compared with.
extension Plan.Comparison: Codable {
    private enum Word: String, Codable {
        case previousPeriod, yearBefore
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        switch try? container.decode(Word.self) {
        case .previousPeriod?: self = .previousPeriod
        case .yearBefore?: self = .yearBefore
        case nil: self = .with(try container.decode(Period.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .previousPeriod: try container.encode(Word.previousPeriod)
        case .yearBefore: try container.encode(Word.yearBefore)
        case .with(let period): try container.encode(period)
        }
    }
}
