import ServiceRuntime
import Testing

/// Every statement of the corpus does harm as a superuser, so that refusing it says something.
@Suite(.timeLimit(.minutes(20))) struct HarmProofTests {
    @Test("Each attack is shown to do the harm that it is kept for")
    func harm() async throws {
        #expect(Attack.all.count == CorpusFile.lines("attacks.jsonl").count)
        #expect(Attack.all.count >= 500)
        try await CorpusServer.shared.exclusively { site in
            var prover = try await HarmProof(site)
            for attack in Attack.all {
                let proof = try await prover.prove(attack)
                #expect(proof?.harm == attack.harm, "\(attack.id), \(proof?.by ?? "nothing to see"): \(attack.sql)")
            }
        }
    }
}
