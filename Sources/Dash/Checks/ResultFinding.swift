/// Something about a result that whoever reads its numbers should know.
struct ResultFinding: Sendable, Codable, Equatable {
    enum Kind: String, Sendable, Codable {
        /// A condition left nothing over.
        case emptied
        /// A column has no value in any row.
        case allNull
        /// Rows repeat each other, or what tells them apart is not shown.
        case repeated
        /// A join repeats the rows that are added up.
        case fanOut
        /// Parts do not add up to their total.
        case parts
        /// What is not shown any more is as high as the last that is.
        case cut
        /// What was read is older than usual.
        case stale
    }

    var kind: Kind
    /// A sentence for a person. It has no value of a personal column.
    var text: String

    /// Whether the numbers may not be what they seem. That there is nothing or more to see, or of how long ago it is, is
    /// said beside them and no doubt about them.
    var isDoubt: Bool {
        switch kind {
        case .parts, .fanOut, .repeated, .allNull: true
        case .emptied, .cut, .stale: false
        }
    }

    static func truncation(of table: ResultTable) -> String {
        "The table shows the first \(NumberText.formatted(Double(table.rows.count))) rows; there are more."
    }
}
