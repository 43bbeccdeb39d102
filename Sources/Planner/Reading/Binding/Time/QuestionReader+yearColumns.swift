import ServiceRuntime

/// Periods of a column that keeps dates, or only years.
extension QuestionReader {
    /// A time of the column: days of a date, whole years of a number that says the year.
    func happened(_ column: Int, _ period: Period) throws -> [Condition] {
        let model = model.columns[column]
        guard !model.isTime else { return [.period(model.id, period)] }
        guard let years = Self.years(model.id, period) else {
            throw ReadFailure.unsound("Of \(model.title) only the year is known.")
        }
        return years
    }

    private static func years(_ column: ColumnID, _ period: Period) -> [Condition]? {
        func year(_ period: Period) -> NumberLiteral? {
            guard case .named(let year?, .year, false) = period else { return nil }
            return NumberLiteral(year)
        }
        switch period {
        case .days(let from, let through):
            var conditions: [Condition] = []
            if let from = from?.date {
                guard from.month == 1, from.day == 1 else { return nil }
                conditions.append(.compare(column, .atLeast, NumberLiteral(from.year)))
            }
            if let through = through?.date {
                guard through.month == 12, through.day == 31 else { return nil }
                conditions.append(.compare(column, .atMost, NumberLiteral(through.year)))
            }
            return conditions.isEmpty ? nil : conditions
        case .named: return year(period).map { [.compare(column, .equal, $0)] }
        case .before(let limit): return year(limit).map { [.compare(column, .less, $0)] }
        case .after(let limit): return year(limit).map { [.compare(column, .greater, $0)] }
        case .span(let from, let through):
            var conditions: [Condition] = []
            if let from {
                guard let first = year(from) else { return nil }
                conditions.append(.compare(column, .atLeast, first))
            }
            if let through {
                guard let last = year(through) else { return nil }
                conditions.append(.compare(column, .atMost, last))
            }
            return conditions.isEmpty ? nil : conditions
        default: return nil
        }
    }
}
