/// What happens has no name of its own: it is told apart by whose it is.
extension QuestionReader {
    private static let mostNames = 3

    /// The names of the things that a row belongs to, each by one key only: "invoices" by their customer's.
    func ownerLabels(_ subject: Int) -> [Int] {
        guard model.tables[subject].labels.isEmpty, model.tables[subject].mainTime != nil else { return [] }
        let links = model.columns(of: subject).flatMap { column in column.targets.filter { $0 != subject } }
        var owners: [Int] = []
        for owner in links where !owners.contains(owner) && links.count(where: { $0 == owner }) == 1 {
            owners.append(owner)
        }
        return Array(
            owners.flatMap { owner in
                model.tables[owner].labels.filter { !model.columns[$0].isPersonal }
            }.prefix(Self.mostNames))
    }
}
