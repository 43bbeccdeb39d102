/// What is known of a request before its body, and whether its framing can be trusted.
struct RequestHead: Sendable {
    /// As sent; unknown methods have no `HTTPMethod`.
    var method: String
    var version: String
    /// Without the query; percent-encoded.
    var path: String
    var query: String
    var headers: HTTPHeaders

    /// Nil for a target that is neither a path nor an absolute URL.
    init?(method: String, version: String, target: String, headers: HTTPHeaders) {
        self.method = method
        self.version = version
        self.headers = headers
        var target = Substring(target)
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            target = target.dropFirst(scheme.count).drop { $0 != "/" && $0 != "?" }
            if !target.hasPrefix("/") { target = "/" + target }
        }
        guard target.hasPrefix("/") || (target == "*" && method == "OPTIONS") else { return nil }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts.first ?? "/")
        query = parts.count > 1 ? String(parts[1]) : ""
    }

    /// Why a proxy in front and this server might disagree about where the request ends; nil for a sound request.
    ///
    /// libmicrohttpd itself refuses lines without a colon, lengths that are no number (with a doubled status line, and
    /// a closed connection), spaces in the target, and HTTP/1.1 without `Host`. But it takes the first of several
    /// lengths, prefers `Transfer-Encoding` to a length, waits for ever on an encoding it does not know, and hands on
    /// names that end in a space. Folded lines, bare line feeds and empty names are `cmhd_header_layout`'s business.
    var framingFault: String? {
        guard headers.fields.allSatisfy({ !$0.name.isEmpty && $0.name.utf8.allSatisfy(HTTPHeaders.isTokenByte) })
        else { return "A header's name contains a space or another forbidden character." }
        let lengths = headers.values(of: "Content-Length")
        let encodings = headers.values(of: "Transfer-Encoding")
        guard lengths.count <= 1 else { return "The request has more than one Content-Length." }
        guard lengths.isEmpty || encodings.isEmpty else {
            return "The request has both Content-Length and Transfer-Encoding."
        }
        guard lengths.allSatisfy({ Self.isNumber($0) }) else {
            return "The Content-Length is not a number."
        }
        guard encodings.count <= 1, encodings.allSatisfy({ $0.lowercased() == "chunked" }) else {
            return "The only Transfer-Encoding understood is chunked."
        }
        guard encodings.isEmpty || version == "HTTP/1.1" else { return "HTTP/1.0 knows no Transfer-Encoding." }
        guard headers.values(of: "Host").count <= 1 else { return "The request has more than one Host." }
        return nil
    }

    var isChunked: Bool { headers["Transfer-Encoding"] != nil }

    /// Zero where the request has none; the largest number where it does not fit.
    var contentLength: Int {
        guard let text = headers["Content-Length"] else { return 0 }
        return Int(text) ?? .max
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
