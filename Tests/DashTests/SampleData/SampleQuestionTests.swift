import FoundationEssentials
import Testing

@testable import Dash

@Suite struct SampleQuestionTests {
    @Test("Every question that the repository's own queries list is answered by its query")
    func declaredQuestions() async {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../knowledge")
        let entries = await KnowledgeFolder(path: path.standardized.path()).read().entries
        let knowledge = KnowledgeView(entries.map { KnowledgeEntry(content: $0.content, source: "sample") })
        let matcher = Matcher(knowledge: knowledge)
        #expect(knowledge.queries.count >= 25)
        for query in knowledge.queries.map(\.query) {
            for question in query.questions {
                let intent = Intent(question)
                #expect(intent == .question, "\(question)")
                guard case .answer(let candidate) = matcher.match(question),
                    case .query(let answering, _) = candidate.source
                else {
                    Issue.record("“\(question)” is not answered by a query")
                    continue
                }
                #expect(answering.name == query.name, "\(question)")
            }
        }
    }
}
