import CCurl
import ServiceRuntime

/// The bounds of one transfer.
struct TransferLimits: Sendable {
    var total: Duration
    var idle: Duration
    /// Of the body; nil where the consumer takes it as it comes.
    var maximumBytes: Int?
}

/// One request and what of its response has arrived.
final class Transfer: @unchecked Sendable {
    // @unchecked: the variables belong to the loop's thread from `add` on; everybody else uses only constants.

    let pipe = BodyPipe()
    let request: HTTPRequest
    let limits: TransferLimits
    private let dispatch: HTTPDispatch
    private let host: String

    private(set) var lastActivity = ContinuousClock.now
    private var attempts = 0
    private var head = HTTPResponse(status: 0)
    private var isHeadDelivered = false
    private var receivedBytes = 0
    private var isTooLarge = false
    private var isTooLate = false
    #if DEBUG
        private var sentBytes = 0
    #endif

    /// Refuses what cannot be written as a request; no error shows the URL, whose path may be a secret.
    init(
        _ request: HTTPRequest, _ limits: TransferLimits, _ dispatch: HTTPDispatch = HTTPDispatch()
    ) throws(HTTPError) {
        let target = request.target
        guard let scheme = ["http://", "https://"].first(where: { target.lowercased().hasPrefix($0) }) else {
            throw HTTPError(.invalidURL, message: "a URL must begin with http:// or https://")
        }
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw HTTPError(.invalidURL, message: "a URL must not contain spaces or control characters")
        }
        for field in request.headers.fields {
            let isName = !field.name.isEmpty && field.name.utf8.allSatisfy(HTTPHeaders.isTokenByte)
            guard isName, !field.value.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else {
                throw HTTPError(.invalidURL, message: "a request header's name or value contains a forbidden character")
            }
        }
        let authority = target.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        host = String(authority.split(separator: "@").last ?? "")
        self.request = request
        self.limits = limits
        self.dispatch = dispatch
    }

    /// Makes the curl handle, and the header list that must outlive it. Runs on the loop's thread.
    func makeHandle() throws(HTTPError) -> (easy: UnsafeMutableRawPointer, headers: UnsafeMutablePointer<curl_slist>?) {
        guard let easy = curl_easy_init() else { throw failure(.connectionFailed, "libcurl has no memory") }
        var headers: UnsafeMutablePointer<curl_slist>?
        for field in request.headers.fields {
            // curl's notation for a header without a value ends with a semicolon.
            headers = curl_slist_append(
                headers, field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        // These two curl adds by itself otherwise: a wait before large bodies, and a type for bodies without one.
        headers = curl_slist_append(headers, "Expect:")
        if request.headers["Content-Type"] == nil { headers = curl_slist_append(headers, "Content-Type:") }
        if request.headers["User-Agent"] == nil { headers = curl_slist_append(headers, "User-Agent: Dash") }
        var results = [
            ccurl_set_string(easy, CURLOPT_URL, request.target),
            ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https"),
            ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0),
            ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1),
            ccurl_set_long(easy, CURLOPT_NOPROGRESS, 1),
            // Otherwise giving up a transfer waits for its name look-up, and all others wait with it.
            ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1),
            ccurl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1),
            // A request that its sender has given up must not arrive long after.
            ccurl_set_unconfirmed_limit(easy, 10_000),
            ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, max(1, limits.total.inMilliseconds)),
            ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, max(1, min(limits.total.inMilliseconds, 10_000))),
            ccurl_set_headers(easy, headers),
            ccurl_set_callbacks(
                easy, transferHeader, transferBody, transferAttempt, Unmanaged.passUnretained(self).toOpaque()),
        ]
        if !request.body.isEmpty || request.method == .post {
            results.append(ccurl_set_body(easy, request.body, request.body.count))
        }
        #if DEBUG
            if dispatch.whenSent?.isArmed == true {
                results.append(ccurl_set_trace(easy, transferTrace, Unmanaged.passUnretained(self).toOpaque()))
            }
        #endif
        switch request.method {
        case .head: results.append(ccurl_set_long(easy, CURLOPT_NOBODY, 1))
        case .post: break
        case .get where request.body.isEmpty: break
        default: results.append(ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue))
        }
        guard results.allSatisfy({ $0 == CURLE_OK }) else {
            curl_slist_free_all(headers)
            curl_easy_cleanup(easy)
            throw failure(.connectionFailed, "libcurl refuses an option of the request")
        }
        return (easy, headers)
    }

    // MARK: On the loop's thread

    /// Forbids a second attempt of what must not happen twice, and a first one that comes too late.
    fileprivate func beginAttempt() -> Int32 {
        if attempts == 0, let notAfter = dispatch.notAfter, .now > notAfter {
            isTooLate = true
            return CURL_PREREQFUNC_ABORT
        }
        attempts += 1
        let isRepeatable = [.get, .head, .options].contains(request.method)
        return attempts == 1 || isRepeatable ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }

    /// Takes one header line. Interim responses and failed proxy answers come as blocks of their own: only the last
    /// block before the body counts.
    fileprivate func receive(headerLine line: UnsafeBufferPointer<UInt8>) {
        lastActivity = .now
        guard !isHeadDelivered else { return }
        let text = String(decoding: line, as: UTF8.self).trimmed
        if text.hasPrefix("HTTP/") {
            let code = text.split(separator: " ", maxSplits: 2).dropFirst().first
            head = HTTPResponse(status: code.flatMap { Int($0) } ?? 0)
        } else if text.isEmpty {
            guard head.status >= 200 else { return }
            isHeadDelivered = true
            pipe.deliver(head: head)
        } else if let colon = text.firstIndex(of: ":") {
            head.headers.append(text[..<colon].trimmed, text[text.index(after: colon)...].trimmed)
        }
    }

    /// The number of bytes taken, or curl's code for a pause; another number ends the transfer.
    fileprivate func receive(body: UnsafeBufferPointer<UInt8>) -> Int {
        lastActivity = .now
        if let maximum = limits.maximumBytes, receivedBytes + body.count > maximum {
            isTooLarge = true
            return 0
        }
        guard pipe.offer(body) else { return ccurl_pause }
        receivedBytes += body.count
        return body.count
    }

    #if DEBUG
        fileprivate func sent(_ count: Int) {
            sentBytes += count
            if sentBytes >= request.body.count { dispatch.whenSent?.pass() }
        }
    #endif

    func resumed() { lastActivity = .now }

    /// When the silence becomes too long; nil while the consumer holds the transfer up.
    var idleDeadline: ContinuousClock.Instant? { pipe.isPaused ? nil : lastActivity + limits.idle }

    func finish(_ result: CURLcode) {
        guard result != CURLE_OK else {
            pipe.finish(.success(()))
            return
        }
        let reason = String(cString: curl_easy_strerror(result))
        let error =
            if isTooLarge {
                failure(.responseTooLarge, "the response is larger than \(limits.maximumBytes ?? 0) bytes")
            } else if result == CURLE_URL_MALFORMAT || result == CURLE_UNSUPPORTED_PROTOCOL {
                failure(.invalidURL, "the URL is malformed")
            } else if isTooLate {
                failure(.connectionFailed, "it was too late to send the request")
            } else if attempts == 0 {
                failure(.connectionFailed, "no connection: \(reason)")
            } else if result == CURLE_OPERATION_TIMEDOUT {
                failure(.timeout, "no complete response within \(limits.total.inSeconds) s")
            } else {
                failure(.connectionLost, "the connection broke before the response was complete: \(reason)")
            }
        pipe.finish(.failure(error))
    }

    func finishIdle() {
        let code: HTTPError.Code = attempts == 0 ? .connectionFailed : .timeout
        pipe.finish(.failure(failure(code, "silent for more than \(limits.idle.inSeconds) s")))
    }

    func finish(_ error: HTTPError) {
        pipe.finish(.failure(error))
    }

    func failure(_ code: HTTPError.Code, _ text: String) -> HTTPError {
        HTTPError(code, message: "\(request.method.rawValue) \(host): \(text)")
    }
}

