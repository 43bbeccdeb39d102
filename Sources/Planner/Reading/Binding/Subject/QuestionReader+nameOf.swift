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

    /// "boats with their owner": who a key leads to is shown by name, unless the key itself is asked for.
    mutating func whose(_ column: Int, _ piece: Int?) -> [Int]? {
        let key = model.columns[column]
        guard let piece, key.role == .foreignKey, key.targets.count == 1, let target = key.targets.first,
            target != key.table, key.table == draft.subject, !model.tables[target].labels.isEmpty,
            roleHints[target] == nil || roleHints[target] == key.id.name,
            !pieces[piece].words.contains(where: Self.keyWords.contains)
        else { return nil }
        roleHints[target] = key.id.name
        return model.tables[target].labels
    }

    private static let keyWords: Set<String> = [
        "id", "ids", "key", "keys", "code", "codes", "number", "numbers", "no", "nr", "reference", "identifier",
    ]
}
