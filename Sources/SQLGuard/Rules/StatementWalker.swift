/// Goes through every node of a statement, whatever it hangs on, and notes what the statement touches.
struct StatementWalker {
    let policy: GuardPolicy
    let functions: FunctionCatalog
    let types: TypeCatalog
    let text: StatementText
    private let shapes: [TreeName: NodeShape]

    var summary = StatementSummary(.select)
    var seenRelations: Set<StatementSummary.Relation> = []
    var seenFunctions: Set<String> = []
    /// Common table expressions that are in scope, with the number of WITH clauses that name them so.
    var commonTables: [String: Int] = [:]
    /// Inside EXPLAIN or the body of a view, where nothing is written, not even by a common table expression.
    var mustOnlyRead = false
    var fieldCalls = FieldCalls()
    /// The function that is visited next is cast to text at once.
    var isCastToText = false

    init(policy: GuardPolicy, functions: FunctionCatalog, types: TypeCatalog, text: StatementText) {
        self.policy = policy
        self.functions = functions
        self.types = types
        self.text = text
        shapes = policy.role == .engineer ? NodeShape.building : NodeShape.reading
    }

    mutating func summary(of root: TreeValue) throws(GuardRefusal) -> StatementSummary {
        guard let (kind, fields) = root.node, let statement = statementKind(kind, fields) else {
            throw Self.statementRefusal(root.node?.kind ?? "", role: policy.role)
        }
        summary = StatementSummary(statement)
        try visit(kind, fields)
        try checkFieldCalls()
        return summary
    }

    // MARK: - Nodes

    mutating func visit(_ value: TreeValue) throws(GuardRefusal) {
        if let elements = value.array {
            for element in elements { try visit(element) }
        } else if let (kind, fields) = value.node {
            try visit(kind, fields)
        } else {
            // An empty object stands for an absent node, as in DISTINCT without ON.
            guard value.object?.fields.isEmpty == true else { throw unknown("a part of the statement", at: nil) }
        }
    }

    mutating func visit(_ kind: TreeName, _ node: TreeObject) throws(GuardRefusal) {
        guard let shape = shapes[kind] else { throw constructRefusal(kind, node) }
        try inspect(kind, node)
        var names: [String] = []
        if let with = node["withClause"]?.object { names = try enter(with) }
        for field in node.fields {
            guard let rule = shape.rule(for: field.name) else { throw fieldRefusal(field.name, of: kind, node) }
            switch rule {
            case .handled: break
            case .scalar: try requireScalar(field, in: kind, node)
            case .names:
                guard field.names != nil else { throw unknown("a list of names", at: position(node)) }
            case .nodes: try visit(field)
            case .node(let kind):
                guard let fields = field.object else { throw unknown("a part of the statement", at: position(node)) }
                try visit(kind, fields)
            case .builtIn: try checkBuiltIn(field, of: node)
            case .target: try checkTargets(field)
            case .created: try checkCreated(field)
            }
        }
        leave(names)
    }

    /// What is taken for a plain value must not hide nodes; constants are written as objects of their own.
    private func requireScalar(_ value: TreeValue, in kind: TreeName, _ node: TreeObject) throws(GuardRefusal) {
        guard value.array == nil, value.object == nil || kind == "A_Const" else {
            throw unknown("a part of the statement", at: position(node))
        }
    }

    /// The rules that are about more than the kinds of nodes below.
    private mutating func inspect(_ kind: TreeName, _ node: TreeObject) throws(GuardRefusal) {
        switch kind {
        case "RangeVar":
            try checkRelation(node)
            addRow(node)
        case "RangeSubselect", "JoinExpr": addRow(node)
        case "RangeFunction": fieldCalls.addFunctions(node)
        case "TypeCast": isCastToText = castsToText(node)
        case "FuncCall": try checkFunction(node)
        case "TypeName": try checkType(node)
        case "ColumnRef": try checkColumn(node)
        case "A_Indirection": try checkFields(node)
        case "RangeTableSample": try checkSampling(node)
        case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt": try checkChange(kind, node)
        case "ExplainStmt": try checkExplain(node)
        case "CreateStmt", "CreateTableAsStmt", "ViewStmt", "IndexStmt", "AlterTableStmt", "RenameStmt", "DropStmt",
            "CommentStmt", "TruncateStmt":
            try inspectDefinition(kind, node)
        case "Constraint", "AlterTableCmd", "IntoClause": try inspectPart(kind, node)
        default: break
        }
    }

    // MARK: - Common table expressions

    /// Visits the expressions of a WITH and brings their names into scope: with RECURSIVE all of them at once, else
    /// each one after its own query.
    private mutating func enter(_ with: TreeObject) throws(GuardRefusal) -> [String] {
        var tables: [(name: String, fields: TreeObject)] = []
        for element in with.elements("ctes") {
            guard let fields = element.node("CommonTableExpr"), let name = fields["ctename"]?.string else {
                throw unknown("this WITH clause", at: position(with))
            }
            tables.append((name, fields))
        }
        guard with.fields.allSatisfy({ ["ctes", "recursive", "location"].contains($0.name) }) else {
            throw unknown("this WITH clause", at: position(with))
        }
        let isRecursive = with["recursive"]?.bool ?? false
        if isRecursive { for table in tables { commonTables[table.name, default: 0] += 1 } }
        for table in tables {
            try visit("CommonTableExpr", table.fields)
            if !isRecursive { commonTables[table.name, default: 0] += 1 }
        }
        return tables.map(\.name)
    }

    private mutating func leave(_ names: [String]) {
        for name in names {
            guard let count = commonTables[name] else { continue }
            commonTables[name] = count > 1 ? count - 1 : nil
        }
    }

    func position(_ node: TreeObject) -> Int? {
        // The first character's offset is 0, which is left out as any other zero.
        text.position(ofByte: node["location"]?.integer)
    }

    func unknown(_ what: String, at position: Int?) -> GuardRefusal {
        GuardRefusal(
            .construct, what, because: "the guard cannot analyse it", instead: "Write it in plain SQL.",
            position: position)
    }
}
