/// What comes round again: Mondays, noons, Julys.
package enum CalendarCycle: String, Sendable, Hashable, Codable {
    case weekday, hourOfDay, monthOfYear
}
