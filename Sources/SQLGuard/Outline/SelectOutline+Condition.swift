extension SelectOutline.Condition {
    private typealias Column = SelectOutline.ColumnName

    init(clause: Int, start: Int, _ value: TreeValue) {
        let mentions = ColumnReading.all(in: value)
        self.init(
            clause: clause, start: start, column: nil, comparison: .other,
            mentions: mentions.sorted { ($0.qualifier ?? "", $0.name) < ($1.qualifier ?? "", $1.name) },
            signature: TreeSignature.text(of: value))
        guard let (kind, fields) = value.node else { return }
        switch kind {
        case "ColumnRef": column = ColumnReading.name(fields)
        case "NullTest", "BooleanTest": column = fields["arg"].flatMap(ColumnReading.column)
        case "BoolExpr" where fields["boolop"]?.string == "NOT_EXPR":
            column = fields.elements("args").first { _ in true }.flatMap(ColumnReading.column)
        case "A_Expr": compare(fields)
        default: break
        }
    }

    private mutating func compare(_ expression: TreeObject) {
        guard let left = expression["lexpr"], let right = expression["rexpr"],
            let sign = expression["name"]?.names?.last
        else { return }
        let (one, other) = (ColumnReading.column(of: left), ColumnReading.column(of: right))
        if let one, let other {
            if sign == "=", left.node("ColumnRef") != nil, right.node("ColumnRef") != nil {
                comparison = .columns(one, other)
            }
            return
        }
        let isTurned = one == nil
        let constant = isTurned ? left : right
        guard ColumnReading.all(in: constant).isEmpty, !Self.hasQuery(constant) else { return }
        column = one ?? other
        guard column != nil else { return }
        let texts = ColumnReading.texts(of: constant) ?? []
        switch (expression["kind"]?.string, sign) {
        case ("AEXPR_OP", "="), ("AEXPR_IN", "="), ("AEXPR_OP_ANY", "="): comparison = .equal(texts)
        case ("AEXPR_LIKE", "~~"), ("AEXPR_ILIKE", "~~*"):
            if let pattern = texts.first { comparison = .like(pattern) }
        case ("AEXPR_BETWEEN", _): comparison = .range(hasLower: true, hasUpper: true, upper: texts.last)
        case ("AEXPR_OP", "<"), ("AEXPR_OP", "<="), ("AEXPR_OP", ">"), ("AEXPR_OP", ">="):
            let isUpper = sign.hasPrefix("<") != isTurned
            comparison = .range(hasLower: !isUpper, hasUpper: isUpper, upper: isUpper ? texts.first : nil)
        default: break
        }
    }

    private static func hasQuery(_ value: TreeValue) -> Bool {
        value.node("SubLink") != nil || value.parts.contains(where: hasQuery)
    }
}
