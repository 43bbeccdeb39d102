/// A call, what is known of it from before a suspension, and how it is resolved where a person has decided about it.
struct CallPlan: Sendable {
    var planned: PlannedCall
    var state = SuspendedLoop.Call.open
    var resolution: PendingCallResolution?

    /// Whether it is run now: one that is done, or waits for another decision, is not.
    var isToRun: Bool {
        switch state {
        case .done: false
        case .open: true
        case .waiting, .within: resolution != nil
        }
    }
}
