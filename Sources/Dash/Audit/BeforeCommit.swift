/// What has to happen before a change is committed, while the statement runs that makes it.
///
/// A value of the task, as `Approval` is, so that the layers between log and transaction need not know of it.
enum BeforeCommit {
    /// Gets the number of rows; where it throws, the change is rolled back.
    @TaskLocal static var record: (@Sendable (_ rows: Int) async throws -> Void)?
}
