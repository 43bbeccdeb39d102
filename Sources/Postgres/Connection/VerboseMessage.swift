/// A message in libpq's verbose form, `FATAL: 28P01: password authentication failed … LOCATION: auth_failed, auth.c:332`,
/// taken apart.
struct VerboseMessage: Equatable {
    /// Of the first error, where the message has one.
    var sqlState: String?
    /// As in the usual form.
    var text: String

    init(_ message: String) {
        var kept: [Substring] = []
        var isLocation = false
        for word in message.split(separator: " ") {
            if word == "LOCATION:" {
                isLocation = true
            } else if isLocation {
                // "auth_failed, auth.c:332" is its whole text.
                isLocation = !Self.endsLocation(word)
            } else if kept.last?.last == ":", let state = Self.state(word) {
                sqlState = sqlState ?? state
            } else {
                kept.append(word)
            }
        }
        text = kept.joined(separator: " ")
    }

    private static func endsLocation(_ word: Substring) -> Bool {
        let parts = word.split(separator: ":")
        return parts.count == 2 && Int(parts[1]) != nil
    }

    /// `28P01:`
    private static func state(_ word: Substring) -> String? {
        guard word.utf8.count == 6, word.last == ":", let first = word.utf8.first, (0x30...0x39).contains(first) else {
            return nil
        }
        let isState = word.dropLast().utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        return isState ? String(word.dropLast()) : nil
    }
}
