/// The terms of a phrase, told apart: its head, the conditions its other words make, and what they belong to.
struct Noun {
    enum Head: Hashable {
        case table(Int)
        case column(Int)
        case metric(Int)
        /// From one time column to another.
        case duration(Int, Int)
        /// Nothing but conditions.
        case none
    }

    var head = Head.none
    var headPiece: Int?
    var filters: [Draft.Filter] = []
    /// Columns named beside a head, such as "daily" and "monthly" limits.
    var isPlural = false
    /// The table that a column was said to belong to.
    var owner: Int?
    /// A verb about time behind it: "users joined".
    var event: Int?
    /// A verb behind the head that is a table of its own: the sales of "bikes sold".
    var deed: Int?
}
