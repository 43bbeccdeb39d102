/// An error that no model can mend: thrown by a tool, it ends the run instead of becoming the tool's output.
///
/// A store that cannot be read must not look like a store that knows nothing.
package protocol RunEndingError: Error {}
