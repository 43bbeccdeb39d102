import Planner
import ServiceRuntime
import Testing

@Suite("Values in a question")
struct ValueIndexTests {
    private static let city = ColumnID(TableID(name: "places"), "city")
    private static let plan = ColumnID(TableID(name: "accounts"), "plan")

    private static let index: ValueIndex = {
        var builder = ValueIndex.Builder()
        builder.add(
            ["New York", "York", "São Paulo", "Boston, MA", "St. Louis", "Los Angeles", "IN", "US", "Springfield"],
            of: city)
        builder.add(
            [
                "Enterprise", "enterprise", "T-Shirts", "AT&T", "C++", "C", "McDonald's", "Bank of America Corp",
                "ABC12",
            ],
            of: plan)
        return builder.build()
    }()

    private static func found(_ question: String) -> [String] {
        let tokens = Tokenizer.tokens(of: question)
        return index.lookup(tokens: tokens).map { span in
            tokens[span.tokens].map(\.text).joined(separator: " ") + ": "
                + span.candidates.map { "\($0.value) \($0.match)" }.joined(separator: ", ")
        }
    }

    @Test(
        "Values are found however they are written, the longest first",
        arguments: [
            ("orders from new york", ["new york: New York exact", "york: York exact"]),
            ("in sao paulo", ["sao paulo: São Paulo exact"]), ("SÃO  PAULO", ["SÃO PAULO: São Paulo exact"]),
            ("in Boston MA?", ["Boston MA: Boston, MA exact"]), ("in St Louis", ["St Louis: St. Louis exact"]),
            ("enterprise's revenue", ["enterprise's: Enterprise exact, enterprise exact"]),
            ("enterprises", ["enterprises: Enterprise exact, enterprise exact"]),
            ("a t-shirt", ["t shirt: T-Shirts exact"]),
            ("for AT&T", ["AT & T: AT&T exact"]), ("C++ jobs", ["C + +: C++ exact", "C: C exact"]),
            ("mcdonalds sales", ["mcdonalds: McDonald's exact"]),
            ("McDonald's sales", ["McDonald's: McDonald's exact"]),
            ("who is in here", []), ("users in IN", ["IN: IN exact"]), ("tell us", []), ("in the US", ["US: US exact"]),
            ("'us'", ["us: US exact"]), ("bank of america", ["bank of america: Bank of America Corp prefix"]),
            ("in Bostan, MA", ["Bostan , MA: Boston, MA fuzzy"]),
            ("entreprise", ["entreprise: Enterprise fuzzy, enterprise fuzzy"]),
            ("Springfeld", ["Springfeld: Springfield fuzzy"]), ("ABC13", []), ("yorc", []),
            ("Los Angeles!", ["Los Angeles: Los Angeles exact"]),
        ])
    func lookup(question: String, expected: [String]) {
        #expect(Self.found(question) == expected)
    }

    @Test(
        "The nearest values of a column come first",
        arguments: [
            ("new yrok", ["New York"]), ("york", ["York", "New York"]), ("boston", ["Boston, MA"]), ("qqqqq", []),
            ("", []),
        ])
    func nearest(text: String, expected: [String]) {
        let found = Self.index.nearest(to: text, in: Self.city, limit: 2)
        #expect(found == expected)
    }

    @Test("Limits keep values out")
    func limits() {
        var limits = ValueIndex.Limits()
        limits.valuesPerColumn = 2
        limits.bytesPerValue = 5
        var builder = ValueIndex.Builder(limits: limits)
        builder.add(["one", "two", "three", "toolong", "--"], of: Self.city)
        let index = builder.build()
        #expect(index.statistics.values == 2)
        #expect(index.values(of: Self.city, limit: 10) == ["one", "two"])
        #expect(index.statistics.leftOut == 3)
    }

    @Test("An index without values finds nothing")
    func empty() {
        #expect(ValueIndex().lookup(tokens: Tokenizer.tokens(of: "anything")).isEmpty)
        #expect(ValueIndex().statistics.values == 0)
    }

    @Test("It finds exactly what comparing every value with every stretch of words finds", arguments: 0..<60)
    func reference(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let words = ["alpha", "beta", "Gamma", "delta5", "x", "Ünal", "night", "knight", "70", "cross-sell"]
        func phrase(_ count: Int) -> String {
            (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
        }
        var values: [(ColumnID, String)] = []
        var builder = ValueIndex.Builder()
        for number in 0..<5 {
            let column = ColumnID(TableID(name: "t"), "c\(number)")
            let texts = Set((0..<20).map { _ in phrase(1 + Int(random.next() % 3)) }).sorted()
            values += texts.map { (column, $0) }
            builder.add(texts, of: column)
        }
        let question = phrase(12)
        let tokens = Tokenizer.tokens(of: question)
        var expected: Set<String> = []
        for start in tokens.indices {
            for end in start + 1...tokens.count {
                let key = tokens[start..<end].flatMap { FoldedText.key($0.text) + [0x20] }.dropLast()
                // What touches the token before is the end of its word.
                guard tokens[start].joint != "", end == tokens.count || tokens[end].joint != "" else { continue }
                let joined = Self.joined(Array(tokens[start..<end]))
                for (column, value) in values where FoldedText.key(value) == joined && !key.isEmpty {
                    expected.insert("\(start)-\(end) \(column.name) \(value)")
                }
            }
        }
        var found: Set<String> = []
        for span in builder.build().lookup(tokens: tokens) {
            for candidate in span.candidates
            where candidate.match == .exact
                && FoldedText.key(candidate.value) == Self.joined(Array(tokens[span.tokens]))
            {
                guard tokens[span.tokens.lowerBound].joint != "",
                    span.tokens.upperBound == tokens.count || tokens[span.tokens.upperBound].joint != ""
                else { continue }
                found.insert(
                    "\(span.tokens.lowerBound)-\(span.tokens.upperBound) \(candidate.column.name) \(candidate.value)")
            }
        }
        #expect(found == expected)
    }

    private static func joined(_ tokens: [Token]) -> [UInt8] {
        var text = ""
        for (index, token) in tokens.enumerated() { text += (index > 0 && token.joint != "" ? " " : "") + token.text }
        return FoldedText.key(text)
    }

    @Test("Any question is looked up without a crash", arguments: 0..<200)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let tokens = Tokenizer.tokens(of: RandomText.make(&random) + " new york")
        for span in Self.index.lookup(tokens: tokens) {
            #expect(span.tokens.upperBound <= tokens.count && !span.candidates.isEmpty)
        }
    }
}
