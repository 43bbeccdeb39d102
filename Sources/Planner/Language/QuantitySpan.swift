/// A number in a question, with what it is held against and its unit.
package struct QuantitySpan: Sendable, Hashable {
    package enum Meaning: Sendable, Hashable {
        case number(NumberLiteral)
        case compare(Comparator, NumberLiteral)
        /// Both bounds included.
        case between(NumberLiteral, NumberLiteral)
        /// A comparator without a number: "higher than the average".
        case comparator(Comparator)
    }

    package enum Unit: Sendable, Hashable {
        /// With its sign or ISO code as written.
        case money(String)
        /// As written: "10%" has the number 10.
        case percent
        /// "5x".
        case times
        case ordinal
    }

    /// Indices into the tokens.
    package var tokens: Range<Int>
    package var meaning: Meaning
    package var unit: Unit?

    package init(tokens: Range<Int>, meaning: Meaning, unit: Unit? = nil) {
        self.tokens = tokens
        self.meaning = meaning
        self.unit = unit
    }
}
