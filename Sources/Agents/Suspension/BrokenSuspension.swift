/// A stored loop that does not fit the team any more: an agent or a call is missing.
package struct BrokenSuspension: RunEndingError, CustomStringConvertible {
    package init() {}

    package var description: String { "the stored run cannot be continued by this version" }
}
