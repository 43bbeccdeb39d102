import ServiceRuntime

/// A vocabulary in the order of how common its words are, and words drawn from it: the same for one seed.
///
/// Zipf's law with Mandelbrot's shift: the word of rank r comes up in proportion to 1 / (r + 3). The shift stands for the
/// most common ranks of a language, "the" and "of", which no search looks for.
struct GeneratedWords: RandomNumberGenerator {
    private static let roots = [
        "account", "agent", "alert", "asset", "batch", "branch", "budget", "campaign", "carrier", "channel", "claim",
        "client", "contract", "cost", "course", "crew", "delivery", "device", "discount", "driver", "employee",
        "energy", "event", "expense", "failure", "fleet", "forecast", "freight", "fuel", "grade", "guest", "hotel",
        "incident", "inventory", "invoice", "item", "journal", "lead", "lease", "ledger", "license", "loan", "machine",
        "margin", "market", "member", "meter", "order", "outlet", "output", "partner", "patient", "payment", "policy",
        "price", "product", "profit", "project", "quota", "reader", "refund", "region", "renewal", "rental", "return",
        "revenue", "route", "salary", "sample", "seat", "sensor", "service", "shift", "shipment", "store", "student",
        "supplier", "ticket", "trade", "trial", "usage", "vehicle", "vendor", "visit", "volume", "voucher", "warranty",
    ]
    private static let syllables = [
        "ba", "cor", "dal", "fi", "gul", "hen", "ka", "len", "mo", "nir", "pe", "rus", "sa", "tev", "vo", "zim",
    ]
    private static let size = 20_000
    private static let shift = 3.0

    let vocabulary: [String]
    /// At each rank the sum of the shares up to and with it.
    private let cumulative: [Double]
    private var bits: SplitMix64

    init(seed: UInt64) {
        bits = SplitMix64(seed: seed)
        vocabulary = Self.vocabulary(&bits)
        var sum = 0.0
        cumulative = vocabulary.indices.map { rank in
            sum += 1 / (Double(rank) + 1 + Self.shift)
            return sum
        }
    }

    mutating func next() -> UInt64 { bits.next() }

    /// A word as common in what is drawn as it is in text.
    mutating func word() -> String {
        let draw = Double.random(in: 0..<(cumulative.last ?? 1), using: &self)
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > draw { high = middle } else { low = middle + 1 }
        }
        return vocabulary[low]
    }

    /// One of the words of these ranks, each as likely as the other.
    mutating func word(ranks: Range<Int>) -> String {
        vocabulary[Int.random(in: ranks, using: &self)]
    }

    private static func vocabulary(_ bits: inout SplitMix64) -> [String] {
        var words = roots
        var known = Set(words)
        while words.count < size {
            let count = 2 + Int(bits.next() % 3)
            let word = (0..<count).map { _ in syllables[Int(bits.next() % UInt64(syllables.count))] }.joined()
            if known.insert(word).inserted { words.append(word) }
        }
        return words
    }
}
