/// A number to compute over rows.
package indirect enum Measure: Sendable, Hashable, Codable {
    /// A curated metric, by its name.
    case metric(String)
    /// The rows of a table.
    case count(TableID)
    /// How many different values.
    case countDistinct(ColumnID)
    case aggregate(Aggregate, RowValue)
    /// Over rows that meet further conditions only.
    case filtered(Measure, [Condition])
    /// Each side is aggregated by itself; nothing where the second is zero.
    case ratio(Measure, Measure)
    case difference(Measure, Measure)
    /// The group's part of the sum over all groups, in percent; additive measures only.
    case shareOfTotal(Measure)
    /// Computed per value of the column first, then over these values: "average orders per customer".
    case aggregateOfGroups(Aggregate, Measure, by: ColumnID)
    /// Added up over the periods of a trend, from the first one that is shown; additive measures only.
    case running(Measure)

    package enum Aggregate: String, Sendable, Hashable, Codable {
        case sum, average, minimum, maximum, median, standardDeviation
    }
}

/// A number or a moment of one row.
package enum RowValue: Sendable, Hashable, Codable {
    case column(ColumnID)
    /// From one moment to a later one.
    case duration(from: ColumnID, to: ColumnID, unit: DurationUnit)
    /// One number of a row less another one.
    case difference(ColumnID, ColumnID)
    /// In another unit than it is kept in.
    case converted(ColumnID, UnitConversion)
    /// From a moment until today.
    case age(of: ColumnID, unit: DurationUnit)

    package enum DurationUnit: String, Sendable, Hashable, Codable {
        case second, minute, hour, day, month, year
    }
}

/// From the unit that a number is kept in to the one that it is told in.
package struct UnitConversion: Sendable, Hashable, Codable {
    /// Plural, for people: "minutes".
    package var unit: String
    package var factor: Int
    package var divisor: Int

    package init(to unit: String, factor: Int = 1, divisor: Int = 1) {
        self.unit = unit
        self.factor = factor
        self.divisor = divisor
    }
}

extension Measure {
    /// Whether it is shown for every period: what is defined, and what is added up from period to period.
    var isDefined: Bool {
        switch self {
        case .metric, .running: true
        case .filtered(let inner, _), .shareOfTotal(let inner): inner.isDefined
        case .count, .countDistinct, .aggregate, .ratio, .difference, .aggregateOfGroups: false
        }
    }
}
