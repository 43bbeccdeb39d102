import ServiceRuntime

/// A tool that runs agents of its own: it gets the span of its call, and its agents watch the deadline themselves.
protocol SpanningTool: Tool {
    func call(_ arguments: JSONValue, in span: RunSpan) async throws -> ToolOutput
}
