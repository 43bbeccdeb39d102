/// Names that a table has from its description only.
extension PieceFinder {
    /// "business customers", as the description calls all of them, where business is a plan as well: the value is said.
    mutating func partDescribedNames() {
        for (range, entries) in terms where range.count > 1 {
            let (lead, last) = (range.lowerBound..<range.upperBound - 1, range.upperBound - 1..<range.upperBound)
            let isValue = (terms[lead] ?? []).contains { entry in
                if case .value = entry.sense { entry.quality >= 0.95 } else { false }
            }
            guard isValue else { continue }
            let kept = entries.filter { entry in
                guard case .table(let table) = entry.sense, entry.quality < 0.95, !entry.isTaught else { return true }
                return !(terms[last] ?? []).contains { $0.sense == .table(table) && $0.quality >= 0.95 }
            }
            if kept.count < entries.count { terms[range] = kept.isEmpty ? nil : kept }
        }
    }
}
