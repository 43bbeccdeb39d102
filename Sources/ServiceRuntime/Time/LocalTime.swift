package import FoundationEssentials

/// The instants at which a clock in some time zone shows a certain date and time.
package enum LocalTime: Sendable, Equatable {
    case once(Date)
    /// Clocks were put back: shown twice.
    case twice(first: Date, second: Date)
    /// Clocks were put forward over it: never shown; the instant of the jump.
    case never(jump: Date)

    /// One instant for a schedule: the first of two, and the jump where the time does not exist.
    package var earliest: Date {
        switch self {
        case .once(let instant): instant
        case .twice(let first, _): first
        case .never(let jump): jump
        }
    }
}
