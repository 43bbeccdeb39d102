package import LanguageModels

/// Decides what the waiting call of a suspended loop gives back: runs it now that it may, or answers without.
package typealias PendingCallResolution =
    @Sendable (_ call: ToolCall, _ run: @Sendable () async throws -> ToolOutput) async throws -> ToolOutput
