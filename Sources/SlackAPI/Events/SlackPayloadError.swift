/// Why a signed request from Slack cannot be understood. Never shows the payload.
package struct SlackPayloadError: Error, Sendable, CustomStringConvertible {
    package var message: String

    package init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
