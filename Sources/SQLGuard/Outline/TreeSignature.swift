/// A text that two parts of parse trees have in common when they differ in nothing but where they stand and in the names
/// of tables.
enum TreeSignature {
    static func text(of value: TreeValue) -> String {
        if let text = value.string { return "'\(text)'" }
        if let number = value.integer { return "\(number)" }
        if let elements = value.array { return "[" + elements.map(text(of:)).joined(separator: " ") + "]" }
        guard let object = value.object else { return value.bool ? "+" : "-" }
        if let (kind, fields) = value.node {
            if kind == "ColumnRef", let last = ColumnReading.name(fields) { return "." + last.name }
            if kind == "A_Const", isUnreadable(fields) {
                // The writer leaves out zero, and with it what is less.
                return "?\(fields["location"]?.integer ?? 0)"
            }
        }
        let fields = object.fields.filter { $0.name != "location" }.map { "\($0.name):" + text(of: $0) }
        return "{" + fields.joined(separator: " ") + "}"
    }

    private static func isUnreadable(_ constant: TreeObject) -> Bool {
        constant["ival"]?.object?.fields.isEmpty == true
    }
}
