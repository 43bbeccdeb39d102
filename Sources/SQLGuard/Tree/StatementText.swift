/// A statement as the parser can take it: valid UTF-8 without NUL, of a length that its stack suffices for.
package struct StatementText {
    /// The parser takes all signs in a row for one operator at first, and begins anew behind each start of a comment: time
    /// grows with the square of this.
    private static let longestRun = 500

    let sql: String

    package init(_ bytes: [UInt8]) throws(GuardRefusal) {
        guard bytes.count <= GuardPolicy.longestStatement else {
            throw GuardRefusal(
                .length, "a statement of \(bytes.count) bytes",
                because: "at most \(GuardPolicy.longestStatement) are allowed",
                instead: "Shorten it, for example by joining a table instead of listing values.")
        }
        guard !bytes.contains(0) else {
            throw GuardRefusal(
                .encoding, "a NUL character", because: "no SQL text contains one", instead: "Send it without.")
        }
        guard !Self.hasLongRunOfSigns(bytes) else {
            throw GuardRefusal(
                .length, "a run of more than \(Self.longestRun) operator signs",
                because: "parsing it would take too long, and no statement needs it",
                instead: "Shorten it, also in literals and comments.")
        }
        guard let sql = String(validating: bytes, as: UTF8.self) else {
            throw GuardRefusal(
                .encoding, "a text that is not UTF-8", because: "its bytes are no characters",
                instead: "Send it as UTF-8.")
        }
        self.sql = sql
    }

    private static func hasLongRunOfSigns(_ bytes: [UInt8]) -> Bool {
        var run = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "^"),
                UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "?"), UInt8(ascii: "+"),
                UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: "="):
                run += 1
                if run > longestRun { return true }
            default: run = 0
            }
        }
        return false
    }

    /// The character, counted from 1, at a byte offset that the parser gave; nil when it gave none.
    func position(ofByte offset: Int?) -> Int? {
        guard let offset, offset >= 0, offset <= sql.utf8.count else { return nil }
        let index = sql.utf8.index(sql.startIndex, offsetBy: offset)
        return sql.unicodeScalars[..<index].count + 1
    }
}
