/// Numbers as measures, and columns by the way that leads to them.
extension QuestionReader {
    func measure(_ number: Draft.Number) throws -> Measure {
        switch number {
        case .metric(let index): .metric(model.source.metrics[index].name)
        case .count(let table): .count(model.tables[table].id)
        case .countDistinct(let column): .countDistinct(id(column))
        case .aggregate(let aggregate, let column):
            .aggregate(
                try checked(aggregate, column),
                conversions[column].map { .converted(id(column), $0) } ?? .column(id(column)))
        case .duration(let aggregate, let from, let to, let unit):
            .aggregate(aggregate, .duration(from: id(from), to: id(to), unit: unit))
        case .averagePerGroup(let table, let by):
            .aggregateOfGroups(.average, .count(model.tables[table].id), by: id(by))
        case .built(let measure, _): measure
        case .part(let table, let conditions): .filtered(.count(model.tables[table].id), conditions)
        case .ratio(let upper, let lower, let table):
            .ratio(
                .filtered(.count(model.tables[table].id), upper), .filtered(.count(model.tables[table].id), lower))
        case .share: throw ReadFailure.unsound("It is not said whose share is meant.")
        }
    }

    /// Sums and averages need a number; the least and the greatest a number or a time.
    private func checked(_ aggregate: Measure.Aggregate, _ column: Int) throws -> Measure.Aggregate {
        let model = model.columns[column]
        let isFine = model.kind == .number && ![.key, .foreignKey].contains(model.role) && model.codes.isEmpty
        let isOrdered = model.isTime && (aggregate == .minimum || aggregate == .maximum)
        if aggregate == .sum, let other = contrary(of: model), !pieces.contains(where: { $0.grammar == .total }) {
            throw ReadFailure.unsound(
                "\(model.title) is what stands on one side of a change, beside \(other.title), and is not added up.")
        }
        guard isFine || isOrdered else {
            throw ReadFailure.unsound("\(model.title) is not a number that can be added up or averaged.")
        }
        return aggregate
    }

    /// "previous price" of "new price": the same number on the other side of a change.
    private func contrary(of column: ColumnModel) -> ColumnModel? {
        guard let first = column.words.first, column.words.count > 1, Self.sides.contains(first) else { return nil }
        return model.columns(of: column.table).first { other in
            other.index != column.index && other.words.dropFirst() == column.words.dropFirst()
                && other.words.first.map(Self.sides.contains) == true
        }
    }

    private static let sides: Set<String> = ["new", "old", "previous", "prior", "before", "after"]

    /// The column with the foreign key that leads to it, where several do.
    func routed(_ column: Int, _ base: Int) throws -> ColumnID {
        let model = model.columns[column]
        guard model.table != base else { return model.id }
        guard let role = try role(from: base, to: model.table) else { return model.id }
        return ColumnID(model.id.table, model.id.name, role: role)
    }

    func routed(_ condition: Condition, _ base: Int) throws -> Condition {
        for column in Self.columns(condition) where column.role == nil {
            guard let known = model.column(column) else { continue }
            let routed = try routed(known.index, base)
            guard let role = routed.role else { continue }
            return condition.mapColumns { other in
                other.table == routed.table && other.role == nil ? ColumnID(other.table, other.name, role: role) : other
            }
        }
        return condition
    }
}
