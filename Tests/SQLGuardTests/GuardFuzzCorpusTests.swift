import SQLGuard
import SQLGuardTestSupport
import ServiceRuntime
import Testing

@Suite struct GuardFuzzCorpusTests {
    @Test("What the fuzzer kept is decided about rightly")
    func fuzzed() async {
        #expect(GuardCorpus.fuzzed.count > 300)
        let complaints = await complaints(about: GuardCorpus.fuzzed)
        #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
    }

    @Test("Of the other statements, both roles' decisions hold too")
    func statements() async {
        let complaints = await complaints(about: (GuardCorpus.attacks + GuardCorpus.benign).map(\.sql))
        #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
    }

    private func complaints(about statements: [String]) async -> [String] {
        let complaints = try? await SystemThread.run(name: "guard-oracle", stackBytes: SQLGuard.stackBytes) {
            statements.compactMap { sql in
                GuardOracle.complaint(about: Array(sql.utf8)).map { "\($0): \(sql)" }
            }
        }
        return complaints ?? ["they could not be checked"]
    }
}
