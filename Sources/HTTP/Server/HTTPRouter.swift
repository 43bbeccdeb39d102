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

    /// The methods known for a percent-encoded path; nil for an unknown path (404). A known path without the method is
    /// 405. Paths are compared exactly, with no normalisation of slashes and dots.
    package func routes(for path: String) -> [HTTPMethod: Route]? {
        Self.decoded(path).flatMap { routes[$0] }
    }

    /// Nil where an escape is broken or the result is not UTF-8.
    static func decoded(_ path: String) -> String? {
        guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
        var bytes: [UInt8] = []
        var rest = path.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let digits = String(validating: [high, low], as: UTF8.self),
                digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16), value != 0
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
