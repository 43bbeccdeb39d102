extension SemanticSource.Metric {
    var parts: [Part] {
        switch computation {
        case .aggregate(let part, _), .snapshot(let part, _, _, _): [part]
        case .ratio(let numerator, let denominator): [numerator, denominator]
        case .statement: []
        }
    }

    var tables: [TableID] {
        if case .statement(_, let tables) = computation { tables } else { parts.map(\.table) }
    }

    /// The SQL that was curated.
    var text: String {
        if case .statement(let sql, _) = computation { return sql }
        let own = parts.map { "\($0.expression) \($0.filter ?? "")" }.joined(separator: " ")
        if case .snapshot(_, let start, let end, _) = computation { return "\(own) \(start) \(end)" }
        return own
    }

    var isRate: Bool {
        if case .ratio = computation { true } else { unit == "%" || text.contains("/") }
    }

    /// Whether its definition aggregates that way; a sum may be called a total.
    func has(_ aggregate: Measure.Aggregate) -> Bool {
        let text = text.uppercased()
        return switch aggregate {
        // The sum of averages is no number of anybody.
        case .sum: !text.contains("AVG(") && !isRate
        case .average: text.contains("AVG(") || isRate
        case .minimum: text.contains("MIN(")
        case .maximum: text.contains("MAX(")
        case .median: text.contains("PERCENTILE")
        case .standardDeviation: text.contains("STDDEV")
        }
    }
}
