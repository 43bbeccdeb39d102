import CMicroHTTPD
import Glibc
package import ServiceRuntime

/// The daemon's listening socket: libmicrohttpd with the limits and refusals it lacks.
///
/// | What | Who sees to it |
/// |---|---|
/// | malformed lines and lengths, HTTP/1.1 without `Host`, too many headers (431) | libmicrohttpd, strict |
/// | doubled or contradictory framing, unknown encodings, spaces in names → 400 and close | `RequestHead` |
/// | body limits, with and without a length → 413 that arrives | `ServerEngine`, `LingeringSockets` |
/// | bodies of all requests together → 503 with `Retry-After` | `ServerEngine` |
/// | absolute deadlines for headers, bodies, responses and idle connections | `ConnectionTable` |
/// | deadline of a handler → 503 | `HTTPServer.serve` |
///
/// Handlers run as child tasks of `run()` while their connections are suspended.
package final class HTTPServer: Service {
    package struct Options: Sendable {
        package var host = "0.0.0.0"
        /// 0 lets the system choose; see `boundPort`.
        package var port = 8000
        /// From accepting a connection, or from a request's first line, to the end of its headers.
        package var headerTimeout: Duration = .seconds(10)
        /// For the body, and again for the handler, which is cancelled after it and answered with 503.
        package var requestTimeout: Duration = .seconds(60)
        /// For the client to read a response.
        package var responseTimeout: Duration = .seconds(60)
        /// From one response to the end of the next request's headers.
        package var keepAliveTimeout: Duration = .seconds(75)
        /// From the beginning of shutdown; what still runs then is answered 503 and broken off.
        package var drainTime: Duration = .seconds(5)
        package var maximumConnections = 1024
        /// Of all requests together, from the first byte received until the response is sent; more is answered 503.
        package var maximumBodyBytesInFlight = 64 << 20
        package init() {}
    }

    /// Which part of serving came to its end.
    private enum Ending {
        case handlers, drainTime, nothing
    }

    private let engine: ServerEngine
    private let deadlines = DeadlineWaits()
    private let socket: ListeningSocket?
    private let logger: Logger
    private let port = PortPromise()

    /// - Parameter socket: bound before, by who wants to know early that it can be; without it `run()` binds the port.
    package init(options: Options, router: HTTPRouter, socket: ListeningSocket? = nil, logger: Logger) {
        engine = ServerEngine(options: options, router: router)
        self.socket = socket
        self.logger = logger
    }

    /// Serves until graceful shutdown, then refuses new connections and lets running requests end, for the drain time.
    ///
    /// Throws `HTTPError.bindFailed` where the port cannot be had. On cancellation running handlers are cancelled and
    /// connections broken.
    package func run() async throws {
        UnixSignals.ignoreBrokenPipes()
        let listening: ListeningSocket
        let server: OpaquePointer
        do {
            if let socket {
                listening = socket
            } else {
                listening = try ListeningSocket(host: engine.options.host, port: engine.options.port)
            }
            server = try engine.start(on: listening.descriptor)
        } catch {
            port.fulfil(.failure(error))
            throw error
        }
        port.fulfil(.success(listening.port))
        logger.info("listening", ["host": engine.options.host, "port": "\(listening.port)"])

        // Libmicrohttpd's pointer is only handed to functions that may be called from any thread.
        nonisolated(unsafe) let daemon = server
        await withTaskGroup(of: Ending.self) { group in
            group.addTask {
                await self.sweep()
                return .nothing
            }
            group.addTask {
                await gracefulShutdown()
                cmhd_quiesce(daemon)
                // Refuses new connections at once; the descriptor stays reserved until the daemon has stopped.
                shutdown(listening.descriptor, Int32(SHUT_RDWR))
                self.engine.drain()
                do { try await Task.sleep(for: self.engine.options.drainTime) } catch { return .nothing }
                return .drainTime
            }
            group.addTask {
                await withDiscardingTaskGroup { handlers in
                    for await accepted in self.engine.requests {
                        handlers.addTask { await self.serve(accepted) }
                    }
                    self.engine.abandonAll()
                }
                return .handlers
            }
            while let ending = await group.next() {
                if ending != .nothing { group.cancelAll() }
            }
        }
        try? await SystemThread.run(name: "http-stop") { cmhd_stop(daemon) }
        close(listening.descriptor)
        withExtendedLifetime(engine) {}
        logger.info("stopped listening", ["port": "\(listening.port)"])
    }

    /// The port in use; waits until `run()` has bound it, throws `HTTPError.bindFailed` where it could not.
    package var boundPort: Int {
        get async throws { try await port.value() }
    }

    /// Runs one handler under its deadline and answers, whatever comes of it.
    private func serve(_ accepted: ServerEngine.AcceptedRequest) async {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                self.engine.reply(accepted.reply, await self.response(to: accepted))
                return true
            }
            group.addTask {
                guard await self.deadlines.wait(until: accepted.deadline) else { return false }
                self.engine.reply(
                    accepted.reply, .text("The request took too long; try again.\n", status: 503))
                return false
            }
            _ = await group.next()
            group.cancelAll()
        }
    }

    private func response(to accepted: ServerEngine.AcceptedRequest) async -> HTTPResponse {
        do {
            return try await accepted.handler(accepted.request)
        } catch is CancellationError where Task.isCancelled {
            return .text("The request was given up; try again.\n", status: 503)
        } catch {
            logger.error(
                "a request's handler failed",
                [
                    "method": accepted.request.method.rawValue, "path": accepted.request.target,
                    "error": "\(error)",
                ])
            return .text("Something went wrong on our side; the cause is in the log.\n", status: 500)
        }
    }

    private func sweep() async {
        let options = engine.options
        let shortest = min(
            options.headerTimeout, options.requestTimeout, options.responseTimeout, options.keepAliveTimeout)
        let tick = max(.milliseconds(10), min(.milliseconds(250), shortest / 4))
        while !Task.isCancelled {
            try? await Task.sleep(for: tick)
            engine.table.sweep(at: .now)
            deadlines.sweep(at: .now)
        }
    }
}
