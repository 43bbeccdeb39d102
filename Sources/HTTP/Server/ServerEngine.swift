import CMicroHTTPD
import Glibc
import ServiceRuntime

/// What happens on libmicrohttpd's thread: checks, refusals and the collection of bodies. It never waits.
///
/// Every accepted request is suspended and handed to `requests`; whoever takes it must reply, or `abandonAll` does.
final class ServerEngine: Sendable {
    let options: HTTPServer.Options
    let router: HTTPRouter
    let table = ConnectionTable()
    let lingering = LingeringSockets()
    let requests: AsyncStream<AcceptedRequest>
    private let accept: AsyncStream<AcceptedRequest>.Continuation
    private let state = Locked(State())

    /// A request whose connection waits for the reply.
    struct AcceptedRequest: Sendable {
        var request: HTTPRequest
        var handler: HTTPRouter.Handler
        var reply: ServerRequest
        var deadline: ContinuousClock.Instant
    }

    private struct State {
        var isStopped = false
        var suspended: [ObjectIdentifier: ServerRequest] = [:]
        var bodyBytes = 0
    }

    init(options: HTTPServer.Options, router: HTTPRouter) {
        self.options = options
        self.router = router
        // One per connection at most, so the number of connections bounds it.
        (requests, accept) = AsyncStream.makeStream()
    }

    func start(on socket: Int32) throws(HTTPError) -> OpaquePointer {
        var callbacks = cmhd_callbacks(
            connected: engineConnected, closed: engineClosed, began: engineBegan, proceed: engineProceed,
            ended: engineEnded)
        let server = cmhd_start(
            socket, UInt32(max(1, options.maximumConnections)), 32 << 10, &callbacks,
            Unmanaged.passUnretained(self).toOpaque())
        guard let server else {
            throw HTTPError(.bindFailed, message: "the HTTP server cannot start: the system gives no thread or epoll")
        }
        return server
    }

    /// Ends `requests` once no connection is left.
    func drain() {
        table.drain { [accept] in accept.finish() }
    }

    /// Answers whatever still waits, now and later, with 503. After it the daemon can be stopped.
    func abandonAll() {
        let waiting = state.withLock { state in
            state.isStopped = true
            defer { state.suspended = [:] }
            return Array(state.suspended.values)
        }
        accept.finish()
        for request in waiting { request.reply(.stopping) }
    }

    /// Replies, unless somebody has already.
    func reply(_ request: ServerRequest, _ response: HTTPResponse) {
        let isWaiting = state.withLock { $0.suspended.removeValue(forKey: ObjectIdentifier(request)) != nil }
        if isWaiting { request.reply(response) }
    }

    // MARK: On the library's thread

    fileprivate func connected(_ socket: Int32) -> ServerPeer {
        let peer = ServerPeer(socket: socket)
        table.insert(peer, deadline: .now + options.headerTimeout)
        return peer
    }

    fileprivate func closed(_ peer: ServerPeer) {
        if peer.mustLinger { lingering.keep(peer.socket) }
        table.remove(peer)
    }

    fileprivate func began(_ peer: ServerPeer) {
        table.tighten(peer, .busy, deadline: .now + options.headerTimeout)
    }

    fileprivate func ended(_ request: ServerRequest, _ peer: ServerPeer) {
        state.withLock { $0.bodyBytes -= request.heldBytes }
        request.heldBytes = 0
        table.set(peer, .idle, deadline: .now + options.keepAliveTimeout)
    }

    /// False breaks the connection.
    fileprivate func proceed(
        _ request: ServerRequest, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
        data: UnsafeRawBufferPointer
    ) -> Bool {
        switch request.stage {
        case .headers:
            if let fault = request.layoutFault(method: method, version: version) { return refuse(request, 400, fault) }
            return readHead(request, method: String(cString: method), version: String(cString: version))
        case .body(let route, let method, let head):
            guard data.isEmpty else { return collect(data, of: request, limit: route.maximumBodyBytes) }
            dispatch(request, route, method, head)
            return true
        case .answered(let response):
            return send(request, response)
        case .suspended:
            guard let response = request.reply else { return true }
            return send(request, response)
        case .sent:
            return true
        }
    }

    private func readHead(_ request: ServerRequest, method: String, version: String) -> Bool {
        let head = RequestHead(
            method: method, version: version, target: request.target, headers: request.readHeaders())
        guard let head else { return refuse(request, 400, "The request's target is not a path.") }
        if let fault = head.framingFault { return refuse(request, 400, fault) }
        guard let routes = router.routes(for: head.path) else {
            return answer(request, head, .text("There is nothing at this address.\n", status: 404))
        }
        let known = HTTPMethod(rawValue: method)
        guard let known, let route = routes[known] ?? (known == .head ? routes[.get] : nil) else {
            var response = HTTPResponse.text("This address does not know the method.\n", status: 405)
            response.headers["Allow"] = Self.allowed(routes)
            return answer(request, head, response)
        }
        guard head.contentLength <= route.maximumBodyBytes else {
            return refuse(request, 413, Self.tooLarge(route.maximumBodyBytes))
        }
        // What has come counts, not what was announced: who announces much and sends nothing shuts nobody out.
        guard state.withLock({ $0.bodyBytes }) + head.contentLength <= options.maximumBodyBytesInFlight else {
            return refuse(request, .tooMuch)
        }
        request.body.reserveCapacity(head.contentLength)
        request.stage = .body(route, known, head)
        table.set(request.peer, .busy, deadline: .now + options.requestTimeout)
        return true
    }

    /// Answers after the request where it has no body, and else at once, which closes the connection.
    private func answer(_ request: ServerRequest, _ head: RequestHead, _ response: HTTPResponse) -> Bool {
        guard head.isChunked || head.contentLength > 0 else {
            request.stage = .answered(response)
            return true
        }
        return refuse(request, response)
    }

