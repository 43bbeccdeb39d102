/// What a column's type is about, whatever dialect names it: enough to notice that a description is out of date.
enum TypeFamily: Equatable {
    case number, text, boolean, time, other

    init(_ type: String) {
        let name = type.lowercased().prefix { $0.isLetter || $0 == "_" || $0.isNumber || $0 == " " }
        let word = name.split(separator: " ").first.map(String.init) ?? ""
        switch word {
        case "smallint", "integer", "int", "bigint", "int2", "int4", "int8", "serial", "bigserial", "smallserial",
            "numeric", "decimal", "real", "double", "float", "float4", "float8":
            self = .number
        case "text", "varchar", "character", "char", "citext", "bpchar", "string": self = .text
        case "boolean", "bool": self = .boolean
        case "date", "timestamp", "timestamptz": self = .time
        default: self = .other
        }
        if type.hasSuffix("[]") { self = .other }
    }
}
