import LanguageModels
import ServiceRuntime
import Testing

@testable import Agents

@Suite struct RepeatedFailureGuardTests {
    private typealias Step = (name: String, argument: Int, isError: Bool?)

    /// The verdicts of one call per turn.
    private func verdicts(_ steps: [Step]) -> [RepeatedFailureGuard.Verdict] {
        var guardian = RepeatedFailureGuard(limit: 3)
        return steps.flatMap { step in
            guardian.judge([(.call(step.name, ["x": .integer(Int64(step.argument))]), step.isError)])
        }
    }

    @Test("Three failures of one call warn, the fourth stops")
    func warnsThenStops() {
        #expect(
            verdicts(Array(repeating: ("a", 1, true), count: 4)) == [.fine, .fine, .warn, .stop])
    }

    @Test("Other arguments and other tools are other calls")
    func differentCalls() {
        #expect(
            verdicts([("a", 1, true), ("a", 2, true), ("b", 1, true), ("a", 1, true), ("a", 2, true), ("b", 1, true)])
                == Array(repeating: .fine, count: 6))
    }

    @Test("A success of the call begins anew; one of another call does not")
    func successResets() {
        #expect(
            verdicts([("a", 1, true), ("a", 1, true), ("a", 1, false), ("a", 1, true), ("a", 1, true)])
                == Array(repeating: .fine, count: 5))
        #expect(
            verdicts([("a", 1, true), ("b", 1, false), ("a", 1, true), ("b", 1, false), ("a", 1, true)]).last == .warn)
    }

    @Test("There is one warning for all calls together")
    func oneWarning() {
        let steps: [Step] = Array(repeating: ("a", 1, true), count: 3) + Array(repeating: ("b", 1, true), count: 3)
        #expect(verdicts(steps) == [.fine, .fine, .warn, .fine, .fine, .stop])
    }

    @Test("Equal calls of one turn count once, and calls that did not run do not count")
    func sameTurn() {
        var guardian = RepeatedFailureGuard(limit: 3)
        let call = ToolCall.call("a")
        #expect(guardian.judge([(call, true), (call, true), (call, true), (call, true)]).allSatisfy { $0 == .fine })
        #expect(guardian.judge([(call, nil)]) == [.fine])
        #expect(guardian.judge([(call, true)]) == [.fine])
        #expect(guardian.judge([(call, true)]) == [.warn])
    }

    @Test("Two calls that reach three in the same turn are both warned of")
    func twoAtOnce() {
        var guardian = RepeatedFailureGuard(limit: 3)
        let calls = [(call: ToolCall.call("a"), isError: Bool?.some(true)), (call: .call("b"), isError: .some(true))]
        for _ in 1...2 { _ = guardian.judge(calls) }
        #expect(guardian.judge(calls) == [.warn, .warn])
        #expect(guardian.judge(calls) == [.stop, .stop])
    }

    @Test("Arguments that are no JSON are told apart by their text")
    func rawArguments() {
        var guardian = RepeatedFailureGuard(limit: 2)
        func broken(_ raw: String) -> ToolCall { ToolCall(id: "", name: "a", arguments: .null, rawArguments: raw) }
        #expect(guardian.judge([(broken("{1"), true)]) == [.fine])
        #expect(guardian.judge([(broken("{2"), true)]) == [.fine])
        #expect(guardian.judge([(broken("{1"), true)]) == [.warn])
    }
}
