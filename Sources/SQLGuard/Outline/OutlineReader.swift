/// Reads a SELECT's outline from its parse tree.
struct OutlineReader {
    private static let aggregates: Set<String> = [
        "sum", "count", "avg", "min", "max", "array_agg", "string_agg", "json_agg", "jsonb_agg", "bool_and", "bool_or",
        "every", "mode", "percentile_cont", "percentile_disc", "stddev", "stddev_pop", "stddev_samp", "variance",
        "var_pop", "var_samp", "corr",
    ]

    private var blocks: [SelectOutline.Block] = []
    private var commonTables: Set<String> = []
    private var clauses = 0

    static func outline(of root: TreeValue) -> SelectOutline? {
        guard let select = root.node("SelectStmt") else { return nil }
        var reader = OutlineReader()
        reader.collectCommonTables(root)
        reader.read(select, isOutermost: true)
        return SelectOutline(blocks: reader.blocks)
    }

    private mutating func collectCommonTables(_ value: TreeValue) {
        if let name = value.node("CommonTableExpr")?["ctename"]?.string { commonTables.insert(name) }
        for part in value.parts { collectCommonTables(part) }
    }

    @discardableResult
    private mutating func read(
        _ select: TreeObject, name: String? = nil, isOutermost: Bool = false, isPartOfSet: Bool = false
    ) -> Int {
        if let operation = select["op"]?.string, operation != "SETOP_NONE" {
            let index = blocks.count
            readCommonTables(select)
            for side in ["larg", "rarg"] as [TreeName] {
                if let part = select[side]?.object { read(part, name: name, isPartOfSet: true) }
            }
            return index
        }
        let index = blocks.count
        blocks.append(SelectOutline.Block(name: name, isOutermost: isOutermost, isPartOfSet: isPartOfSet))
        readCommonTables(select)
        var block = blocks[index]
        if let from = select["fromClause"] {
            block.fromStart = ColumnReading.start(of: from)
            for item in select.elements("fromClause") { readSource(item, into: &block) }
        }
        if let condition = select["whereClause"] { readConditions(condition, into: &block) }
        if let condition = select["havingClause"] {
            block.hasHaving = true
            readConditions(condition, into: &block)
        }
        for target in select.elements("targetList") { readOutput(target, into: &block) }
        for item in select.elements("groupClause") { readGrouping(item, into: &block) }
        block.isDistinct = select["distinctClause"] != nil
        block.hasLimit = select["limitCount"] != nil || select["limitOffset"] != nil
        block.isAggregated = block.hasGrouping || block.hasHaving || block.outputs.contains(where: \.hasAggregate)
        for field in select.fields where field.name != "withClause" && field.name != "fromClause" {
            block.mentions.formUnion(ColumnReading.all(in: field))
            readNested(field)
        }
        blocks[index] = block
        return index
    }

    private mutating func readCommonTables(_ select: TreeObject) {
        for element in select["withClause"]?.object?.elements("ctes") ?? .empty {
            guard let fields = element.node("CommonTableExpr"),
                let query = fields["ctequery"]?.node("SelectStmt")
            else { continue }
            let index = read(query, name: fields["ctename"]?.string)
            guard blocks.indices.contains(index), let names = fields["aliascolnames"]?.names else { continue }
            for (place, name) in names.enumerated() where blocks[index].outputs.indices.contains(place) {
                blocks[index].outputs[place].name = name
            }
        }
    }

    /// Queries inside of expressions.
    private mutating func readNested(_ value: TreeValue) {
        if let select = value.node("SelectStmt") {
            read(select)
            return
        }
        for part in value.parts { readNested(part) }
    }

    // MARK: - FROM

    private mutating func readSource(_ item: TreeValue, into block: inout SelectOutline.Block) {
        guard let (kind, fields) = item.node else { return }
        let alias = fields["alias"]?.object?["aliasname"]?.string
        switch kind {
        case "RangeVar":
            let name = fields["relname"]?.string ?? ""
            let schema = fields["schemaname"]?.string
            let isCommon = schema == nil && commonTables.contains(name)
            block.sources.append(
                .init(alias: alias ?? name, origin: isCommon ? .common(name) : .table(schema: schema, name: name)))
            if fields["alias"]?.object?["colnames"] != nil { block.isUnclear = true }
        case "RangeSubselect":
            guard let query = fields["subquery"]?.node("SelectStmt") else { return }
            let index = read(query)
            block.sources.append(.init(alias: alias ?? "", origin: .query(index)))
            if fields["alias"]?.object?["colnames"] != nil { block.isUnclear = true }
        case "JoinExpr":
            for side in ["larg", "rarg"] as [TreeName] {
                if let part = fields[side] { readSource(part, into: &block) }
            }
            let joined = block.sources.last?.alias
            for name in fields["usingClause"]?.names ?? [] {
                block.equalities.append((.init(joined, name), .init(nil, name)))
            }
            if fields["isNatural"] != nil || alias != nil { block.isUnclear = true }
            if let condition = fields["quals"] {
                block.mentions.formUnion(ColumnReading.all(in: condition))
                readConditions(condition, into: &block)
                readNested(condition)
            }
        case "RangeFunction" where Self.callsSeries(item):
            let names = fields["alias"]?.object?["colnames"]?.names ?? []
            let name = alias ?? "generate_series"
            block.sources.append(.init(alias: name, origin: .series, columns: names.isEmpty ? [name] : names))
        default:
            block.sources.append(.init(alias: alias ?? "", origin: .other))
            block.isUnclear = true
        }
    }

