/// The semantic source with its words, roles and keys worked out: what questions are read with.
package struct SemanticModel: Sendable {
    package let source: SemanticSource
    let tables: [TableModel]
    let columns: [ColumnModel]
    let lexicon: Lexicon
    let relations: Relations
    /// Per metric, what it is taken over, where a plan can say so.
    let metricRows: [MetricRows?]
    private let tableIndex: [TableID: Int]
    private let columnIndex: [ColumnID: Int]
    private let metricIndex: [String: Int]

    package init(_ source: SemanticSource) {
        self.source = source
        let builder = ModelBuilder(source)
        tables = builder.tables
        columns = builder.columns
        var tableIndex: [TableID: Int] = [:]
        for table in builder.tables { tableIndex[table.id] = table.index }
        self.tableIndex = tableIndex
        var columnIndex: [ColumnID: Int] = [:]
        for column in builder.columns { columnIndex[column.id] = column.index }
        self.columnIndex = columnIndex
        var metricIndex: [String: Int] = [:]
        for (index, metric) in source.metrics.enumerated() { metricIndex[metric.name] = index }
        self.metricIndex = metricIndex
        relations = Relations(source.tables)
        metricRows = source.metrics.map { MetricRows($0, in: source) }
        lexicon = LexiconBuilder.lexicon(tables: builder.tables, columns: builder.columns, source: source)
    }

    /// The column that is empty while a row holds, where curated numbers say which one that is.
    func stockEnd(of table: TableID) -> ColumnID? {
        for rows in metricRows.compactMap({ $0 }) where rows.isStock && rows.table == table {
            if case .isEmpty(let column)? = rows.conditions.first { return column }
        }
        return nil
    }

    func table(_ id: TableID) -> TableModel? { tableIndex[id].map { tables[$0] } }

    func column(_ id: ColumnID) -> ColumnModel? { index(of: id).map { columns[$0] } }

    func index(of id: ColumnID) -> Int? { columnIndex[ColumnID(id.table, id.name)] }

    func metric(_ name: String) -> SemanticSource.Metric? { metricIndex[name].map { source.metrics[$0] } }

    func columns(of table: Int) -> ArraySlice<ColumnModel> { columns[tables[table].columns] }
}

extension SemanticModel {
    /// The table of which the number counts every row; nil for other numbers, and for rows that hold for a while.
    func tableCounted(by measure: Measure) -> TableID? {
        switch measure {
        case .count(let table): return table
        case .metric(let name):
            guard let index = source.metrics.firstIndex(where: { $0.name == name }),
                let rows = metricRows[index], rows.isCount, !rows.isStock, rows.conditions.isEmpty
            else { return nil }
            return rows.table
        default: return nil
        }
    }
}
