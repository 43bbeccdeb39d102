/// Guesses by a column's name whether its values are secrets or let somebody in: never read ahead, whatever files say.
enum SecretColumnGuess {
    /// Secret wherever they stand in a name, also in the plural.
    private static let secrets: Set<String> = [
        "password", "passwd", "pwd", "passphrase", "passcode", "secret", "token", "credential", "apikey", "accesskey",
        "privatekey", "secretkey", "hash", "salt", "otp", "totp", "pin", "cvv", "cvc", "ssn", "iban", "pan",
        "cardnumber", "creditcard", "jwt", "bearer", "webhook",
    ]
    /// Ends of names that were written in one: `authtoken`, `userpassword`.
    private static let endings = [
        "password", "passwd", "passphrase", "secret", "token", "credential", "apikey", "accesskey", "privatekey",
        "secretkey", "cardnumber",
    ]
    /// Before a key.
    private static let kinds: Set<String> = [
        "api", "secret", "access", "private", "signing", "encryption", "auth", "license", "licence", "activation",
        "recovery", "backup", "session", "master", "webhook", "ssh", "client",
    ]
    /// Two words that say it together.
    private static let pairs: Set<[String]> = [
        ["card", "number"], ["card", "no"], ["card", "num"], ["card", "nr"], ["credit", "card"], ["debit", "card"],
        ["cc", "number"], ["cc", "num"], ["security", "code"], ["recovery", "code"], ["backup", "code"],
        ["verification", "code"], ["reset", "code"], ["social", "security"], ["connection", "string"],
        ["pass", "word"], ["pass", "phrase"],
    ]
    /// What is told of a secret tells none: `token_count`, `password_changed_at`, `card_number_type`.
    private static let harmless: Set<String> = [
        "count", "type", "kind", "status", "state", "at", "on", "date", "day", "expiry", "expires", "length",
        "algorithm", "policy",
    ]

    static func isSecret(_ column: String) -> Bool {
        let written = SearchWords.words(in: column)
        guard let last = written.last, let first = written.first else { return false }
        if written.count > 1, harmless.contains(last) || ["is", "has", "num", "n"].contains(first) { return false }
        let words = written.map(singular)
        if words.contains(where: isSecretWord) { return true }
        let neighbours = zip(words, words.dropFirst())
        if neighbours.contains(where: { pairs.contains([$0, $1]) }) { return true }
        return words.contains("key") && words.contains(where: kinds.contains)
    }

    private static func isSecretWord(_ word: String) -> Bool {
        secrets.contains(word) || endings.contains { word.hasSuffix($0) }
    }

    private static func singular(_ word: String) -> String {
        if word == "hashes" { return "hash" }
        return word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
    }
}
