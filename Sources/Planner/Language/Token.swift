/// A word, a number, a quoted text or a mark of a question, with its place.
package struct Token: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case word
        /// `number` holds it as SQL writes it.
        case number
        /// Digits that are a date as a whole: `2024-03-01`, `03/15/2024`, `2024-03`.
        case date
        /// A time of day: `10:30`.
        case clock
        /// The text between quotation marks.
        case quoted
        /// A sign with a meaning: `$ € £ ¥ % < > = + # & *` and pairs such as `>=`.
        case symbol
        /// Ends a clause or sets words apart: `, . ; : ( ) ? !` and dashes between blanks.
        case mark
    }

    package var kind: Kind
    /// As written; without the quotation marks where it was quoted.
    package var text: String
    /// In lower case, without accents, possessive and contraction endings.
    package var word: String
    /// Offsets of characters in the question, quotation marks included.
    package var range: Range<Int>
    /// A number as SQL writes it: "1,200" gives `1200`, ".5" gives `0.5`.
    package var number: String?
    /// The words of a name that was written as one, in lower case: `user_id` gives user, id; else the word alone.
    package var parts: [String]
    /// What stands between it and the token before: empty where they touch, "-" or "/" where that joins them, nil
    /// where they are apart.
    package var joint: String?
    /// A little word in capitals amid other writing: "US" is a place, "us" is not.
    package var isCode = false
    package var isPossessive = false

    package var isQuoted: Bool { kind == .quoted }
    package var isNumber: Bool { kind == .number }
    package var isWord: Bool { kind == .word }
    package var isMark: Bool { kind == .mark }
}
