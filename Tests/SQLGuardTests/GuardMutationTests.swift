import SQLGuard
import SQLGuardTestSupport
import ServiceRuntime
import Testing

@Suite struct GuardMutationTests {
    @Test("An attack stays refused however it is written", arguments: Mutation.allCases)
    func attacks(_ mutation: Mutation) async {
        var generator = SplitMix64(seed: 4711)
        for attack in GuardCorpus.attacks {
            let sql = mutation.apply(to: attack.sql, using: &generator)
            let refusal = await GuardCorpus.refusal(sql, as: attack.role)
            #expect(refusal != nil, "\(attack.id) passes as: \(sql)")
        }
    }

    @Test("A usual statement passes however it is written", arguments: Mutation.allCases)
    func benign(_ mutation: Mutation) async {
        var generator = SplitMix64(seed: 4711)
        var changed = 0
        for statement in GuardCorpus.benign {
            let sql = mutation.apply(to: statement.sql, using: &generator)
            if sql != statement.sql { changed += 1 }
            let refusal = await GuardCorpus.refusal(sql, as: statement.role)
            #expect(refusal == nil, "\(statement.id) is refused: \(refusal?.description ?? "") as: \(sql)")
        }
        #expect(changed > 50)
    }
}
