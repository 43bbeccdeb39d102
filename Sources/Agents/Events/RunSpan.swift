/// A part of a run that events belong to: one agent's loop or one tool call.
package struct RunSpan: Sendable {
    private let recorder: RunEventRecorder
    package let id: Int
    package let parent: Int?

    init(recorder: RunEventRecorder, id: Int, parent: Int?) {
        self.recorder = recorder
        self.id = id
        self.parent = parent
    }

    package func record(_ kind: RunEvent.Kind) {
        recorder.record(kind, span: id, parent: parent)
    }

    /// A new span caused by this one.
    package func child() -> RunSpan { recorder.makeSpan(under: id) }
}
