import SQLGuard
import SQLGuardTestSupport
import ServiceRuntime
import Testing

@Suite struct GuardCorpusTests {
    @Test("Every attack is refused, for what it does and not for how it is written")
    func attacks() async {
        #expect(GuardCorpus.attacks.count > 500)
        for attack in GuardCorpus.attacks {
            let refusal = await GuardCorpus.refusal(attack.sql, as: attack.role)
            #expect(refusal != nil, "\(attack.id) passes: \(attack.sql)")
            // This one is not SQL in the first place.
            guard attack.id != "lexical-16" else { continue }
            #expect(refusal?.rule != .syntax, "\(attack.id) does not parse: \(attack.sql)")
        }
    }

    @Test("Every attack that reads is refused to the engineer too")
    func readingAttacksOfTheEngineer() async {
        let rules: Set<GuardRefusal.Rule> = [.relation, .function, .type, .operator, .fieldCall, .locks, .oneStatement]
        for attack in GuardCorpus.attacks where attack.role == .analyst {
            guard let refusal = await GuardCorpus.refusal(attack.sql), rules.contains(refusal.rule) else { continue }
            let again = await GuardCorpus.refusal(attack.sql, as: .engineer)
            #expect(again != nil, "\(attack.id) passes: \(attack.sql)")
        }
    }

    @Test("Every usual statement passes")
    func benign() async {
        #expect(GuardCorpus.benign.count > 150)
        for statement in GuardCorpus.benign {
            let refusal = await GuardCorpus.refusal(statement.sql, as: statement.role)
            #expect(refusal == nil, "\(statement.id) is refused: \(refusal?.description ?? "")")
        }
    }

    @Test("What the analyst may send, the engineer may")
    func readingOfTheEngineer() async {
        for statement in GuardCorpus.benign where statement.role == .analyst {
            let refusal = await GuardCorpus.refusal(statement.sql, as: .engineer)
            #expect(refusal == nil, "\(statement.id) is refused: \(refusal?.description ?? "")")
        }
    }

    @Test(
        "The sample company's validated queries pass",
        arguments: ["churn", "customers", "invoices", "overview", "revenue", "support", "usage"])
    func knowledgeQueries(_ name: String) async {
        var queries: [String] = []
        var lines: [Substring]?
        for line in GuardCorpus.text("knowledge/queries/\(name).sql").split(separator: "\n") {
            switch line {
            case "-- <query>": lines = []
            case "-- </query>":
                queries.append((lines ?? []).joined(separator: "\n"))
                lines = nil
            default: lines?.append(line)
            }
        }
        #expect(!queries.isEmpty)
        for query in queries.map(Self.bound) {
            let refusal = await GuardCorpus.refusal(query)
            #expect(refusal == nil, "\(refusal?.description ?? "") in \(query)")
        }
    }

    /// With a literal for every parameter.
    private static func bound(_ query: String) -> String {
        query.split(separator: "{", omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index > 0, let close = part.firstIndex(of: "}") else { return String(part) }
            return "('x')" + part[part.index(after: close)...]
        }.joined()
    }

    @Test("The sample company's definitions pass")
    func metrics() async throws {
        let file = try JSONValue(parsing: Array(GuardCorpus.text("knowledge/business/metrics.json").utf8))
        guard case .array(let metrics)? = file["metrics"] else {
            Issue.record("no metrics")
            return
        }
        for metric in metrics {
            let calculation = try #require(metric["calculation"]?.string)
            let refusal = await GuardCorpus.refusal("SELECT \(calculation)")
            #expect(refusal == nil, "\(refusal?.description ?? "") in \(calculation)")
        }
    }
}
