import Planner
import Postgres
import ServiceRuntime

/// What a parameter stands for in one question.
enum ParameterValue: Sendable, Hashable {
    /// As it is written in the data.
    case text(String)
    case number(NumberLiteral)
    case day(CivilDate)
    /// From its first day to the one behind its last; the note says what is to be known about them.
    case period(Range<CivilDate>, label: String, note: String?)

    /// For people.
    var words: String {
        switch self {
        case .text(let text): text
        case .number(let number): number.description
        case .day(let day): day.description
        case .period(_, let label, _): label
        }
    }

    var note: String? { if case .period(_, _, let note) = self { note } else { nil } }

    /// As SQL, in brackets of its own, so that nothing beside it changes what it is; nil for a part that it does not have.
    func literal(_ part: String?) -> String? {
        switch (self, part) {
        case (.text(let text), nil): "(\(PostgresQuery.quoted(literal: text)))"
        case (.number(let number), nil): "(\(number))"
        case (.day(let day), nil): Self.date(day)
        case (.period(let days, _, _), "start"?): Self.date(days.lowerBound)
        case (.period(let days, _, _), "end"?): Self.date(days.upperBound)
        default: nil
        }
    }

    private static func date(_ day: CivilDate) -> String { "(date \(PostgresQuery.quoted(literal: day.description)))" }
}
