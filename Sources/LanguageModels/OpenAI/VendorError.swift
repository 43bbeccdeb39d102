import ServiceRuntime

/// The error object in a service's body, in the shapes that compatible services give it.
struct VendorError {
    private var code: String?
    private var type: String?
    private var message: String?

    init?(json: JSONValue?) {
        let document = json?[0] ?? json
        guard let document, document.object != nil else { return nil }
        let isBareError = document["object"] == "error" || document["type"] == "error"
        switch document["error"] {
        case .object(let members):
            self.init(members: members)
        case .string(let text):
            self.init(members: ["message": .string(text)])
        default:
            guard isBareError, let members = document.object else { return nil }
            self.init(members: members)
        }
    }

    private init(members: [String: JSONValue]) {
        code = Self.identifier(members["code"]) ?? Self.identifier(members["status"])
        type = Self.identifier(members["type"])
        message = members["message"]?.string
    }

    /// Code and type, as far as they look like identifiers.
    var label: String {
        var parts: [String] = []
        for part in [code, type].compactMap({ $0 }) where !parts.contains(part) { parts.append(part) }
        return parts.joined(separator: ", ")
    }

    var isOutOfQuota: Bool { label.contains("insufficient_quota") || label.contains("billing") }
    var isRateLimit: Bool { label.contains("rate_limit") || code == "429" || isOutOfQuota }

    var isTooLong: Bool {
        let text = message?.lowercased() ?? ""
        return label.contains("context_length_exceeded") || text.contains("maximum context length")
            || text.contains("context window") || text.contains("prompt is too long")
    }

    /// For the end of a sentence about the status: ` (code, type: message)`.
    func suffix(hiding key: Secret) -> String {
        let text = [label, shown(hiding: key)].filter { !$0.isEmpty }.joined(separator: ": ")
        return text.isEmpty ? "" : " (\(text))"
    }

    /// The message in one short line; empty where it might repeat a key, even a masked or shortened one.
    private func shown(hiding key: Secret) -> String {
        guard let message else { return "" }
        let secret = key.reveal()
        let lowered = message.lowercased()
        let hints = ["sk-", "bearer", "api key", "api_key", "apikey"]
        if hints.contains(where: lowered.contains) { return "" }
        if secret.count >= 8 && message.contains(secret.prefix(8)) { return "" }
        if !secret.isEmpty && message.contains(secret) { return "" }
        let line = SecretScan.process.clean(message).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 300 ? line : "\(line.prefix(300))…"
    }

    private static func identifier(_ value: JSONValue?) -> String? {
        guard let text = value?.string ?? value?.integer.map(String.init), (1...64).contains(text.utf8.count),
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) })
        else { return nil }
        return text
    }
}
