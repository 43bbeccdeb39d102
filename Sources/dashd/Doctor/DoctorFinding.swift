/// One thing the doctor looked at.
struct DoctorFinding: Sendable {
    enum State: Sendable {
        case fine, warning, broken
    }

    var subject: String
    var state: State
    var message: String
    var remedy: String?

    static func fine(_ subject: String, _ message: String) -> DoctorFinding {
        DoctorFinding(subject: subject, state: .fine, message: message)
    }

    static func warning(_ subject: String, _ message: String, remedy: String?) -> DoctorFinding {
        DoctorFinding(subject: subject, state: .warning, message: message, remedy: remedy)
    }

    static func broken(_ subject: String, _ message: String, remedy: String?) -> DoctorFinding {
        DoctorFinding(subject: subject, state: .broken, message: message, remedy: remedy)
    }

    var text: String {
        let mark =
            switch state {
            case .fine: "✓"
            case .warning: "!"
            case .broken: "✗"
            }
        let line = "\(mark) \(subject): \(message)\n"
        return remedy.map { line + "    remedy: \($0)\n" } ?? line
    }
}
