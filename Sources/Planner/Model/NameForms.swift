/// Names as people say them, where columns are named shorter.
enum NameForms {
    /// A word for several people, of whom each is a member.
    static let groups: Set<String> = ["staff", "personnel", "crew", "team", "faculty"]

    /// "serial number" for `serial_no`, "email address" for `email`.
    static func spoken(_ forms: [([String], Double)]) -> [([String], Double)] {
        var spoken: [([String], Double)] = []
        for (words, quality) in forms {
            guard let last = words.last else { continue }
            if words.count > 1, ["no", "nr", "nbr", "num"].contains(last) {
                spoken.append((words.dropLast() + ["number"], quality))
            }
            if words.count > 1, let whole = ["min": "minimum", "max": "maximum", "avg": "average"][words[0]] {
                spoken.append(([whole] + words.dropFirst(), quality))
            }
            if ["email", "mail", "ip", "mac"].contains(last) { spoken.append((words + ["address"], quality * 0.97)) }
            if words == ["phone"] || words == ["telephone"] { spoken.append((words + ["number"], quality * 0.97)) }
        }
        return spoken
    }
}
