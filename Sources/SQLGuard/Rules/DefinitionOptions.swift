/// The options, constraints and changes that the engineer's objects may have.
///
/// Left out on purpose: what moves an object out of `dash` or to another owner, what makes it part of another table, what
/// runs code at a change (triggers, rules), what hides rows (policies), where and how it is stored.
enum DefinitionOptions {
    static let table: Set<String> = ["fillfactor"]
    /// Each makes a view stricter than without; with `false` it is as without.
    static let view: Set<String> = ["security_barrier", "security_invoker", "check_option"]
    static let index: Set<String> = ["fillfactor", "deduplicate_items", "fastupdate", "pages_per_range"]
    static let identity: Set<String> = ["start", "increment", "minvalue", "maxvalue", "cache", "cycle"]
    static let indexMethods: Set<String> = ["btree", "hash", "gin", "gist", "spgist", "brin"]

    static let constraints: Set<String> = [
        "CONSTR_NULL", "CONSTR_NOTNULL", "CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED", "CONSTR_CHECK",
        "CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_FOREIGN", "CONSTR_ATTR_DEFERRABLE", "CONSTR_ATTR_NOT_DEFERRABLE",
        "CONSTR_ATTR_DEFERRED", "CONSTR_ATTR_IMMEDIATE",
    ]
    static let alterations: Set<String> = [
        "AT_AddColumn", "AT_ColumnDefault", "AT_DropNotNull", "AT_SetNotNull", "AT_DropExpression", "AT_SetStatistics",
        "AT_DropColumn", "AT_AddConstraint", "AT_ValidateConstraint", "AT_DropConstraint", "AT_AlterColumnType",
        "AT_SetRelOptions", "AT_ResetRelOptions", "AT_AddIdentity", "AT_DropIdentity",
    ]

    /// Reserved in PostgreSQL's grammar, so that the object could only be named in double quotes.
    static let reservedWords: Set<String> = [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary",
        "both",
        "case", "cast", "check", "collate", "collation", "column", "concurrently", "constraint", "create", "cross",
        "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
        "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch",
        "for", "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "initially", "inner",
        "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime",
        "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order", "outer",
        "overlaps", "placing", "primary", "references", "returning", "right", "select", "session_user", "similar",
        "some", "symmetric", "system_user", "table", "tablesample", "then", "to", "trailing", "true", "union", "unique",
        "user", "using", "variadic", "verbose", "when", "where", "window", "with",
    ]
}
