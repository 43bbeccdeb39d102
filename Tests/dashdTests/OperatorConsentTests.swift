import ServiceRuntime
import Testing

@testable import dashd

@Suite struct OperatorConsentTests {
    @Test(
        "Only yes is yes",
        arguments: [("y", true), (" YES ", true), ("n", false), ("", false), ("yep", false), (nil, false)])
    func answers(line: String?, isYes: Bool) async throws {
        let questions = Locked<[String]>([])
        let consent = OperatorConsent(hasAgreed: false, flag: "--yes", isInteractive: true) { question in
            questions.withLock { $0.append(question) }
            return line
        }
        #expect(try await consent.isGiven(for: "Go on?") == isYes)
        #expect(questions.withLock { $0 } == ["Go on? [y/N] "])
    }

    @Test("An option answers without asking; where nobody can answer it says which option does")
    func unattended() async throws {
        let nobody: @Sendable (String) async throws -> String? = { _ in
            Issue.record("nobody was to be asked")
            return "y"
        }
        #expect(
            try await OperatorConsent(hasAgreed: true, flag: "--yes", isInteractive: false, ask: nobody).isGiven(
                for: "?"))
        let error = await #expect(throws: CommandFailure.self) {
            _ = try await OperatorConsent(hasAgreed: false, flag: "--yes", isInteractive: false, ask: nobody).isGiven(
                for: "?")
        }
        #expect(error?.description.contains("--yes") == true)
    }
}
