/// One value of a tree, where libpg_query's JSON has it; what it consists of follows it.
struct TreeEntry {
    enum Kind {
        case null, yes, no, integer, string, array, object
    }

    let kind: Kind
    /// Of the field that has this value; empty for elements of an array.
    let name: TreeName
    /// The digits of a number, the characters of a string.
    let text: UnsafeRawBufferPointer
    /// Entries from this one to the next that is not a part of it.
    var extent = 1
}
