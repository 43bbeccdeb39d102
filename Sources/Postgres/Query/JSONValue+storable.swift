package import ServiceRuntime

extension JSONValue {
    /// The same document without NUL characters, which `jsonb` refuses.
    package var storable: JSONValue {
        switch self {
        case .string(let text) where text.utf8.contains(0): .string(text.filter { $0 != "\0" })
        case .array(let elements): .array(elements.map(\.storable))
        case .object(let members):
            .object(
                Dictionary(
                    members.map { ($0.key.filter { $0 != "\0" }, $0.value.storable) },
                    uniquingKeysWith: { first, _ in first }))
        default: self
        }
    }
}
