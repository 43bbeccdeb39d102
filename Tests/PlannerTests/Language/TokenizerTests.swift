import Planner
import ServiceRuntime
import Testing

@Suite("Tokens of a question")
struct TokenizerTests {
    @Test(
        "Words, numbers, quotes and signs come apart as people write them",
        arguments: [
            ("Show me MRR by plan", ["show", "me", "mrr", "by", "plan"]),
            ("customers' orders, today's", ["customers", "orders", ",", "today"]),
            ("don't can't won't what's we've", ["do", "not", "can", "not", "will", "not", "what", "we"]),
            ("O'Brien's café", ["o'brien", "cafe"]),
            ("month-over-month", ["month", "over", "month"]),
            ("$1,200.50 or 10%", ["$", "1,200.50", "or", "10", "%"]),
            ("user_id of a.b@example.com", ["user_id", "of", "a.b@example.com"]),
            ("since 2024-03-01 or 03/15/2024.", ["since", "2024-03-01", "or", "03/15/2024", "."]),
            ("2024-03-01T10:00:00Z at 10:30", ["2024-03-01", "at", "10:30"]),
            ("Mar '24 'New York' \"a\" `b` “c d”", ["mar", "'24", "new york", "a", "b", "c d"]),
            ("a>=5 b<>3 AT&T C++", ["a", ">=", "5", "b", "<>", "3", "at", "&", "t", "c", "+", "+"]),
            ("an unclosed 'quote", ["an", "unclosed", "quote"]), ("10-20 and 1.5k", ["10", "20", "and", "1.5", "k"]),
            ("-5 (−3) 4-3", ["-5", "(", "−3", ")", "4", "3"]), ("", []), ("   \n", []),
        ])
    func words(question: String, expected: [String]) {
        #expect(Tokenizer.tokens(of: question).map(\.word) == expected)
    }

    @Test(
        "Numbers are kept as SQL writes them",
        arguments: [("1,200.50", "1200.50"), (".5", "0.5"), ("-5", "-5"), ("−3", "-3"), ("1,20", "1"), ("007", "007")])
    func numbers(text: String, number: String) {
        #expect(Tokenizer.tokens(of: text).first?.number == number)
    }

    @Test("Parts of a name written as one are its words")
    func parts() {
        let tokens = Tokenizer.tokens(of: "user_id sbTxAmount \"Order Items\" plan")
        #expect(tokens.map(\.parts) == [["user", "id"], ["sb", "tx", "amount"], ["order", "items"], ["plan"]])
    }

    @Test("What joins two tokens is remembered")
    func joints() {
        #expect(Tokenizer.tokens(of: "30-day 5k and/or x").map(\.joint) == [nil, "-", nil, "", nil, "/", nil])
    }

    @Test("A little word in capitals is a code amid other writing only")
    func codes() {
        #expect(Tokenizer.tokens(of: "users in the US").map(\.isCode) == [false, false, false, true])
        #expect(Tokenizer.tokens(of: "USERS IN THE US").filter(\.isCode).isEmpty)
    }

    @Test("Any characters become tokens in order, each where it says it is", arguments: 0..<300)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let text = RandomText.make(&random)
        let count = text.count
        var end = 0
        for token in Tokenizer.tokens(of: text) {
            #expect(token.range.lowerBound >= end && token.range.upperBound <= count && !token.range.isEmpty)
            end = token.range.upperBound
        }
    }

    @Test("What stands behind the limit is not read")
    func bounded() {
        let tokens = Tokenizer.tokens(of: String(repeating: "ab ", count: 10_000))
        #expect(tokens.last.map { $0.range.upperBound <= Tokenizer.characterLimit } == true)
    }
}
