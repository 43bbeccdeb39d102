/// Adjectives and their contraries, for columns that are true or false: "closed" is not open.
enum Contraries {
    static func of(_ word: String) -> String? { contraries[word] }

    private static let contraries: [String: String] = {
        var contraries: [String: String] = [:]
        for (left, right) in [
            ("open", "closed"), ("active", "inactive"), ("paid", "unpaid"), ("read", "unread"), ("public", "private"),
            ("enabled", "disabled"), ("online", "offline"), ("available", "unavailable"), ("present", "absent"),
            ("visible", "hidden"), ("complete", "incomplete"), ("valid", "invalid"), ("alive", "dead"),
            ("correct", "incorrect"), ("true", "false"), ("domestic", "foreign"), ("dependent", "independent"),
        ] {
            contraries[left] = right
            contraries[right] = left
        }
        return contraries
    }()
}
