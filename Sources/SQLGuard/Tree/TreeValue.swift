/// A part of libpg_query's parse tree as it writes it: `{"ColumnRef": {"fields": […], "location": 7}}`.
enum TreeValue {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([TreeValue])
    case object(TreeObject)

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var integer: Int? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    var bool: Bool {
        guard case .bool(let flag) = self else { return false }
        return flag
    }

    var array: [TreeValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    var object: TreeObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// Kind and fields of a node that is written with its kind around it.
    var node: (kind: String, fields: TreeObject)? {
        guard case .object(let object) = self, object.fields.count == 1, let field = object.fields.first,
            case .object(let fields) = field.value
        else { return nil }
        return (field.name, fields)
    }

    /// The fields of a node of this kind.
    func node(_ kind: String) -> TreeObject? {
        guard let node, node.kind == kind else { return nil }
        return node.fields
    }

    /// The texts of a list of `String` nodes; nil when there is anything else in it.
    var names: [String]? {
        let elements = array ?? node("List")?["items"]?.array
        guard let elements else { return nil }
        var names: [String] = []
        for element in elements {
            // A text of no characters is left out by the writer.
            guard let fields = element.node("String") else { return nil }
            names.append(fields["sval"]?.string ?? "")
        }
        return names
    }
}

/// Fields in the order of the tree. There are few, so that looking through them is faster than hashing.
struct TreeObject {
    var fields: [(name: String, value: TreeValue)] = []

    subscript(name: String) -> TreeValue? {
        for field in fields where field.name == name { return field.value }
        return nil
    }
}
