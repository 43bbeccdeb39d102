extension QuestionReader {
    /// A column named last, which a comparison behind it is about.
    struct Pending {
        let column: Int
        /// Nil where a verb's event is meant, which is placed already.
        var piece: Int?
        var isNegated = false
        var isOr = false
        /// "with a phone number": that it is there is the condition, unless more is said.
        var isHeld = false
    }
}
