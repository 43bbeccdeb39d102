import Dash

/// Entries and questions made of one vocabulary, in which few words are very common and many are rare, as in real text.
struct GeneratedCompany: RandomNumberGenerator {
    private static let roots = [
        "account", "agent", "alert", "asset", "batch", "branch", "budget", "campaign", "carrier", "channel", "claim",
        "client", "contract", "cost", "course", "crew", "delivery", "device", "discount", "driver", "employee",
        "energy",
        "event", "expense", "failure", "fleet", "forecast", "freight", "fuel", "grade", "guest", "hotel", "incident",
        "inventory", "invoice", "item", "journal", "lead", "lease", "ledger", "license", "loan", "machine", "margin",
        "market", "member", "meter", "order", "outlet", "output", "partner", "patient", "payment", "policy", "price",
        "product", "profit", "project", "quota", "rate", "reader", "refund", "region", "renewal", "rental", "return",
        "revenue", "route", "salary", "sample", "seat", "sensor", "service", "shift", "shipment", "store", "student",
        "supplier", "ticket", "trade", "trial", "usage", "vehicle", "vendor", "visit", "volume", "voucher", "warranty",
    ]
    private static let endings = ["", "s", "_group", "_type", "_level", "_code", "_total", "_share"]

    private var state: UInt64
    private let vocabulary: [String]

    init(seed: UInt64) {
        state = seed
        var words = Self.roots
        for first in Self.roots { for ending in Self.endings.dropFirst(2) { words.append(first + ending) } }
        let syllables = ["ba", "dor", "fi", "gul", "ka", "len", "mo", "nir", "pe", "rus", "sa", "tev", "vo", "zim"]
        for first in syllables {
            for second in syllables { for third in syllables { words.append(first + second + third) } }
        }
        vocabulary = words
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func entry(_ number: Int) -> KnowledgeEntry {
        let content: KnowledgeContent =
            switch number % 10 {
            case 0:
                .table(
                    TableKnowledge(
                        name: name(2) + "_\(number)", description: text(12), useCases: [text(8)],
                        dataQualityNotes: [text(12)],
                        columns: (0..<10).map { _ in .init(name: name(2), type: "text", description: text(5)) },
                        synonyms: [text(2)]))
            case 1...4:
                .query(
                    ValidatedQuery(
                        name: name(3) + "_\(number)", description: text(10),
                        sql: "SELECT \(name(1)), count(*) FROM \(name(2)) WHERE \(name(2)) = '\(text(1))' GROUP BY 1",
                        questions: [text(7)]))
            case 5, 6:
                .metric(
                    Metric(
                        name: text(3) + " \(number)", definition: text(12), table: name(2),
                        calculation: "SUM(\(name(1)))",
                        synonyms: [text(2), text(1)]))
            case 7: .rule(BusinessRule(text: text(16) + " \(number)"))
            case 8: .gotcha(Gotcha(issue: text(5) + " \(number)", tables: [name(2)], solution: text(16)))
            default: .document(Document(title: text(4) + " \(number)", text: text(200)))
            }
        return KnowledgeEntry(content: content, source: "generated")
    }

    /// Of two to eight words, some misspelled, some that only ask.
    mutating func question() -> String {
        var words = (0..<Int.random(in: 2...8, using: &self)).map { _ in word() }
        if Int.random(in: 0..<4, using: &self) == 0, words[0].count > 5 {
            words[0].remove(at: words[0].index(words[0].startIndex, offsetBy: 2))
        }
        return "What is the total " + words.joined(separator: " ") + " by month?"
    }

    /// Zipf-like: the product of three draws leans to the front of the list.
    private mutating func word() -> String {
        let draw = (0..<3).reduce(1.0) { product, _ in product * Double.random(in: 0..<1, using: &self) }
        return vocabulary[Int(draw * Double(vocabulary.count))]
    }

    private mutating func text(_ count: Int) -> String {
        (0..<count).map { _ in word() }.joined(separator: " ")
    }

    private mutating func name(_ count: Int) -> String {
        (0..<count).map { _ in word() }.joined(separator: "_")
    }
}
