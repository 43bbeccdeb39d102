import FoundationEssentials
import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

@testable import Agents

@Suite(.timeLimit(.minutes(20))) struct SuspensionTests {
    private struct AskFirst: SuspendingError {
        var request: JSONValue
    }

    private let log = EventLog()
    private let runs = Locked<[String]>([])

    /// Asks before it does what its argument says; counts what it did.
    private func careful(_ name: String = "drop") -> ClosureTool {
        ClosureTool(name) { [runs] arguments in
            let what = arguments["what"]?.string ?? ""
            guard Self.isAllowed else { throw AskFirst(request: .string(what)) }
            runs.withLock { $0.append(what) }
            return ToolOutput(content: "did \(what)")
        }
    }

    private func plain(_ name: String = "look") -> ClosureTool {
        ClosureTool(name) { [runs] _ in
            runs.withLock { $0.append(name) }
            return ToolOutput(content: "seen")
        }
    }

    @TaskLocal private static var isAllowed = false

    private let allow: PendingCallResolution = { _, run in try await Self.$isAllowed.withValue(true) { try await run() }
    }
    private let decline: PendingCallResolution = { _, _ in ToolOutput(content: "declined", isError: true) }

    private func loop(_ agent: Agent, _ ledger: BudgetLedger = BudgetLedger()) -> AgentLoop {
        AgentLoop(agent: agent, ledger: ledger, span: log.recorder.root.child())
    }

    /// Runs until a person has to decide; what waits is stored and read back.
    private func suspension(_ body: () async throws -> AgentOutcome) async throws -> SuspendedLoop {
        let suspended = try #require(await #expect(throws: RunSuspended.self) { _ = try await body() })
        let stored = try JSONValue(encoding: suspended.loop)
        let read = try stored.decode(as: SuspendedLoop.self)
        #expect(read == suspended.loop)
        return read
    }

    @Test(
        "A call that a person must agree to suspends the loop, which goes on from its stored form",
        arguments: [true, false])
    func suspendAndResume(isApproved: Bool) async throws {
        let first = ScriptedModel(.calls(.call("drop", ["what": "x"]), usage: Usage(input: 3, output: 2)))
        let waiting = try await suspension { try await loop(.agent("a", first, careful())).run([.user("drop x")]) }
        #expect(waiting.request == "x")
        #expect(waiting.waitingCall?.name == "drop")
        #expect(waiting.waitingAgent == "a")

        let second = ScriptedModel(.text("Well.", usage: Usage(input: 7, output: 1)))
        let outcome = try await loop(.agent("a", second, careful())).resume(
            waiting, resolving: isApproved ? allow : decline)
        #expect(outcome.text == "Well.")
        #expect(outcome.usage == Usage(input: 10, output: 3))
        #expect(runs.withLock { $0 } == (isApproved ? ["x"] : []))
        let results = second.requests[0].messages.flatMap(\.toolResults)
        #expect(results == [ToolResult(callID: "c1", content: isApproved ? "did x" : "declined", isError: !isApproved)])
        #expect(second.requests[0].messages.first == .user("drop x"))
    }

    @Test("Calls beside it end once and keep their outputs; none runs again")
    func parallelCalls() async throws {
        let model = ScriptedModel(
            .calls(.call("look", id: "1"), .call("drop", ["what": "x"], id: "2"), .call("look", id: "3")))
        let waiting = try await suspension {
            try await loop(.agent("a", model, careful(), plain())).run([.user("go")])
        }
        let looked = runs.withLock { $0.count }
        #expect(looked == waiting.calls.count { if case .done = $0 { true } else { false } })

        let next = ScriptedModel(.text("Done."))
        _ = try await loop(.agent("a", next, careful(), plain())).resume(waiting, resolving: allow)
        #expect(runs.withLock { $0.sorted() } == ["look", "look", "x"])
        #expect(next.requests[0].messages.flatMap(\.toolResults).map(\.content) == ["seen", "did x", "seen"])
    }

    @Test("Two calls that wait are asked one after the other, each done once")
    func twoWaiting() async throws {
        let model = ScriptedModel(
            .calls(.call("drop", ["what": "x"], id: "1"), .call("drop", ["what": "y"], id: "2")))
        let first = try await suspension { try await loop(.agent("a", model, careful())).run([.user("go")]) }
        #expect(first.request == "x")
        let second = try await suspension {
            try await loop(.agent("a", ScriptedModel(), careful())).resume(first, resolving: allow)
        }
        #expect(second.request == "y")
        let last = ScriptedModel(.text("Done."))
        _ = try await loop(.agent("a", last, careful())).resume(second, resolving: decline)
        #expect(runs.withLock { $0 } == ["x"])
        #expect(last.requests[0].messages.flatMap(\.toolResults).map(\.content) == ["did x", "declined"])
    }

    @Test("What would do more than was agreed to is asked again")
    func askedAgain() async throws {
        let model = ScriptedModel(.calls(.call("drop", ["what": "x"])))
        let first = try await suspension { try await loop(.agent("a", model, careful())).run([.user("go")]) }
        let again = try await suspension {
            try await loop(.agent("a", ScriptedModel(), careful())).resume(first) { _, run in try await run() }
        }
        #expect(again == first)
    }

    @Test("A member's suspension holds the leader's, and both go on", arguments: [true, false])
    func team(isApproved: Bool) async throws {
        func team(_ leader: ScriptedModel, _ member: ScriptedModel) -> Team {
            Team(
                leader: .agent("leader", leader), members: [.agent("engineer", member, careful())],
                context: [.user("before")])
        }
        let delegate = ToolCall.call("delegate", ["agent": "engineer", "task": "drop x"], id: "d1")
        let waiting = try await suspension {
            try await team(ScriptedModel(.calls(delegate)), ScriptedModel(.calls(.call("drop", ["what": "x"])))).run(
                [.user("please")], ledger: BudgetLedger(), recorder: log.recorder)
        }
        #expect(waiting.agent == "leader")
        #expect(waiting.waitingAgent == "engineer")
        #expect(waiting.waitingCall?.arguments["what"] == "x")

        let member = ScriptedModel(.text("It is so."))
        let leader = ScriptedModel(.text("They say it is so."))
        let outcome = try await team(leader, member).resume(
            waiting, resolving: isApproved ? allow : decline, ledger: BudgetLedger(), recorder: log.recorder)
        #expect(outcome.text == "They say it is so.")
        #expect(member.requests[0].messages.first == .user("before"))
        #expect(leader.requests[0].messages.flatMap(\.toolResults).map(\.content) == ["It is so."])
        #expect(runs.withLock { $0 } == (isApproved ? ["x"] : []))
    }

    @Test("A stored loop whose tool or member is gone answers its call with an error; one without calls cannot go on")
    func changedTeam() async throws {
        let model = ScriptedModel(.calls(.call("drop", ["what": "x"])))
        let waiting = try await suspension { try await loop(.agent("a", model, careful())).run([.user("go")]) }
        let next = ScriptedModel(.text("I cannot."))
        let outcome = try await loop(.agent("a", next)).resume(waiting, resolving: allow)
        #expect(outcome.text == "I cannot.")
        #expect(next.requests[0].messages.flatMap(\.toolResults).first?.isError == true)

        let delegate = ToolCall.call("delegate", ["agent": "engineer", "task": "drop x"])
        let team = Team(
            leader: .agent("leader", ScriptedModel(.calls(delegate))),
            members: [.agent("engineer", ScriptedModel(.calls(.call("drop", ["what": "x"]))), careful())])
        let inTeam = try await suspension {
            try await team.run([.user("please")], ledger: BudgetLedger(), recorder: log.recorder)
        }
        let alone = ScriptedModel(.text("There is no engineer."))
        let other = Team(
            leader: .agent("leader", alone), members: [.agent("analyst", ScriptedModel(), careful())])
        let left = try await other.resume(
            inTeam, resolving: allow, ledger: BudgetLedger(), recorder: log.recorder)
        #expect(left.text == "There is no engineer.")
        #expect(alone.requests[0].messages.flatMap(\.toolResults).first?.isError == true)
        #expect(runs.withLock { $0 }.isEmpty)

        var broken = waiting
        broken.messages = [.assistant("nothing was called")]
        await #expect(throws: BrokenSuspension.self) {
            _ = try await loop(.agent("a", ScriptedModel(), careful())).resume(broken, resolving: allow)
        }
    }

    @Test("What was used up before a suspension stays used up")
    func budget() async throws {
        let ledger = BudgetLedger(AgentsTests.budget { $0.modelCalls = 1 })
        let model = ScriptedModel(.calls(.call("drop", ["what": "x"])))
        let waiting = try await suspension {
            try await loop(.agent("a", model, careful()), ledger).run([.user("go")])
        }
        let spent = try JSONValue(encoding: ledger.spent).decode(as: [BudgetLimit: Int].self)
        let outcome = try await loop(
            .agent("a", ScriptedModel(), careful()), BudgetLedger(ledger.budget, spent: spent)
        ).resume(waiting, resolving: allow)
        #expect(outcome.stop == .budget(.modelCalls))
        #expect(runs.withLock { $0 } == ["x"])
    }

    @Test("Events of a run that goes on are numbered on")
    func eventNumbers() {
        let numbers = Locked<[Int]>([])
        let recorder = RunEventRecorder(runID: RunID(), after: .init(sequence: 7, span: 3)) { event in
            numbers.withLock { $0 += [event.sequence, event.span] }
        }
        recorder.root.child().record(.finished(milliseconds: 1))
        #expect(numbers.withLock { $0 } == [8, 4])
    }
}
