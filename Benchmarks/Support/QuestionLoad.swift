package import HTTP
import ServiceRuntime

/// Asks questions as Slack events and waits for their final answers.
package struct QuestionLoad: Sendable {
    /// About the sample company; each is answered from its knowledge.
    package static let questions = [
        "What's our current MRR?", "Which plan has the highest churn rate?",
        "Show me revenue trends by plan over the last 6 months", "Which customers are at risk of churning?",
        "break down our MRR by plan", "How many support tickets are open?",
    ]

    private let events: SlackEvents
    private let http: HTTPClient
    private let slack: StubWebAPI

    package init(to server: DashdServer, http: HTTPClient, slack: StubWebAPI) {
        events = SlackEvents(to: server)
        self.http = http
        self.slack = slack
    }

    /// Asks question `number`; returns the time from sending the event to the arrival of the final answer, and that.
    package func ask(_ number: Int) async throws -> (time: Duration, answer: String) {
        let request = events.request(Self.text(number), number: number)
        let sent = ContinuousClock.now
        let response = try await http.send(request)
        guard response.status == 200 else { throw BenchmarkError("an event was answered with \(response.status)") }
        let slack = slack
        let final = try await withTimeout(.seconds(60)) { try await slack.answer(in: SlackEvents.channel(number)) }
        return (sent.duration(to: final.at), final.text)
    }

    package static func text(_ number: Int) -> String { questions[number % questions.count] }
}
