/// Why no usable response came, or why the server could not start. Never shows headers or bodies.
package struct HTTPError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// Nothing was sent: the name did not resolve, the connection was refused, TLS failed.
        case connectionFailed
        /// The request may have reached the other side, but no complete response came back.
        case connectionLost
        case timeout
        case responseTooLarge
        case invalidURL
        /// The server's port is taken or not allowed.
        case bindFailed
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
