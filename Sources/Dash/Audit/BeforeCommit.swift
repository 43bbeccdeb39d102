/// What has to happen before a change is committed, while the statement runs that makes it.
///
/// A value of the task, as `Approval` is, so that the layers between log and transaction need not know of it.
struct BeforeCommit: Sendable {
    // A structure around the closure: with a bare closure as the task's value, Swift 6.3's optimised code pushes it without
    // its type and crashes.
    @TaskLocal static var current: BeforeCommit?

    /// Gets the number of rows; where it throws, the change is rolled back.
    let record: @Sendable (_ rows: Int) async throws -> Void
}
