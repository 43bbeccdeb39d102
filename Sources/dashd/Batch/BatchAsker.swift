import Agents
import Dash
import FoundationEssentials
import Postgres
import ServiceRuntime

/// Answers lines of standard input one after the other, as questions of the person at the terminal.
///
/// Every question goes the way of all others, with the guard and the budgets of one question. The hourly limits are for
/// people in Slack: they are counted where a question arrives from there, and a run that somebody starts here has none.
struct BatchAsker {
    let application: Application
    let asker = LocalAsker.current

    /// Ends with the input; a line that cannot be used, and a question that breaks, is answered with that.
    func run() async throws {
        var input = StandardInput()
        var number = 0
        while let line = try await input.next() {
            number += 1
            guard let reply = try await reply(to: line, number) else { continue }
            Terminal.write(reply.json.encoded() + "\n")
        }
    }

    /// Nil for an empty line.
    private func reply(to line: LineReader.Line, _ number: Int) async throws -> BatchReply? {
        let question: BatchLine
        switch line {
        case .unusable(let reason): return BatchReply(.init(reason: reason), line: number)
        case .text(let text):
            guard text.contains(where: { !$0.isWhitespace }) else { return nil }
            do {
                question = try BatchLine(text)
            } catch {
                return BatchReply(error, line: number)
            }
        }
        let start = ContinuousClock.now
        do {
            let answer = try await answer(to: question)
            return try BatchReply(id: question.id, answer, milliseconds: start.duration(to: .now).inMilliseconds)
        } catch let error as PostgresError {
            let elapsed = start.duration(to: .now).inMilliseconds
            return BatchReply(id: question.id, failing: error.message, milliseconds: elapsed)
        }
    }

    private func answer(to line: BatchLine) async throws -> Answer {
        let question = Question(
            text: line.question,
            conversation: asker.conversation(named: line.session ?? UUID().uuidString.lowercased()),
            asker: asker.asker, askedAt: .now)
        let first = try await application.runner.run(question, id: RunID())
        return try await TerminalConfirmation(application: application, asker: asker.asker, prompt: nil).settle(first)
    }
}
