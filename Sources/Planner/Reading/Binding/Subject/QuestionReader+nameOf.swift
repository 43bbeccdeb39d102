/// "The name of the chair of each committee": of whom a key leads to.
extension QuestionReader {
    mutating func readNameOf(_ column: Int) -> Bool {
        let key = model.columns[column]
        guard role == .which, draft.numbers.isEmpty, draft.rank == nil, key.role == .foreignKey, key.targets.count == 1,
            let target = key.targets.first, !model.tables[target].labels.isEmpty,
            draft.subject == nil || draft.subject == key.table, !asked.isEmpty,
            asked.allSatisfy({ model.columns[$0].role == .label || model.columns[$0].words.last == "name" })
        else { return false }
        asked = model.tables[target].labels
        roleHints[target] = key.id.name
        draft.subject = key.table
        return true
    }
}
