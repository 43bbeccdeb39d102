/// Removes what looks like a secret from texts that are stored, sent, logged or shown to a model.
///
/// Finds well-known forms of keys, passwords in addresses and after their names, random texts after words such as
/// "token", and the exact secrets that were registered, also URL-encoded and in base64. What it removes is counted and
/// reported without its value. Ordinary data stays: identifiers, hashes and codes are removed only where a word
/// before them says that they are secret.
package final class SecretScan: Sendable {
    /// The one of this process: it knows the process's own secrets.
    package static let process = SecretScan()

    package typealias Alert = @Sendable ([SecretKind: Int]) -> Void

    private struct State {
        var fingerprints = SecretFingerprints()
        var removed: [SecretKind: Int] = [:]
        var alert: Alert?
    }

    private let state = Locked(State())

    package init() {}

    /// From now on these values are found wherever they occur. Values that a common word could equal are left out.
    package func register(_ secrets: [Secret]) {
        state.withLock { state in
            for secret in secrets { state.fingerprints.add(secret) }
        }
    }

    /// Called after each text from which something was removed. The alert must not show what it was given.
    package func onRemoval(_ alert: @escaping Alert) {
        state.withLock { $0.alert = alert }
    }

    /// How much was removed since the start.
    package var removed: [SecretKind: Int] { state.withLock(\.removed) }

    /// The text without secrets; the same text where it holds none.
    package func clean(_ text: String) -> String {
        let fingerprints = state.withLock(\.fingerprints)
        var text = text
        let findings = text.withUTF8 { SecretScanner($0, fingerprints).findings() }
        guard !findings.isEmpty else { return text }
        report(findings.map(\.kind))
        return Self.replacing(findings, in: text)
    }

    /// The same for a value that has a name, as a cell has a column: the name may say that it is a secret.
    package func clean(_ text: String, named name: String) -> String {
        let cleaned = clean(text)
        guard cleaned == text, let kind = SecretNames.kind(ofValue: text, named: name) else { return cleaned }
        report([kind])
        return kind.replacement
    }

    /// All texts of a document, its members' names included.
    package func clean(_ json: JSONValue) -> JSONValue {
        switch json {
        case .string(let text): return .string(clean(text))
        case .array(let elements): return .array(elements.map { clean($0) })
        case .object(let members):
            var result: [String: JSONValue] = [:]
            result.reserveCapacity(members.count)
            for (name, value) in members {
                let value: JSONValue =
                    if case .string(let text) = value { .string(clean(text, named: name)) } else { clean(value) }
                result[clean(name)] = value
            }
            return .object(result)
        case .null, .bool, .integer, .number: return json
        }
    }

    private func report(_ kinds: [SecretKind]) {
        let alert = state.withLock { state in
            for kind in kinds { state.removed[kind, default: 0] += 1 }
            return state.alert
        }
        alert?(kinds.reduce(into: [:]) { $0[$1, default: 0] += 1 })
    }

    private static func replacing(_ findings: [SecretFinding], in text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        for finding in findings {
            result += bytes[position..<finding.range.lowerBound]
            result += finding.kind.replacement.utf8
            position = finding.range.upperBound
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }
}

/// Where a secret stands in a text, in UTF-8 bytes.
struct SecretFinding: Sendable, Equatable {
    var range: Range<Int>
    var kind: SecretKind
}
