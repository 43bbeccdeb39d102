import LanguageModels
import ServiceRuntime

/// Notices a model that repeats a failing call: the same tool with the same arguments, failing turn after turn.
///
/// A call's count ends with its first success. Several equal calls in one turn count once, since the model had no
/// chance to learn in between.
struct RepeatedFailureGuard {
    enum Verdict: Equatable {
        case fine, warn, stop
    }

    private struct Signature: Hashable {
        var tool: String
        var arguments: String
    }

    private let limit: Int
    private var failures: [Signature: Int] = [:]
    private var hasWarned = false

    init(limit: Int) {
        self.limit = limit
    }

    /// One verdict per call of a turn; `isError` is nil for a call that did not run.
    mutating func judge(_ calls: [(call: ToolCall, isError: Bool?)]) -> [Verdict] {
        let onceTooOften: Verdict = hasWarned ? .stop : .warn
        var counted: Set<Signature> = []
        return calls.map { call, isError in
            let arguments = call.arguments == .null ? call.rawArguments : call.arguments.encoded()
            let signature = Signature(tool: call.name, arguments: arguments)
            guard let isError else { return .fine }
            guard isError else {
                failures[signature] = nil
                return .fine
            }
            guard counted.insert(signature).inserted else { return .fine }
            failures[signature, default: 0] += 1
            guard failures[signature, default: 0] >= limit else { return .fine }
            hasWarned = true
            return onceTooOften
        }
    }
}
