/// Why no sound statement computes a plan, as one sentence for people.
package struct CompileError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
}
