import Agents
import Dash
import FoundationEssentials
import ServiceRuntime
import SlackBot
import TestSupport

/// Answers as the test says, and tells what it was asked.
final class FakeAnswering: Answering {
    let questions = EventLog<Question>()
    let resumed = EventLog<ConfirmationID>()
    private let work: @Sendable (Question, RunID, @Sendable (RunEvent) -> Void) async throws -> Answer

    init(
        _ work: @escaping @Sendable (Question, RunID, @Sendable (RunEvent) -> Void) async throws -> Answer = {
            question, id, _ in FakeAnswering.answer("You asked: \(question.text)", id)
        }
    ) {
        self.work = work
    }

    func run(
        _ question: Question, id: RunID, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> Answer {
        questions.append(question)
        return try await work(question, id, onEvent)
    }

    func resume(
        _ id: ConfirmationID, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> Answer {
        resumed.append(id)
        return Self.answer("Resumed.", RunID())
    }

    static func answer(_ headline: String, _ id: RunID) -> Answer {
        Answer(kind: .message, runID: id, headline: headline, answeredAt: .now)
    }

    static func event(_ kind: RunEvent.Kind) -> RunEvent {
        RunEvent(runID: RunID(), sequence: 1, time: .now, span: 1, parentSpan: nil, kind: kind)
    }
}
