/// Keys that only the knowledge files declare: what the rows say of them.
extension SemanticSource {
    /// By table, the columns on either side of such keys that nothing in the database keeps unique: whether the rows hold
    /// each value once decides which way a key leads.
    package var doubtfulKeys: [TableID: Set<String>] {
        var columns: [TableID: Set<String>] = [:]
        for table in tables {
            for key in table.foreignKeys where isDoubtful(key) {
                columns[table.id, default: []].formUnion(key.columns)
                columns[key.table, default: []].formUnion(key.referencedColumns)
            }
        }
        return columns
    }

    /// With what was seen of those columns.
    ///
    /// A key that names several rows while its own column holds each value once was written down the wrong way round, and is
    /// turned.
    ///
    /// - Parameter isUnique: columns that were looked at; of others the files' word stands.
    package func observing(_ isUnique: [ColumnID: Bool]) -> SemanticSource {
        guard !isUnique.isEmpty else { return self }
        var result = self
        var turned: [(table: TableID, key: ForeignKey)] = []
        for index in tables.indices {
            let id = tables[index].id
            result.tables[index].foreignKeys = tables[index].foreignKeys.compactMap { key in
                guard isDoubtful(key), let namesOne = isUnique[ColumnID(key.table, key.referencedColumns[0])] else {
                    return key
                }
                var seen = key
                seen.namesOne = namesOne
                let isOwn = isKept(key.columns, in: id) || isUnique[ColumnID(id, key.columns[0])] ?? false
                guard !namesOne, isOwn else { return seen }
                let other = ForeignKey(
                    columns: key.referencedColumns, table: id, referencedColumns: key.columns, isEnforced: false,
                    namesOne: true)
                turned.append((key.table, other))
                return nil
            }
        }
        for (table, key) in turned {
            guard let index = result.tables.firstIndex(where: { $0.id == table }) else { continue }
            let isKnown = result.tables[index].foreignKeys.contains {
                $0.columns == key.columns && $0.table == key.table && $0.referencedColumns == key.referencedColumns
            }
            if !isKnown { result.tables[index].foreignKeys.append(key) }
        }
        return result
    }

    private func isDoubtful(_ key: ForeignKey) -> Bool {
        !key.isEnforced && key.columns.count == 1 && key.referencedColumns.count == 1
            && !isKept(key.referencedColumns, in: key.table)
    }

    private func isKept(_ columns: [String], in id: TableID) -> Bool {
        guard let table = tables.first(where: { $0.id == id }) else { return false }
        return ([table.primaryKey] + table.uniqueKeys).contains { !$0.isEmpty && Set($0).isSubset(of: columns) }
    }
}
