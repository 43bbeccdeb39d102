package import FoundationEssentials
package import ServiceRuntime

/// Which limit was reached, and when there is room again.
package struct UsageRefusal: Sendable, Equatable {
    package enum Limit: String, Sendable {
        case questionsPerUser, questionsPerChannel, tokensPerDay
    }

    package var limit: Limit
    package var maximum: Int
    /// On the database's clock.
    package var now: Date
    package var freeAt: Date
    package var timeZone: TimeZoneRules

    /// For people: what was reached, and when it frees.
    package var sentence: String {
        switch limit {
        case .questionsPerUser:
            "You've asked \(maximum) \(questions) in the last hour; the next is free \(wait), at \(clock)."
        case .questionsPerChannel:
            "\(maximum) \(questions) \(maximum == 1 ? "was" : "were") asked in this channel in the last hour; the next is free \(wait), at \(clock)."
        case .tokensPerDay:
            "Today's \(maximum.grouped) tokens for the language model are used up; new ones come \(wait), at \(clock) "
                + "(\(timeZone.identifier)). Until then I answer with my built-in model, which costs none."
        }
    }

    private var questions: String { maximum == 1 ? "question" : "questions" }

    private var wait: String {
        let minutes = Int((freeAt.timeIntervalSince(now) / 60).rounded(.up))
        switch minutes {
        case ...1: return "within a minute"
        case ..<120: return "in \(minutes) minutes"
        default: return "in \(Int((Double(minutes) / 60).rounded(.up))) hours"
        }
    }

    private var clock: String {
        let time = timeZone.civil(at: freeAt.addingTimeInterval(59))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(time.hour)):\(two(time.minute))"
    }
}
