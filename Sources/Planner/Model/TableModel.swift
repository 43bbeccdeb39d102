/// A table as the reading sees it.
struct TableModel: Sendable {
    struct Name: Sendable, Hashable {
        var words: [String]
        var quality: Double
    }

    var index: Int
    var id: TableID
    var description: String
    /// What a row of it is called, best first.
    var names: [Name]
    /// Plural, for people.
    var title: String
    var columns: Range<Int>
    /// The one column that tells its rows apart.
    var key: Int?
    /// What its rows are recognised by.
    var labels: [Int]
    var times: [Int]
    /// When a row happened.
    var mainTime: Int?
    /// Two foreign keys and little else.
    var isJunction: Bool
    var isView: Bool

    /// The words of its best name.
    var words: [String] { names.first?.words ?? [] }
}
