/// One connection.
final class ServerPeer: @unchecked Sendable {
    // @unchecked: `mustLinger` belongs to the library's thread.

    let socket: Int32
    /// Whether the client may still be sending what nobody will read when the connection is closed.
    var mustLinger = false

    init(socket: Int32) {
        self.socket = socket
    }
}
