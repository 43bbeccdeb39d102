import ServiceRuntime

/// Periods as conditions on a column, by the day it is and the company's calendar.
struct PeriodDays {
    let schema: CompileSchema
    let clock: DataClock
    /// Statements ask the server for the day.
    let isMoving: Bool
    let notes: CompileNotes

    /// Today for the people who ask.
    var today: SQLExpression {
        guard isMoving else { return .day(clock.today) }
        return .cast(.atTimeZone(.call("now", []), schema.calendar.timeZone), "date")
    }

    func resolver(for column: ColumnID) -> PeriodResolver {
        PeriodResolver(
            rules: schema.calendar, today: clock.today, newest: clock.newest[ColumnID(column.table, column.name)])
    }

    func resolve(_ period: Period, for column: ColumnID) -> ResolvedPeriod {
        let resolved = resolver(for: column).resolve(period)
        if let note = resolved.note { notes.warn(note) }
        return resolved
    }

    func condition(
        _ column: ColumnID, _ period: Period, value: SQLExpression
    ) throws(CompileError) -> SQLExpression {
        .all(try conditions(column, resolve(period, for: column), value: value))
    }

    /// Half-open, on the bare column, so that an index on it serves.
    func conditions(
        _ column: ColumnID, _ period: ResolvedPeriod, value: SQLExpression
    ) throws(CompileError) -> [SQLExpression] {
        if try schema.type(column) == .integer { return try years(column, period, value) }
        var result: [SQLExpression] = []
        if let start = period.start { result.append(.binary(value, .atLeast, try moment(start, for: column))) }
        if let end = period.end { result.append(.binary(value, .less, try moment(end, for: column))) }
        return result
    }

    /// Of a column of years, which knows no days.
    private func years(
        _ column: ColumnID, _ period: ResolvedPeriod, _ value: SQLExpression
    ) throws(CompileError) -> [SQLExpression] {
        let edges = [period.start, period.end].compactMap(\.self)
        guard edges.allSatisfy({ $0.month == 1 && $0.day == 1 }) else {
            throw CompileError("\(column.name) knows only the year.")
        }
        if let start = period.start, let end = period.end, start.year + 1 == end.year {
            return [.binary(value, .equal, .number(start.year))]
        }
        var result: [SQLExpression] = []
        if let start = period.start { result.append(.binary(value, .atLeast, .number(start.year))) }
        if let end = period.end { result.append(.binary(value, .less, .number(end.year))) }
        return result
    }

    /// The first moment of a day, to be held against the column.
    func moment(_ day: CivilDate, for column: ColumnID) throws(CompileError) -> SQLExpression {
        try moment(.text(day.description), for: column)
    }

    /// The first moment of a day that the statement computes.
    func moment(_ day: SQLExpression, for column: ColumnID) throws(CompileError) -> SQLExpression {
        switch try schema.type(column) {
        case .date, .timestamp: return day
        case .zonedTimestamp: return .atTimeZone(.cast(day, "timestamp"), schema.calendar.timeZone)
        default: throw CompileError("\(column.name) is no date, so no period can be taken from it.")
        }
    }

    /// The column as a clock on the company's wall shows it.
    func local(_ value: SQLExpression, of column: ColumnID) throws(CompileError) -> SQLExpression {
        switch try schema.type(column) {
        case .date, .timestamp: return value
        case .zonedTimestamp: return .atTimeZone(value, schema.calendar.timeZone)
        default: throw CompileError("\(column.name) is no date.")
        }
    }

    /// The first day, or hour, of the unit that holds the column's moment.
    func bucket(_ value: SQLExpression, of column: ColumnID, by grain: TimeGrain) throws(CompileError) -> SQLExpression
    {
        let type = try schema.type(column)
        let local = try local(value, of: column)
        switch grain {
        case .hour:
            guard type != .date else { throw CompileError("\(column.name) holds days, which have no hours.") }
            return .call("date_trunc", [.text("hour"), local])
        case .day: return type == .date ? local : .cast(local, "date")
        case .week:
            // PostgreSQL's weeks begin on Monday.
            let shift = (8 - schema.calendar.weekStart) % 7
            guard shift != 0 else { return .cast(.call("date_trunc", [.text("week"), local]), "date") }
            let days = SQLExpression.interval("\(shift) \(shift == 1 ? "day" : "days")")
            return .cast(
                .binary(.call("date_trunc", [.text("week"), .binary(local, .plus, days)]), .minus, days), "date")
        case .fiscalQuarter, .fiscalYear: return try fiscal(local, grain)
        case .month, .quarter, .year:
            return .cast(.call("date_trunc", [.text(grain.rawValue), local]), "date")
        }
    }

    /// Moved to where the calendar's own units begin, and back.
    private func fiscal(_ local: SQLExpression, _ grain: TimeGrain) throws(CompileError) -> SQLExpression {
        let unit = grain == .fiscalYear ? "year" : "quarter"
        let shift = (schema.calendar.fiscalYearStart - 1) % (grain == .fiscalYear ? 12 : 3)
        notes.warn("A \(grain.name) is shown by its first day.")
        guard shift > 0 else { return .cast(.call("date_trunc", [.text(unit), local]), "date") }
        let months = SQLExpression.interval("\(shift) \(shift == 1 ? "month" : "months")")
        return .cast(
            .binary(.call("date_trunc", [.text(unit), .binary(local, .minus, months)]), .plus, months), "date")
    }

    static func step(_ grain: TimeGrain) -> SQLExpression {
        switch grain {
        case .hour: .interval("1 hour")
        case .day: .interval("1 day")
        case .week: .interval("7 days")
        case .month: .interval("1 month")
        case .quarter, .fiscalQuarter: .interval("3 months")
        case .year, .fiscalYear: .interval("1 year")
        }
    }
}
