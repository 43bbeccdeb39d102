import CMicroHTTPD
import ServiceRuntime

/// One request from its first line until its response is sent.
final class ServerRequest: @unchecked Sendable {
    // @unchecked: the variables belong to the library's thread until `suspend`, and are constant from then on; `answer`
    // has its lock. The connection is valid until the request's end, and suspended between `suspend` and `reply`.

    enum Stage {
        case headers
        /// The body is collected, up to a limit.
        case body(HTTPRouter.Route, HTTPMethod, RequestHead)
        /// The answer is known already; there is no body.
        case answered(HTTPResponse)
        case suspended
        case sent
    }

    let engine: ServerEngine
    let peer: ServerPeer
    let target: String
    private let connection: OpaquePointer
    private let answer = Locked<HTTPResponse?>(nil)

    var stage = Stage.headers
    var body: [UInt8] = []
    /// What the body has added to the bytes that all requests hold together.
    var heldBytes = 0

    init(engine: ServerEngine, peer: ServerPeer, target: String, connection: OpaquePointer) {
        self.engine = engine
        self.peer = peer
        self.target = target
        self.connection = connection
    }

    /// Reads the header fields, duplicates included. What is not UTF-8 is read with replacement characters.
    func readHeaders() -> HTTPHeaders {
        var headers = HTTPHeaders()
        withUnsafeMutablePointer(to: &headers) { pointer in
            cmhd_each_header(connection, collectHeader, pointer)
        }
        return headers
    }

    /// What the values of the headers no longer show, as a sentence; nil where all lines were sound.
    func layoutFault(method: UnsafePointer<CChar>, version: UnsafePointer<CChar>) -> String? {
        guard version.pointee != 0 else { return "The request has no HTTP version." }
        switch cmhd_header_layout(connection, method, version) {
        case cmhd_folded: return "A header is folded or contains a zero byte."
        case cmhd_bare_line_feed: return "A header line does not end in CR LF."
        case cmhd_empty_name: return "A header has no name."
        default: return nil
        }
    }

    func suspend() {
        stage = .suspended
        MHD_suspend_connection(connection)
    }

    /// Answers a suspended request; only the first answer counts.
    func reply(_ response: HTTPResponse) {
        let isFirst = answer.withLock { answer in
            guard answer == nil else { return false }
            answer = response
            return true
        }
        if isFirst { MHD_resume_connection(connection) }
    }

    var reply: HTTPResponse? { answer.withLock { $0 } }

    /// Hands a response to the library, on its thread. False where it refuses.
    func send(_ response: HTTPResponse, closing: Bool) -> Bool {
        stage = .sent
        guard let raw = cmhd_response(response.body, response.body.count) else { return false }
        for field in response.headers.fields where !Self.ownHeaders.contains(field.name.lowercased()) {
            // Refused are values with line breaks, which would be headers of their own.
            _ = cmhd_add_header(raw, field.name, field.value)
        }
        if closing { _ = cmhd_add_header(raw, "Connection", "close") }
        let status = (200...599).contains(response.status) ? response.status : 500
        return cmhd_send(connection, UInt32(status), raw)
    }

    /// Headers that the library writes.
    private static let ownHeaders: Set<String> = ["content-length", "transfer-encoding", "connection", "date"]
}

private func collectHeader(
    context: UnsafeMutableRawPointer, name: UnsafePointer<CChar>, nameCount: Int, value: UnsafePointer<CChar>?,
    valueCount: Int
) {
    let text = { (start: UnsafePointer<CChar>, count: Int) in
        String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
    let headers = context.assumingMemoryBound(to: HTTPHeaders.self)
    headers.pointee.append(text(name, nameCount), value.map { text($0, valueCount) } ?? "")
}
