/// "tickets of customers on the basic plan": rows of two tables that belong to one of a third, which is named.
extension QuestionReader {
    /// Whether nothing but the owner, one step above both and spoken of, brings the two together.
    func hasSameOwner(_ left: Int, _ right: Int) -> Bool {
        let owners = model.tables.indices.filter { table in
            relations.stepsUp(from: left, to: table) == 1 && relations.stepsUp(from: right, to: table) == 1
        }
        guard owners.count == 1, let owner = owners.first, mentioned.contains(owner) else { return false }
        return !model.tables.indices.contains { table in
            table != left && table != right && relations.stepsUp(from: table, to: left) != nil
                && relations.stepsUp(from: table, to: right) != nil
        }
    }
}
