/// A column as the reading sees it.
struct ColumnModel: Sendable {
    enum Kind: Sendable, Hashable {
        case number, text, flag, date, moment, other

        init(type: String) {
            let type = type.lowercased()
            let head = type.prefix { $0.isLetter || $0.isNumber }
            switch head {
            case "smallint", "integer", "bigint", "int", "int2", "int4", "int8", "numeric", "decimal", "real", "double",
                "money", "float4", "float8":
                self = type.contains("[]") ? .other : .number
            case "text", "character", "varchar", "char", "citext", "name", "bpchar", "uuid": self = .text
            case "boolean", "bool": self = .flag
            case "date": self = .date
            case "timestamp", "timestamptz": self = .moment
            case "json", "jsonb", "bytea", "interval", "time", "timetz", "xml", "point", "inet": self = .other
            default: self = type.contains("[]") ? .other : .text
            }
        }
    }

    enum Role: Sendable, Hashable {
        case key, foreignKey, label, code, measure, category, flag, time, text
    }

    var index: Int
    var table: Int
    var id: ColumnID
    /// Its name without what only says whose it is.
    var words: [String]
    var title: String
    /// Other names: of its description, and its own as written.
    var aliases: [TableModel.Name] = []
    /// As an adjective of rows, of its description.
    var flagWords: [String]? = nil
    var kind: Kind
    var role: Role
    var isPersonal: Bool
    var isNullable: Bool
    /// What occurs, where files or descriptions say so.
    var values: [String]
    /// What the data's codes are called: 0 is a user.
    var codes: [Enumeration.Code]
    var unit: String?
    /// The tables its foreign key leads to.
    var targets: [Int]

    /// A number without a fraction.
    var isWhole: Bool

    var isTime: Bool { kind == .date || kind == .moment }
    /// What a time column's name says has happened: "hire" of `hire_date`.
    var event: [String] {
        isTime ? words.filter { !Thesaurus.timeTails.contains($0) } : []
    }

    /// How its numbers are put together where the question does not say.
    var defaultAggregate: Measure.Aggregate {
        if words.count > 1, ["min", "minimum", "lowest"].contains(words[0]) { return .minimum }
        if words.count > 1, ["max", "maximum", "highest"].contains(words[0]) { return .maximum }
        return words.contains(where: { Thesaurus.averaged.contains(NameWords.base($0)) }) ? .average : .sum
    }
}
