/// Ends a run that waits for a person; thrown by the loop of the agent that leads.
package struct RunSuspended: RunEndingError {
    package var loop: SuspendedLoop

    package init(_ loop: SuspendedLoop) {
        self.loop = loop
    }
}