private func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
    // The loop holds every transfer until its handle is gone.
    Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

private func transferHeader(
    data: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let data, let context else { return 0 }
    data.withMemoryRebound(to: UInt8.self, capacity: size * count) { bytes in
        transfer(context).receive(headerLine: UnsafeBufferPointer(start: bytes, count: size * count))
    }
    return size * count
}

private func transferBody(
    data: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let data, let context else { return 0 }
    return data.withMemoryRebound(to: UInt8.self, capacity: size * count) { bytes in
        transfer(context).receive(body: UnsafeBufferPointer(start: bytes, count: size * count))
    }
}

private func transferAttempt(
    context: UnsafeMutableRawPointer?, remote: UnsafeMutablePointer<CChar>?, local: UnsafeMutablePointer<CChar>?,
    remotePort: Int32, localPort: Int32
) -> Int32 {
    guard let context else { return CURL_PREREQFUNC_ABORT }
    return transfer(context).beginAttempt()
}

#if DEBUG
    private func transferTrace(
        easy: UnsafeMutableRawPointer?, type: curl_infotype, data: UnsafeMutablePointer<CChar>?, count: Int,
        context: UnsafeMutableRawPointer?
    ) -> Int32 {
        if let context, type == CURLINFO_DATA_OUT { transfer(context).sent(count) }
        return 0
    }
#endif
