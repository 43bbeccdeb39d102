import Testing

@testable import Planner

@Suite("Families of words")
struct WordFamilyTests {
    @Test(
        "Nouns and forms of one verb are kin",
        arguments: [
            ("treated", "treatment"), ("paid", "payments"), ("sold", "sales"), ("bought", "purchase"),
            ("diagnosed", "diagnoses"), ("cited", "citation"), ("published", "publication"),
            ("certified", "certification"),
            ("registered", "registrations"), ("started", "began"), ("written", "write"),
            ("prescribed", "prescriptions"),
            ("enrolled", "enrolment"), ("inspected", "inspection"), ("resolved", "resolution"), ("shipped", "shipment"),
            ("donated", "donations"), ("installed", "installation"), ("admitted", "admission"),
            ("notified", "notification"),
        ])
    func kin(_ left: String, _ right: String) {
        #expect(!WordFamily.keys(of: left).isDisjoint(with: WordFamily.keys(of: right)))
    }

    @Test(
        "Words that only look alike are not",
        arguments: [
            ("departed", "department"), ("stated", "statement"), ("nation", "nations2"), ("optional", "option"),
            ("located", "location"), ("ported", "portion"), ("missed", "mission"), ("appointed", "appointment"),
            ("sold", "bought"), ("sent", "received"), ("posted", "position"),
        ])
    func strangers(_ left: String, _ right: String) {
        #expect(WordFamily.keys(of: left).isDisjoint(with: WordFamily.keys(of: right)))
    }

    @Test(
        "Whoever is called so does it",
        arguments: [
            ("manufacturer", "manufactured"), ("publisher", "published"), ("director", "directed"), ("owner", "owned"),
            ("supplier", "supplied"), ("writer", "written"), ("teacher", "taught"),
        ])
    func agents(_ agent: String, _ deed: String) {
        #expect(WordFamily.isDeed(deed))
        #expect(!WordFamily.deeds(of: agent).isDisjoint(with: WordFamily.keys(of: deed)))
    }
}
