import Postgres

extension ColumnType {
    /// Of a built-in type, by its object id; nil for a type that a database defines itself.
    init?(builtInOID oid: UInt32) {
        switch oid {
        case 16: self = .boolean
        case 20, 21, 23, 26: self = .integer
        case 700, 701, 790, 1700: self = .decimal
        case 18, 19, 25, 1042, 1043, 2950, 705: self = .text
        case 1082: self = .date
        case 1114, 1184: self = .timestamp
        case 114, 3802: self = .json
        case 16_384...: return nil
        default: self = .other
        }
    }

    /// By `pg_type.typcategory`.
    init(category: String) {
        self =
            switch category {
            case "B": .boolean
            case "N": .decimal
            case "S", "E": .text
            case "D": .timestamp
            default: .other
            }
    }

    /// The most bytes that a value of the type takes on the wire; nil where there is no bound worth the name.
    static func wireBound(builtInOID oid: UInt32) -> Int? {
        switch oid {
        // 131,072 digits before the point and 16,383 behind it.
        case 1700: 150_000
        case 16, 18, 19, 20, 21, 23, 26, 700, 701, 790, 1082, 1083, 1114, 1184, 1186, 1266, 2950: 64
        default: nil
        }
    }
}
