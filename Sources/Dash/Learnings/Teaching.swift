package import Planner

/// What a correction changes in how questions are read, with a question that proves it.
package struct Teaching: Sendable, Codable, Equatable {
    /// A question and the plan that it had when the change was made.
    package struct Regression: Sendable, Codable, Equatable {
        package var question: String
        package var plan: Plan

        package init(question: String, plan: Plan) {
            self.question = question
            self.plan = plan
        }
    }

    package var adjustment: Adjustment
    package var regression: Regression

    package init(adjustment: Adjustment, regression: Regression) {
        self.adjustment = adjustment
        self.regression = regression
    }
}

extension Adjustment {
    /// For people, one sentence.
    package var sentence: String {
        switch self {
        case .metricSynonym(let phrase, let metric): "“\(phrase)” means the metric \(metric)."
        case .columnSynonym(let phrase, let column): "“\(phrase)” means \(column.table.name).\(column.name)."
        case .tableSynonym(let phrase, let table): "“\(phrase)” means the rows of \(table.name)."
        case .valueAlias(let phrase, let column, let value):
            "“\(phrase)” means \(column.table.name).\(column.name) = “\(value)”."
        case .defaultFilter(let metric, let table, let condition):
            "\(metric ?? table?.name ?? "Everything") counts only rows where \(condition.sentence)."
        case .excludedWord(let word): "The word “\(word)” is passed over."
        }
    }
}

extension Condition {
    /// For people, without a full stop.
    fileprivate var sentence: String {
        func name(_ column: ColumnID) -> String { "\(column.table.name).\(column.name)" }
        return switch self {
        case .compare(let column, let comparator, let number): "\(name(column)) \(comparator.rawValue) \(number)"
        case .oneOf(let column, let values): "\(name(column)) is \(values.joined(separator: " or "))"
        case .text(let column, _, let text): "\(name(column)) has “\(text)”"
        case .isEmpty(let column): "\(name(column)) is empty"
        case .isTrue(let column): "\(name(column)) is true"
        case .not(.oneOf(let column, let values)): "\(name(column)) is not \(values.joined(separator: " or "))"
        case .not(.isTrue(let column)): "\(name(column)) is not true"
        case .not(.isEmpty(let column)): "\(name(column)) is not empty"
        case .not(let condition): "it is not so that \(condition.sentence)"
        case .any(let conditions): conditions.map(\.sentence).joined(separator: " or ")
        default: "a further condition holds"
        }
    }
}
