import ServiceRuntime

/// Compares a tool call's arguments with the tool's JSON Schema: `type`, `required`, `properties`, `items`, `enum` and
/// `additionalProperties: false`; everything else is the tool's own business.
struct ArgumentCheck {
    private var problems: [String] = []
    private static let maximumProblems = 5

    /// What does not match, as sentences for the model; empty where all is well.
    static func problems(of arguments: JSONValue, against schema: JSONValue) -> [String] {
        var check = ArgumentCheck()
        check.visit(arguments, schema, path: "")
        return Array(check.problems.prefix(maximumProblems))
    }

    private mutating func visit(_ value: JSONValue, _ schema: JSONValue, path: String) {
        guard problems.count < Self.maximumProblems else { return }
        let name = path.isEmpty ? "the arguments" : "`\(path)`"
        let types = schema["type"]?.string.map { [$0] } ?? schema["type"]?.array?.compactMap(\.string) ?? []
        guard types.isEmpty || types.contains(where: { value.isOf(schemaType: $0) }) else {
            return problems.append("\(name) must be \(types.joined(separator: " or ")), not \(value.schemaType)")
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) {
            let list = allowed.map { $0.encoded() }.joined(separator: ", ")
            problems.append("\(name) must be one of \(list)")
        }
        if let members = value.object { visit(members, schema, path: path) }
        if let elements = value.array, let items = schema["items"] {
            for (index, element) in elements.enumerated() { visit(element, items, path: "\(path)[\(index)]") }
        }
    }

    private mutating func visit(_ members: [String: JSONValue], _ schema: JSONValue, path: String) {
        let prefix = path.isEmpty ? "" : "\(path)."
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        for name in required where members[name] == nil { problems.append("`\(prefix)\(name)` is missing") }
        let properties = schema["properties"]?.object ?? [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            if let property = properties[name] {
                // Several models write null for "not given".
                if value == .null && !required.contains(name) { continue }
                visit(value, property, path: prefix + name)
            } else if schema["additionalProperties"] == false {
                let known = properties.keys.sorted().joined(separator: ", ")
                problems.append("`\(prefix)\(name)` is unknown; known are \(known)")
            }
        }
    }
}

extension JSONValue {
    fileprivate var schemaType: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    fileprivate func isOf(schemaType type: String) -> Bool {
        switch type {
        case "number": double != nil
        case "integer": integer != nil
        default: schemaType == type
        }
    }
}
