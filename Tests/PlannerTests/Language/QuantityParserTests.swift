import Planner
import ServiceRuntime
import Testing

@Suite("Quantities in a question")
struct QuantityParserTests {
    private static func written(_ question: String) -> [String] {
        QuantityParser.spans(in: Tokenizer.tokens(of: question)).map { span in
            switch span.meaning {
            case .number(let number): "\(number)"
            case .compare(let comparator, let number): "\(comparator.rawValue) \(number)"
            case .between(let low, let high): "\(low)..\(high)"
            case .comparator(let comparator): comparator.rawValue
            }
        }
    }

    @Test(
        "Numbers, comparators and ranges are found",
        arguments: [
            ("top 5 customers", ["5"]), ("top five customers", ["5"]), ("twenty-five orders", ["25"]),
            ("two hundred and five orders", ["205"]), ("a dozen", ["12"]), ("3 million dollars", ["3000000"]),
            ("over $1.5k", ["> 1500"]), ("more than 2,500.75", ["> 2500.75"]), ("at least 10%", [">= 10"]),
            ("no more than two hundred", ["<= 200"]), ("fewer than 3", ["< 3"]), ("exactly 7", ["= 7"]),
            (">= 4.5", [">= 4.5"]), ("≥ 4", [">= 4"]), ("rated 4 or higher", [">= 4"]), ("100+ seats", [">= 100"]),
            ("5 or fewer", ["<= 5"]), ("between 3 and 5", ["3..5"]), ("between 3 and 5 million", ["3000000..5000000"]),
            ("from 10 to 20 seats", ["10..20"]), ("10-20 seats", ["10..20"]), ("above the average", [">"]),
            ("higher than average", [">"]), ("more than once", ["> 1"]), ("at least one order", [">= 1"]),
            ("which one is it", []), ("room 12b", []), ("2m", ["2000000"]), ("€300", ["300"]), ("0.5k", ["500"]),
            ("not equal to 3", ["<> 3"]), ("greater than or equal to 3", [">= 3"]), ("under -5", ["< -5"]),
            ("price over 10 and rating under 3", ["> 10", "< 3"]), ("", []),
        ])
    func found(question: String, expected: [String]) {
        #expect(Self.written(question) == expected)
    }

    @Test(
        "Units are told apart",
        arguments: [
            ("$5", QuantitySpan.Unit.money("$")), ("5 EUR", .money("EUR")), ("10%", .percent),
            ("ten percent", .percent),
            ("5x", .times), ("3rd", .ordinal),
        ])
    func units(question: String, unit: QuantitySpan.Unit) {
        #expect(QuantityParser.spans(in: Tokenizer.tokens(of: question)).map(\.unit) == [unit])
    }

    @Test("Tokens that are taken are passed over")
    func taken() {
        let tokens = Tokenizer.tokens(of: "over 5 in 2024")
        #expect(QuantityParser.spans(in: tokens, excluding: [2..<4]).map(\.tokens) == [0..<2])
    }

    @Test("Any text gives spans in order within the tokens", arguments: 0..<300)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let tokens = Tokenizer.tokens(of: RandomText.make(&random))
        var end = 0
        for span in QuantityParser.spans(in: tokens) {
            #expect(span.tokens.lowerBound >= end && span.tokens.upperBound <= tokens.count && !span.tokens.isEmpty)
            end = span.tokens.upperBound
        }
    }
}
