/// Maps method and exact path to a handler.
package struct HTTPRouter: Sendable {
    package typealias Handler = @Sendable (HTTPRequest) async throws -> HTTPResponse

    /// A handler and the largest body it accepts; larger ones are answered 413 before it is called.
    package struct Route: Sendable {
        package var maximumBodyBytes: Int
        package var handler: Handler
    }

    private var routes: [String: [HTTPMethod: Route]] = [:]

    package init() {}

    package mutating func on(
        _ method: HTTPMethod, _ path: String, maximumBodyBytes: Int = 1 << 20, _ handler: @escaping Handler
    ) {
        routes[path, default: [:]][method] = Route(maximumBodyBytes: maximumBodyBytes, handler: handler)
    }

    /// The methods known for a path; nil for an unknown path (404). A known path without the method is 405.
    package func routes(for path: String) -> [HTTPMethod: Route]? { routes[path] }
}
