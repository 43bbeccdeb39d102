/// "how much was charged", "how much do customers owe us": a sum that a verb names.
enum MoneyVerbs {
    /// Words of a number's name by the verb that asks for it; the verb's own forms first.
    static func names(_ verb: String) -> Set<String> { byVerb[verb] ?? [] }

    private static let byVerb: [String: Set<String>] = {
        var names: [String: Set<String>] = [:]
        for (verbs, nouns) in [
            (
                ["charged", "billed", "invoiced", "charge", "bill", "invoice"],
                ["charged", "charges", "billed", "billing", "billings", "invoiced"]
            ),
            (["owe", "owes", "owed", "owing"], ["owed", "owing", "outstanding", "receivable", "receivables"]),
            (["outstanding"], ["outstanding", "receivable", "receivables"]),
            (["collected", "collect"], ["collected", "collections"]),
            (["refunded", "refund"], ["refunded", "refunds"]), (["spent", "spend"], ["spent", "spend", "spending"]),
            (["donated", "donate"], ["donated", "donations"]), (["earned", "earn"], ["earned", "earnings"]),
        ] {
            for verb in verbs { names[verb] = Set(nouns) }
        }
        return names
    }()
}
