package import ServiceRuntime

extension JSONValue {
    /// The same document without NUL characters, which `jsonb` refuses, and without secrets, which nobody wants kept.
    package var storable: JSONValue { SecretScan.process.clean(withoutNUL) }

    private var withoutNUL: JSONValue {
        switch self {
        case .string(let text) where text.utf8.contains(0): .string(text.filter { $0 != "\0" })
        case .array(let elements): .array(elements.map(\.withoutNUL))
        case .object(let members):
            .object(
                Dictionary(
                    members.map { ($0.key.filter { $0 != "\0" }, $0.value.withoutNUL) },
                    uniquingKeysWith: { first, _ in first }))
        default: self
        }
    }
}

extension String {
    /// The same text without NUL characters, which PostgreSQL refuses, and without secrets.
    package var storable: String {
        SecretScan.process.clean(utf8.contains(0) ? filter { $0 != "\0" } : self)
    }
}
