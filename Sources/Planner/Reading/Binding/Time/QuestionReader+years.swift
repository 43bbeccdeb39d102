import ServiceRuntime

/// Tables that keep years and months as numbers or names beside dates, or instead of them.
extension QuestionReader {
    /// The column that is called like the unit; a year may have more to its name where there is no date.
    private func calendarColumn(_ table: Int, _ grain: TimeGrain) -> Int? {
        guard draft.timeColumn == nil || isOnlyTime(table, grain) else { return nil }
        let isDated = !model.tables[table].times.isEmpty
        let columns = model.columns(of: table).filter { column in
            guard column.role != .key, column.role != .foreignKey else { return false }
            return column.kind == .number && column.isWhole || column.kind == .text && grain != .year
        }
        let exact = columns.filter { $0.words == [grain.rawValue] }
        if exact.count == 1, !isDated || grain == .year { return exact.first?.index }
        guard !isDated, grain == .year else { return nil }
        let years = columns.filter { $0.words.last == "year" }
        return years.count == 1 ? years.first?.index : nil
    }

    /// "published per year": the year that stands beside the one date of a row is that of what happened to it.
    private func isOnlyTime(_ table: Int, _ grain: TimeGrain) -> Bool {
        guard grain == .year, draft.grain == .year, draft.time == nil, draft.comparison == nil else { return false }
        return model.tables[table].times == [draft.timeColumn].compactMap { $0 }
    }

    /// "per year" of a column of years; false where dates tell it.
    func addCalendarColumns(_ grain: TimeGrain, to plan: inout Plan, base: Int) throws -> Bool {
        if let column = calendarColumn(base, grain) {
            if grain != .year, let year = calendarColumn(base, .year), !isOneYear {
                plan.dimensions.append(.column(id(year)))
            }
            plan.dimensions.append(.column(id(column)))
            if draft.rank == nil, draft.order.isEmpty {
                plan.order = plan.dimensions.indices.map { .init(.dimension($0)) }
            }
            return true
        }
        guard model.tables[base].times.isEmpty, calendarColumn(base, .year) != nil else { return false }
        throw ReadFailure.unsound("\(model.tables[base].title) know only the year.")
    }

    private var isOneYear: Bool {
        switch draft.time {
        case .named(_, .year, false)?, .calendar(.year, _, false)?: true
        default: false
        }
    }

    /// "in 2023" where the year is a number; false where the time is told otherwise.
    mutating func addYear(to plan: inout Plan, base: Int) throws -> Bool {
        guard draft.time != nil || draft.comparison != nil, let year = calendarColumn(base, .year) else { return false }
        let isDated = !model.tables[base].times.isEmpty
        let period = draft.time ?? .calendar(.year, offset: -1, isFiscal: false)
        guard period.isOfYears else {
            if isDated { return false }
            throw ReadFailure.unsound("\(model.tables[base].title) know only the year.")
        }
        if let comparison = draft.comparison {
            guard draft.grain == nil, draft.time != nil || comparedGrain == .year || comparedGrain == nil else {
                throw ReadFailure.unsound("\(model.tables[base].title) know only the year.")
            }
            plan.time = .init(column: id(year), period: period)
            plan.comparison = comparison
        } else if case .named(let number?, .year, false) = period {
            plan.conditions.append(.compare(id(year), .equal, NumberLiteral(number)))
        } else {
            plan.conditions.append(.period(id(year), period))
        }
        return true
    }
}

extension Period {
    /// Whether it begins and ends with a year.
    fileprivate var isOfYears: Bool {
        switch self {
        case .named(_, .year, false), .calendar(.year, _, false), .complete(_, .year, false): true
        case .before(let inner), .after(let inner): inner.isOfYears
        case .span(let from, let through): (from?.isOfYears ?? true) && (through?.isOfYears ?? true)
        case .days(let from, let through):
            (from.map { $0.date.month == 1 && $0.date.day == 1 } ?? true)
                && (through.map { $0.date.month == 12 && $0.date.day == 31 } ?? true)
        default: false
        }
    }
}
