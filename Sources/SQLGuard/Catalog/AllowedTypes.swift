/// Built-in types that values of company data have.
///
/// Left out: the types that look names up (`regclass` and its like), those of the server's own bookkeeping (`oid`, `xid`,
/// `tid`, `pg_lsn`, …), pseudo-types, `xml`, and row types of tables.
enum AllowedTypes {
    private static let names: Set<String> = [
        "bool", "boolean", "int2", "int4", "int8", "smallint", "int", "integer", "bigint", "numeric", "decimal",
        "money",
        "float4", "float8", "real", "text", "varchar", "bpchar", "char", "name", "bytea", "bit", "varbit", "uuid",
        "date", "time", "timetz", "timestamp", "timestamptz", "interval",
        "json", "jsonb", "jsonpath", "tsvector", "tsquery", "inet", "cidr", "macaddr", "macaddr8",
        "point", "line", "lseg", "box", "path", "polygon", "circle",
        "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange",
        "int4multirange", "int8multirange", "nummultirange", "tsmultirange", "tstzmultirange", "datemultirange",
        // Not types of their own: a column with a sequence in the same schema.
        "smallserial", "serial", "bigserial", "serial2", "serial4", "serial8",
    ]

    /// `name` as the parser has it; `_text` is how catalogs write `text[]`.
    static func contains(_ name: String) -> Bool {
        names.contains(name) || name.first == "_" && names.contains(String(name.dropFirst()))
    }
}
