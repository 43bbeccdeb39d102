/// Aggregate functions over a value, where its type has them.
enum AggregateWriter {
    static func aggregate(
        _ aggregate: Measure.Aggregate, _ value: SQLExpression, _ type: SQLType, of name: String,
        filter: SQLExpression?
    ) throws(CompileError) -> SQLExpression {
        switch aggregate {
        case .minimum, .maximum:
            guard type != .boolean, type != .other else {
                throw CompileError("\(name) has no order, so it has no smallest and no largest value.")
            }
        case .sum, .average:
            guard type.isNumber || type == .interval else {
                throw CompileError("\(name) is no number, so it cannot be added up.")
            }
        case .median, .standardDeviation:
            guard type.isNumber || type == .interval && aggregate == .median else {
                throw CompileError("\(name) is no number.")
            }
        }
        switch aggregate {
        case .median: return .median(value, filter: filter)
        default: return .aggregate(function(aggregate), [value], isDistinct: false, filter: filter)
        }
    }

    private static func function(_ aggregate: Measure.Aggregate) -> String {
        switch aggregate {
        case .sum: "sum"
        case .average: "avg"
        case .minimum: "min"
        case .maximum: "max"
        case .median: "percentile_cont"
        case .standardDeviation: "stddev_samp"
        }
    }
}