    /// Takes more of the body. What a length did not announce ends here, in the middle, where the library sends no
    /// response any more: the answer is written to the socket directly.
    private func collect(_ data: UnsafeRawBufferPointer, of request: ServerRequest, limit: Int) -> Bool {
        guard request.body.count + data.count <= limit else {
            return breakOff(request, "413 Content Too Large", .text(Self.tooLarge(limit), status: 413))
        }
        let hasRoom = state.withLock { state in
            guard state.bodyBytes + data.count <= options.maximumBodyBytesInFlight else { return false }
            state.bodyBytes += data.count
            return true
        }
        guard hasRoom else { return breakOff(request, "503 Service Unavailable", .tooMuch) }
        request.heldBytes += data.count
        request.body += data
        return true
    }

    private func breakOff(_ request: ServerRequest, _ status: String, _ response: HTTPResponse) -> Bool {
        let fields = response.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        let head = "HTTP/1.1 \(status)\r\n\(fields)Connection: close\r\nContent-Length: \(response.body.count)\r\n\r\n"
        let bytes = Array(head.utf8) + response.body
        _ = Glibc.send(request.peer.socket, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        request.peer.mustLinger = true
        request.body = []
        request.stage = .sent
        return false
    }

    private func dispatch(
        _ request: ServerRequest, _ route: HTTPRouter.Route, _ method: HTTPMethod, _ head: RequestHead
    ) {
        let received = HTTPRequest(
            method: method, target: head.path, query: head.query, headers: head.headers, body: request.body)
        request.body = []
        table.set(request.peer, .busy, deadline: nil)
        request.suspend()
        let isStopped = state.withLock { state in
            if !state.isStopped { state.suspended[ObjectIdentifier(request)] = request }
            return state.isStopped
        }
        let accepted = AcceptedRequest(
            request: received, handler: route.handler, reply: request, deadline: .now + options.requestTimeout)
        if isStopped {
            request.reply(.stopping)
        } else if case .terminated = accept.yield(accepted) {
            reply(request, .stopping)
        }
    }

    private func refuse(_ request: ServerRequest, _ status: Int, _ text: String) -> Bool {
        refuse(request, .text(text + "\n", status: status))
    }

    /// Answers before the body; the library closes the connection after it.
    private func refuse(_ request: ServerRequest, _ response: HTTPResponse) -> Bool {
        request.peer.mustLinger = true
        table.set(request.peer, .busy, deadline: .now + options.responseTimeout)
        return request.send(response, closing: true)
    }

    private func send(_ request: ServerRequest, _ response: HTTPResponse) -> Bool {
        table.set(request.peer, .busy, deadline: .now + options.responseTimeout)
        return request.send(response, closing: table.isDraining)
    }

    private static func tooLarge(_ limit: Int) -> String { "The body is larger than \(limit) bytes." }

    private static func allowed(_ routes: [HTTPMethod: HTTPRouter.Route]) -> String {
        var methods = Set(routes.keys.map(\.rawValue))
        if routes[.get] != nil { methods.insert(HTTPMethod.head.rawValue) }
        return methods.sorted().joined(separator: ", ")
    }
}

extension HTTPResponse {
    fileprivate static let stopping = HTTPResponse.text("The server is stopping; try again.\n", status: 503)

    fileprivate static var tooMuch: HTTPResponse {
        var response = HTTPResponse.text("Too much is being sent at once; try again in a moment.\n", status: 503)
        response.headers["Retry-After"] = "1"
        return response
    }
}

// The engine outlives the daemon; peers and requests are retained from their first callback to their last.

private func engineConnected(context: UnsafeMutableRawPointer, socket: Int32) -> UnsafeMutableRawPointer {
    let engine = Unmanaged<ServerEngine>.fromOpaque(context).takeUnretainedValue()
    return Unmanaged.passRetained(engine.connected(socket)).toOpaque()
}

private func engineClosed(context: UnsafeMutableRawPointer, peer: UnsafeMutableRawPointer, socket: Int32) {
    let engine = Unmanaged<ServerEngine>.fromOpaque(context).takeUnretainedValue()
    engine.closed(Unmanaged<ServerPeer>.fromOpaque(peer).takeRetainedValue())
}

private func engineBegan(
    context: UnsafeMutableRawPointer, peer: UnsafeMutableRawPointer, target: UnsafePointer<CChar>?,
    connection: OpaquePointer
) -> UnsafeMutableRawPointer {
    let engine = Unmanaged<ServerEngine>.fromOpaque(context).takeUnretainedValue()
    let peer = Unmanaged<ServerPeer>.fromOpaque(peer).takeUnretainedValue()
    engine.began(peer)
    let request = ServerRequest(
        engine: engine, peer: peer, target: target.map { String(cString: $0) } ?? "", connection: connection)
    return Unmanaged.passRetained(request).toOpaque()
}

private func engineProceed(
    request: UnsafeMutableRawPointer, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
    data: UnsafePointer<CChar>?, count: UnsafeMutablePointer<Int>
) -> Bool {
    let request = Unmanaged<ServerRequest>.fromOpaque(request).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : count.pointee)
    count.pointee = 0
    return request.engine.proceed(request, method: method, version: version, data: bytes)
}

private func engineEnded(
    context: UnsafeMutableRawPointer, peer: UnsafeMutableRawPointer, request: UnsafeMutableRawPointer
) {
    let engine = Unmanaged<ServerEngine>.fromOpaque(context).takeUnretainedValue()
    engine.ended(
        Unmanaged<ServerRequest>.fromOpaque(request).takeRetainedValue(),
        Unmanaged<ServerPeer>.fromOpaque(peer).takeUnretainedValue())
}