    private static func callsSeries(_ value: TreeValue) -> Bool {
        if let (kind, fields) = value.node {
            if kind == "SelectStmt" { return false }
            if kind == "FuncCall", fields["funcname"]?.names?.last == "generate_series" { return true }
        }
        return value.parts.contains(where: callsSeries)
    }

    // MARK: - Conditions

    private mutating func readConditions(_ value: TreeValue, into block: inout SelectOutline.Block) {
        clauses += 1
        var parts: [TreeValue] = [value]
        if let and = value.node("BoolExpr"), and["boolop"]?.string == "AND_EXPR" { parts = Array(and.elements("args")) }
        for part in parts {
            let condition = SelectOutline.Condition(
                clause: clauses, start: ColumnReading.start(of: part) ?? 0, part)
            if case .columns(let one, let other) = condition.comparison { block.equalities.append((one, other)) }
            block.conditions.append(condition)
        }
    }

    // MARK: - Output

    private func readOutput(_ target: TreeValue, into block: inout SelectOutline.Block) {
        guard let fields = target.node("ResTarget"), let value = fields["val"] else {
            block.isUnclear = true
            return
        }
        var name = fields["name"]?.string
        let kind: SelectOutline.Output.Value
        if let reference = value.node("ColumnRef") {
            if let column = ColumnReading.name(reference) {
                kind = .column(column)
                name = name ?? column.name
            } else {
                kind = .star(qualifier: Self.qualifier(ofStar: reference))
            }
        } else if let aggregate = Self.aggregate(value) {
            kind = .aggregate(aggregate)
        } else {
            kind = .other
        }
        block.outputs.append(
            .init(
                name: name ?? value.node("FuncCall")?["funcname"]?.names?.last, value: kind,
                signature: TreeSignature.text(of: value), hasAggregate: Self.hasAggregate(value),
                mentions: ColumnReading.all(in: value)))
        if Self.callsSeries(value) { block.makesSeries = true }
    }

    private static func qualifier(ofStar reference: TreeObject) -> String? {
        var last: String?
        for field in reference.elements("fields") { last = field.node("String")?["sval"]?.string ?? last }
        return last
    }

    /// The aggregate that a value is, but for rounding, a cast, or a zero in place of nothing.
    private static func aggregate(_ value: TreeValue) -> SelectOutline.Aggregate? {
        guard let (kind, fields) = value.node else { return nil }
        switch kind {
        case "TypeCast": return fields["arg"].flatMap(aggregate)
        case "CoalesceExpr": return fields.elements("args").first { _ in true }.flatMap(aggregate)
        case "FuncCall":
            guard let function = fields["funcname"]?.names?.last, fields["over"] == nil else { return nil }
            if ["round", "trunc"].contains(function) {
                return fields.elements("args").first { _ in true }.flatMap(aggregate)
            }
            guard aggregates.contains(function) else { return nil }
            return SelectOutline.Aggregate(
                function: function, columns: ColumnReading.all(in: value).sorted { $0.name < $1.name },
                isDistinct: fields["agg_distinct"] != nil, signature: TreeSignature.text(of: value))
        default: return nil
        }
    }

    private static func hasAggregate(_ value: TreeValue) -> Bool {
        if let (kind, fields) = value.node {
            if kind == "SelectStmt" { return false }
            if kind == "FuncCall", fields["over"] == nil, let name = fields["funcname"]?.names?.last,
                aggregates.contains(name)
            {
                return true
            }
        }
        return value.parts.contains(where: hasAggregate)
    }

    // MARK: - Grouping

    private func readGrouping(_ item: TreeValue, into block: inout SelectOutline.Block) {
        block.hasGrouping = true
        if item.node("GroupingSet") != nil {
            block.isUnclear = true
            return
        }
        if let place = item.node("A_Const")?["ival"]?.object?["ival"]?.integer,
            block.outputs.indices.contains(place - 1)
        {
            return
        }
        let signature = TreeSignature.text(of: item)
        let column = ColumnReading.name(item.node("ColumnRef") ?? .empty)
        let isShown = block.outputs.contains { output in
            if output.signature == signature { return true }
            if case .star = output.value { return column != nil }
            return column != nil && column?.qualifier == nil && output.name == column?.name
        }
        if !isShown { block.hiddenGroupings.append(column?.name) }
    }
}
