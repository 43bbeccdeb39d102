extension Collection where Element: StringProtocol {
    /// `a`, `a and b`, `a, b and c`.
    var joinedAsList: String {
        guard count > 1 else { return first.map { String($0) } ?? "" }
        return Array(prefix(count - 1)).joined(separator: ", ") + " and " + Array(suffix(1)).joined()
    }
}
