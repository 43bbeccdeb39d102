/// Columns in a parse tree.
enum ColumnReading {
    /// Functions that keep what a column is about, so that its values can still be told.
    private static let transparent: Set<String> = ["lower", "upper", "btrim", "trim", "date_trunc", "date"]

    /// Nil for `*`.
    static func name(_ reference: TreeObject) -> SelectOutline.ColumnName? {
        guard let names = reference["fields"]?.names, let last = names.last else { return nil }
        return SelectOutline.ColumnName(names.dropLast().last, last)
    }

    static func column(of value: TreeValue) -> SelectOutline.ColumnName? {
        guard let (kind, fields) = value.node else { return nil }
        switch kind {
        case "ColumnRef": return name(fields)
        case "TypeCast": return fields["arg"].flatMap(column)
        case "FuncCall":
            guard let function = fields["funcname"]?.names?.last, transparent.contains(function) else { return nil }
            let columns = fields.elements("args").map(all(in:))
            let found = columns.filter { !$0.isEmpty }
            guard found.count == 1, found[0].count == 1 else { return nil }
            return found[0].first
        default: return nil
        }
    }

    /// Every column that is mentioned outside of nested queries.
    static func all(in value: TreeValue) -> Set<SelectOutline.ColumnName> {
        var found: Set<SelectOutline.ColumnName> = []
        collect(value, into: &found)
        return found
    }

    private static func collect(_ value: TreeValue, into found: inout Set<SelectOutline.ColumnName>) {
        if let (kind, fields) = value.node {
            if kind == "SelectStmt" { return }
            if kind == "ColumnRef" {
                if let name = name(fields) { found.insert(name) }
                return
            }
        }
        for part in value.parts { collect(part, into: &found) }
    }

    /// The first place in the text that is known of it.
    static func start(of value: TreeValue) -> Int? {
        var least: Int?
        if value.name == "location", let place = value.integer, place > 0 { return place }
        for part in value.parts {
            if let place = start(of: part) { least = min(least ?? place, place) }
        }
        return least
    }

    /// Texts of constants; nil where it is something else.
    static func texts(of value: TreeValue) -> [String]? {
        if let items = value.array ?? value.node("List")?["items"]?.array {
            var texts: [String] = []
            for item in items {
                guard let more = self.texts(of: item) else { return nil }
                texts += more
            }
            return texts
        }
        guard let (kind, fields) = value.node else { return nil }
        switch kind {
        case "A_Const":
            guard let text = fields["sval"] else { return nil }
            return [text.object?["sval"]?.string ?? ""]
        case "TypeCast": return fields["arg"].flatMap(texts)
        case "A_ArrayExpr": return fields["elements"].flatMap(texts)
        default: return nil
        }
    }
}
