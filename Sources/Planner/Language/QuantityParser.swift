/// Finds numbers, money and comparators among the tokens of a question.
package enum QuantityParser {
    /// In the order of the question, without overlaps; tokens that are taken already, by time say, are passed over.
    package static func spans(in tokens: [Token], excluding taken: [Range<Int>] = []) -> [QuantitySpan] { [] }
}
