package import ServiceRuntime

/// Thrown by a tool that may only act once a person has agreed: the run ends here and can be continued later.
package protocol SuspendingError: RunEndingError {
    /// What the person has to decide about, as it is stored with the run.
    var request: JSONValue { get }
}
