import ServiceRuntime

/// A tool that runs agents of its own: it gets the span of its call, and its agents watch the deadline themselves.
protocol SpanningTool: Tool {
    func call(_ arguments: JSONValue, in span: RunSpan) async throws -> ToolOutput

    /// Goes on with an agent that a call of this tool ran and that was suspended.
    func resume(
        _ suspended: SuspendedLoop, resolving resolution: @escaping PendingCallResolution, in span: RunSpan
    ) async throws -> ToolOutput
}
