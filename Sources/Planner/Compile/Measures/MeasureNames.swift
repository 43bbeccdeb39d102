/// Short names of result columns, each used once.
struct MeasureNames {
    private var taken: Set<String> = []
    private let schema: CompileSchema

    init(schema: CompileSchema) { self.schema = schema }

    /// The name itself, or with a number where it is taken.
    mutating func unique(_ name: String) -> String {
        let short = String(name.prefix(56))
        var candidate = short
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(short)_\(number)"
            number += 1
        }
        return candidate
    }

    /// - Parameter isShare: a quotient that is shown in percent.
    mutating func name(of measure: Measure, isShare: Bool = false) -> String {
        unique(plain(measure) + (isShare && measure.isQuotient ? "_pct" : ""))
    }
    mutating func name(of column: ColumnID) -> String {
        var own = slug(column)
        // "id" alone names nothing.
        if own == "id" || own == "uuid" {
            let table = Self.slug(column.table.name)
            own = "\(column.role.map(Self.slug) ?? Stemmer.variants(of: table).first ?? table)_\(own)"
        }
        guard taken.contains(own) else { return unique(own) }
        let qualifier = column.role.map(Self.slug) ?? Self.slug(column.table.name)
        return unique("\(qualifier)_\(own)")
    }

    func plain(_ measure: Measure) -> String {
        switch measure {
        case .metric(let name): return Self.metric(name)
        case .count(let table): return "number_of_\(Self.slug(table.name))"
        case .countDistinct(let column):
            let isKey = schema.tables[column.table]?.primaryKey == [column.name]
            return isKey ? "number_of_\(Self.slug(column.table.name))" : "distinct_\(slug(column))"
        case .aggregate(let aggregate, let value): return "\(Self.prefix(aggregate))_\(plain(value))"
        case .filtered(let inner, let conditions):
            let values = conditions.compactMap { condition -> String? in
                switch condition {
                case .oneOf(_, let values) where values.count == 1: Self.slug(values[0])
                case .not(.oneOf(_, let values)) where values.count == 1: "not_" + Self.slug(values[0])
                case .isTrue(let column): slug(column)
                default: nil
                }
            }
            let isPresence = conditions.allSatisfy { condition in
                switch condition {
                case .isEmpty, .not(.isEmpty): true
                default: false
                }
            }
            if isPresence { return plain(inner) }
            let suffix = values.isEmpty || values.joined().utf8.count > 24 ? "filtered" : values.joined(separator: "_")
            return "\(plain(inner))_\(suffix)"
        case .ratio(.filtered(let part, _), let whole) where part == whole: return "share_of_\(Self.bare(plain(whole)))"
        case .ratio(let upper, let lower): return "\(plain(upper))_per_\(Self.bare(plain(lower)))"
        case .difference(let left, let right): return "\(plain(left))_minus_\(plain(right))"
        case .running(let inner): return "cumulative_\(plain(inner))"
        case .shareOfTotal(let inner): return "share_of_\(Self.bare(plain(inner)))_pct"
        case .aggregateOfGroups(let aggregate, let inner, let column):
            let isKey = schema.tables[column.table]?.primaryKey == [column.name]
            return
                "\(Self.prefix(aggregate))_\(Self.bare(plain(inner)))_per_\(isKey ? Self.slug(column.table.name) : slug(column))"
        }
    }

    private func plain(_ value: RowValue) -> String {
        switch value {
        case .column(let column): slug(column)
        case .duration(_, let to, let unit): "\(unit.rawValue)s_to_\(slug(to))"
        case .difference(let left, let right): "\(slug(left))_minus_\(slug(right))"
        case .converted(let column, let conversion): "\(slug(column))_in_\(Self.slug(conversion.unit))"
        case .age(let column, let unit): "\(unit.rawValue)s_since_\(slug(column))"
        }
    }

    /// In the spelling of people where knowledge files write the same name with capitals: `txAmount`.
    private func slug(_ column: ColumnID) -> String {
        let known = schema.tables[column.table]?.columns.first { $0.name == column.name }
        let spelled = known?.synonyms.first { $0.lowercased() == column.name.lowercased() }
        return Self.slug(spelled ?? column.name)
    }

    /// "Monthly Recurring Revenue (MRR)" is mrr.
    private static func metric(_ name: String) -> String {
        let pieces = name.split { $0 == "(" || $0 == ")" }.map { slug(String($0)) }.filter { !$0.isEmpty }
        return pieces.min { $0.count < $1.count } ?? "value"
    }

    private static func bare(_ name: String) -> String {
        name.hasPrefix("number_of_") ? String(name.dropFirst("number_of_".count)) : name
    }

    private static func prefix(_ aggregate: Measure.Aggregate) -> String {
        switch aggregate {
        case .sum: "total"
        case .average: "average"
        case .minimum: "minimum"
        case .maximum: "maximum"
        case .median: "median"
        case .standardDeviation: "stddev"
        }
    }

    static func slug(_ text: String) -> String {
        let words = Words.split(text).filter { $0 != Words.boundary }
            .map { word in String(word.map { $0.isLetter || $0.isNumber ? $0 : "_" }) }
        return words.isEmpty ? "value" : words.joined(separator: "_")
    }
}
