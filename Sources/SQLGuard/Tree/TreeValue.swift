/// A part of libpg_query's parse tree as it writes it: `{"ColumnRef": {"fields": […], "location": 7}}`.
///
/// Points into the tree and is valid as long as that is, see `ParseTree`.
struct TreeValue {
    private let entry: UnsafePointer<TreeEntry>

    init(_ entry: UnsafePointer<TreeEntry>) { self.entry = entry }

    /// Of the field that has this value.
    var name: TreeName { entry.pointee.name }

    var string: String? {
        guard entry.pointee.kind == .string else { return nil }
        return String(decoding: entry.pointee.text, as: UTF8.self)
    }

    var integer: Int? {
        guard entry.pointee.kind == .integer else { return nil }
        return Int(String(decoding: entry.pointee.text, as: UTF8.self))
    }

    var bool: Bool { entry.pointee.kind == .yes }

    var array: TreeParts? { entry.pointee.kind == .array ? TreeParts(of: entry) : nil }

    var object: TreeObject? { entry.pointee.kind == .object ? TreeObject(fields: TreeParts(of: entry)) : nil }

    /// Kind and fields of a node that is written with its kind around it.
    var node: (kind: TreeName, fields: TreeObject)? {
        guard let field = object?.fields.only, let fields = field.object else { return nil }
        return (field.name, fields)
    }

    /// The fields of a node of this kind.
    func node(_ kind: TreeName) -> TreeObject? {
        guard let node, node.kind == kind else { return nil }
        return node.fields
    }

    /// The elements of an array, the fields of an object, nothing of anything else.
    var parts: TreeParts { array ?? object?.fields ?? .empty }

    /// The texts of a list of `String` nodes; nil when there is anything else in it.
    var names: [String]? {
        guard let elements = array ?? node("List")?["items"]?.array else { return nil }
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
    let fields: TreeParts

    static var empty: TreeObject { TreeObject(fields: .empty) }

    subscript(name: TreeName) -> TreeValue? { fields.first { $0.name == name } }

    /// Of the array in this field; none where there is no such field or something else in it.
    func elements(_ name: TreeName) -> TreeParts { self[name]?.array ?? .empty }
}

/// The elements of an array or the fields of an object.
struct TreeParts: Sequence, IteratorProtocol {
    private var start: UnsafePointer<TreeEntry>?
    private let end: UnsafePointer<TreeEntry>?

    init(of entry: UnsafePointer<TreeEntry>) {
        start = entry + 1
        end = entry + entry.pointee.extent
    }

    private init() {
        start = nil
        end = nil
    }

    static var empty: TreeParts { TreeParts() }

    var isEmpty: Bool { start == end }

    /// Nil where there is another number than one.
    var only: TreeValue? {
        guard let start, start != end, start + start.pointee.extent == end else { return nil }
        return TreeValue(start)
    }

    mutating func next() -> TreeValue? {
        guard let place = start, place != end else { return nil }
        start = place + place.pointee.extent
        return TreeValue(place)
    }
}
