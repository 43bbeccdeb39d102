/// The kinds of knowledge, each with its own shape.
package enum KnowledgeContent: Sendable, Codable, Equatable {
    case table(TableKnowledge)
    case query(ValidatedQuery)
    case metric(Metric)
    case rule(BusinessRule)
    case gotcha(Gotcha)
    case document(Document)
    case business(BusinessProfile)

    package enum Kind: String, Sendable, Codable, CaseIterable {
        case table, query, metric, rule, gotcha, document, business
    }

    package var kind: Kind {
        switch self {
        case .table: .table
        case .query: .query
        case .metric: .metric
        case .rule: .rule
        case .gotcha: .gotcha
        case .document: .document
        case .business: .business
        }
    }

    /// Unique within the kind.
    package var name: String {
        switch self {
        case .table(let table): table.name
        case .query(let query): query.name
        case .metric(let metric): metric.name
        case .rule(let rule): rule.text
        case .gotcha(let gotcha): gotcha.issue
        case .document(let document): document.title
        case .business(let profile): profile.name
        }
    }
}

extension KnowledgeContent {
    /// How people find the entry in its file, for example `metric "Churn Rate"`.
    package var label: String {
        "\(kind.rawValue) \"\(name.count > 80 ? name.prefix(79) + "…" : name)\""
    }
}
