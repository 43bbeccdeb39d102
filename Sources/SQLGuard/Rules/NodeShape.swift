/// The fields that a kind of node may have, and what is done with each.
struct NodeShape {
    enum Field {
        /// `=`: a number, a flag, a name, with nothing below it.
        case scalar
        /// No mark: nodes of any allowed kind, or lists of them.
        case nodes
        /// `:Kind`: one node that is written without its kind around it.
        case node(TreeName)
        /// `#`: names of columns and the like.
        case names
        /// `@`: a name that may only be of a built-in: an operator, a collation, an operator class.
        case builtIn
        /// `>`: an existing object that is changed.
        case target
        /// `!`: an object that is made.
        case created
        /// `~`: the rule for this kind of node has looked at it.
        case handled
    }

    /// There are few, so that looking through them is faster than hashing.
    private let fields: [(name: TreeName, rule: Field)]

    /// Nil for what a node of this kind must not have.
    func rule(for name: TreeName) -> Field? { fields.first { $0.name == name }?.rule }

    /// `"larg:SelectStmt op= fromClause"`: names of fields with the marks that the cases of `Field` explain.
    private init(_ text: Slice<UnsafeRawBufferPointer>) {
        // Where it stands in the text.
        var fields: [(name: TreeName, rule: Field)] = [("location", .scalar)]
        for word in text.split(separator: UInt8(ascii: " ")) {
            if let mark = word.last.flatMap({ Self.marks[$0] }) {
                fields.append((TreeName(word.dropLast()), mark))
            } else if let colon = word.firstIndex(of: UInt8(ascii: ":")) {
                fields.append((TreeName(word[..<colon]), .node(TreeName(word[(colon + 1)...]))))
            } else {
                fields.append((TreeName(word), .nodes))
            }
        }
        self.fields = fields
    }

    private static let marks: [UInt8: Field] = [
        UInt8(ascii: "="): .scalar, UInt8(ascii: "#"): .names, UInt8(ascii: "@"): .builtIn,
        UInt8(ascii: ">"): .target, UInt8(ascii: "!"): .created, UInt8(ascii: "~"): .handled,
    ]

    /// One line for each kind: its name, a colon, its fields.
    private static func table(_ text: StaticString) -> [TreeName: NodeShape] {
        let bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var shapes: [TreeName: NodeShape] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            shapes[TreeName(line[..<colon])] = NodeShape(line[(colon + 1)...])
        }
        return shapes
    }

    /// All that is left out is refused, whatever a later parser adds.
    static let reading = table(
        """
        SelectStmt: distinctClause targetList fromClause whereClause groupClause groupDistinct= havingClause \
        windowClause valuesLists sortClause limitOffset limitCount limitOption= op= all= larg:SelectStmt \
        rarg:SelectStmt withClause~
        ExplainStmt: query options~
        CommonTableExpr: ctename= aliascolnames# ctematerialized= ctequery search_clause:CTESearchClause \
        cycle_clause:CTECycleClause
        CTESearchClause: search_col_list# search_breadth_first= search_seq_column=
        CTECycleClause: cycle_col_list# cycle_mark_column= cycle_mark_value cycle_mark_default cycle_path_column=
        RangeVar: catalogname= schemaname= relname= inh= relpersistence= alias:Alias
        RangeSubselect: lateral= subquery alias:Alias
        RangeFunction: lateral= ordinality= is_rowsfrom= functions alias:Alias coldeflist
        RangeTableSample: relation method~ args repeatable
        JoinExpr: jointype= isNatural= larg rarg usingClause# join_using_alias:Alias quals alias:Alias
        Alias: aliasname= colnames#
        ColumnDef: colname= typeName:TypeName is_local= raw_default collClause:CollateClause constraints
        ResTarget: name= indirection val
        ColumnRef: fields~
        A_Star:
        A_Const: ival= fval= boolval= sval= bsval= isnull=
        A_Expr: kind= name@ lexpr rexpr
        A_ArrayExpr: elements
        A_Indices: is_slice= lidx uidx
        A_Indirection: arg indirection
        BoolExpr: boolop= args
        SubLink: subLinkType= testexpr operName@ subselect
        CaseExpr: arg args defresult
        CaseWhen: expr result
        RowExpr: args row_format=
        CoalesceExpr: args
        MinMaxExpr: op= args
        NullTest: arg nulltesttype=
        BooleanTest: arg booltesttype=
        SQLValueFunction: op= typmod=
        GroupingFunc: args
        GroupingSet: kind= content
        FuncCall: funcname~ args agg_order agg_filter over:WindowDef agg_within_group= agg_star= agg_distinct= \
        func_variadic= funcformat=
        NamedArgExpr: arg name= argnumber=
        WindowDef: name= refname= partitionClause orderClause frameOptions= startOffset endOffset
        SortBy: node sortby_dir= sortby_nulls= useOp@
        TypeCast: arg typeName:TypeName
        TypeName: names~ setof= pct_type= typmods typemod= arrayBounds
        CollateClause: arg collname@
        List: items
        String: sval=
        Integer: ival=
        Float: fval=
        Boolean: boolval=
        BitString: bsval=
        """)

    /// What the engineer's changes consist of besides.
    static let building = reading.merging(
        table(
            """
            InsertStmt: relation> cols selectStmt onConflictClause:OnConflictClause returningList override= withClause~
            OnConflictClause: action= infer:InferClause targetList whereClause
            InferClause: indexElems whereClause conname=
            UpdateStmt: relation> targetList whereClause fromClause returningList withClause~
            DeleteStmt: relation> usingClause whereClause returningList withClause~
            MergeStmt: relation> sourceRelation joinCondition mergeWhenClauses withClause~
            MergeWhenClause: matched= commandType= override= condition targetList values
            SetToDefault:
            MultiAssignRef: source colno= ncolumns=
            TruncateStmt: relations> restart_seqs= behavior=
            CreateStmt: relation! tableElts constraints options~ oncommit= if_not_exists=
            Constraint: contype= conname= deferrable= initdeferred= is_no_inherit= raw_expr generated_when= \
            nulls_not_distinct= keys# including# options~ indexname= pktable~ fk_attrs# pk_attrs# fk_matchtype= \
            fk_upd_action= fk_del_action= fk_del_set_cols# skip_validation= initially_valid=
            CreateTableAsStmt: query into:IntoClause objtype= if_not_exists=
            IntoClause: rel! colNames# options~ onCommit= skipData=
            ViewStmt: view! aliases# query replace= options~ withCheckOption=
            IndexStmt: idxname= relation> accessMethod= indexParams indexIncludingParams options~ whereClause \
            unique= nulls_not_distinct= if_not_exists=
            IndexElem: name= expr indexcolname= collation@ opclass@ ordering= nulls_ordering=
            AlterTableStmt: relation> cmds objtype= missing_ok=
            AlterTableCmd: subtype= num= name= def~ behavior= missing_ok=
            RenameStmt: renameType= relationType= relation> subname= newname= behavior= missing_ok=
            DropStmt: objects~ removeType= behavior= missing_ok=
            CommentStmt: objtype= object~ comment=
            RefreshMatViewStmt: relation> skipData= concurrent=
            """)
    ) { $1 }
}
