/// What PostgreSQL can do with a column's values, read from the name of its type.
enum SQLType: Sendable, Hashable {
    case integer, decimal, text, boolean, date, timestamp, zonedTimestamp, interval, other

    init(_ name: String) {
        var base = name.lowercased()
        if base.hasSuffix("[]") {
            self = .other
            return
        }
        // `timestamp(3) with time zone`, `numeric(10,2)`.
        if let open = base.firstIndex(of: "("), let close = base.firstIndex(of: ")"), open < close {
            base.removeSubrange(open...close)
        }
        switch base {
        case "smallint", "integer", "bigint", "int", "int2", "int4", "int8": self = .integer
        case "numeric", "decimal", "real", "double precision", "float4", "float8": self = .decimal
        case "text", "character varying", "varchar", "character", "char", "bpchar", "citext", "name": self = .text
        case "boolean", "bool": self = .boolean
        case "date": self = .date
        case "timestamp without time zone", "timestamp": self = .timestamp
        case "timestamp with time zone", "timestamptz": self = .zonedTimestamp
        case "interval": self = .interval
        default: self = .other
        }
    }

    var isNumber: Bool { self == .integer || self == .decimal }
    var isTemporal: Bool { self == .date || self == .timestamp || self == .zonedTimestamp }
}
