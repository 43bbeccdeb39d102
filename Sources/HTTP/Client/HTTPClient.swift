package import ServiceRuntime

/// All outgoing HTTP: one libcurl multi handle on one thread. http and https only, redirects off.
///
/// The thread starts with the first request. A request other than GET, HEAD and OPTIONS is sent at most once: libcurl's
/// own second attempt on a fresh connection is suppressed, because the first may have had its effect.
package final class HTTPClient: Service {
    private let loop: TransferLoop
    private let logger: Logger

    package init(logger: Logger) {
        self.logger = logger
        loop = TransferLoop()
    }

    deinit { loop.stop(aborting: true) }

    /// Waits for graceful shutdown, then refuses new requests and lets running ones end; cancellation aborts them.
    package func run() async throws {
        await gracefulShutdown()
        loop.stop(aborting: Task.isCancelled)
        logger.debug("no new requests are sent")
        await withTaskCancellationHandler {
            await loop.end()
        } onCancel: {
            loop.stop(aborting: true)
        }
    }

    /// Sends and collects the whole response. `timeout` covers all of it. Cancelling the task aborts the transfer.
    package func send(
        _ request: HTTPRequest, timeout: Duration = .seconds(30), maximumResponseBytes: Int = 16 << 20,
        dispatch: HTTPDispatch = HTTPDispatch()
    ) async throws -> HTTPResponse {
        let limits = TransferLimits(total: timeout, idle: timeout, maximumBytes: maximumResponseBytes)
        return try await transfer(request, limits, dispatch) { head, chunks in
            var response = head
            for try await chunk in chunks { response.body += chunk }
            return response
        }
    }

    /// Sends and hands the body over as it comes, with back-pressure: no more than about 1 MB waits in memory.
    ///
    /// `idleTimeout` is the longest silence between two chunks; `timeout` covers all. When `body` returns before the
    /// end, the rest is not received. In a cancelled task the stream throws `CancellationError`.
    package func stream<Result>(
        _ request: HTTPRequest, timeout: Duration = .seconds(600), idleTimeout: Duration = .seconds(60),
        _ body: (HTTPResponse, HTTPBodyStream) async throws -> Result
    ) async throws -> Result {
        try await transfer(
            request, TransferLimits(total: timeout, idle: idleTimeout, maximumBytes: nil), HTTPDispatch(), body)
    }

    private func transfer<Result>(
        _ request: HTTPRequest, _ limits: TransferLimits, _ dispatch: HTTPDispatch,
        _ body: (HTTPResponse, HTTPBodyStream) async throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        let transfer = try Transfer(request, limits, dispatch)
        try loop.add(transfer)
        defer { loop.abandon(transfer) }
        let head = try await transfer.pipe.head(cancel: { [loop] in loop.abandon(transfer) })
        let chunks = HTTPBodyStream(
            pipe: transfer.pipe, resume: { [loop] in loop.resume(transfer) },
            cancel: { [loop] in loop.abandon(transfer) })
        return try await body(head, chunks)
    }
}
