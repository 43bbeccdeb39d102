/// A request, received by the server or sent by the client, with its whole body.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    /// Server: the path without query, percent-decoded by the router only. Client: the absolute URL.
    package var target: String
    /// Server: the raw query string after `?`, empty if none.
    package var query: String
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(
        method: HTTPMethod, target: String, query: String = "", headers: HTTPHeaders = [:], body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.query = query
        self.headers = headers
        self.body = body
    }
}
