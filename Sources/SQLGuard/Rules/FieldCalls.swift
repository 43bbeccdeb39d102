/// Columns written `name.column`, until it is known what the name before the dot stands for.
///
/// Where there is no such column, the server calls a function of its name, or casts to a type of its name. Before the dot
/// may stand a row, of a table or a subquery, which few functions take and nothing casts; or a function in FROM, whose
/// value is whatever it gives. One list for the whole statement: a name that stands for both somewhere is taken for a value.
struct FieldCalls {
    struct Mention {
        let owner: String
        let column: String
        let position: Int?
    }

    private(set) var mentions: [Mention] = []
    private var rows: Set<String> = []
    private var values: Set<String> = []
    private var hasUnknownName = false

    mutating func add(_ mention: Mention) { mentions.append(mention) }

    mutating func addRow(_ name: String?) {
        if let name { rows.insert(name) }
    }

    func isRow(_ name: String) -> Bool {
        rows.contains(name) && !values.contains(name) && !hasUnknownName
    }

    /// Without an alias, a function goes by its own name, and other expressions by names of the server's choice.
    mutating func addFunctions(_ node: TreeObject) {
        if let alias = node["alias"]?.object?["aliasname"]?.string {
            values.insert(alias)
            return
        }
        guard let functions = node["functions"]?.array else { return hasUnknownName = true }
        for function in functions {
            guard let items = function.node("List")?["items"]?.array else { return hasUnknownName = true }
            for item in items {
                if let name = item.node("FuncCall")?["funcname"]?.names?.last {
                    values.insert(name)
                } else {
                    hasUnknownName = true
                }
                // Behind it stand the columns of AS (…).
                break
            }
        }
    }
}
