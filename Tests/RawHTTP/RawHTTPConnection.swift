import Glibc
package import HTTP

/// One connection of a `RawHTTPServer`. All calls block the server's own thread.
package struct RawHTTPConnection: Sendable {
    let socket: Int32

    /// Sends all bytes; false where the other side is gone.
    @discardableResult
    package func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    package func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    /// A whole response.
    package func respond(_ response: HTTPResponse) {
        var fields = response.headers
        fields["Content-Length"] = "\(response.body.count)"
        write(head(status: response.status, fields))
        write(response.body)
    }

    /// Status line and headers of a response whose body is sent with `writeChunk`.
    package func beginChunked(status: Int = 200, headers: HTTPHeaders = [:]) {
        var fields = headers
        fields["Transfer-Encoding"] = "chunked"
        write(head(status: status, fields))
    }

    package func writeChunk(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        write(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [0x0D, 0x0A])
    }

    package func endChunked() { write("0\r\n\r\n") }

    /// Says nothing until the other side hangs up or the server stops.
    package func waitForHangUp() {
        var byte: UInt8 = 0
        while recv(socket, &byte, 1, 0) > 0 {}
    }

    /// Makes the end of the connection a reset instead of a proper close.
    package func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func head(status: Int, _ headers: HTTPHeaders) -> String {
        let fields = headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        return "HTTP/1.1 \(status) Status\r\nConnection: close\r\n\(fields)\r\n"
    }

    func readRequest() -> HTTPRequest? {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var headEnd: Int?
        var length = 0
        var request: HTTPRequest?
        while true {
            if let headEnd, received.count >= headEnd + length {
                request?.body = Array(received[headEnd..<headEnd + length])
                return request
            }
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            received += buffer[..<count]
            guard headEnd == nil, let end = Self.endOfHead(received) else { continue }
            headEnd = end
            request = Self.parse(head: String(decoding: received[..<end], as: UTF8.self))
            length = request?.headers["Content-Length"].flatMap { Int($0) } ?? 0
            if request == nil { return nil }
        }
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]) }
    }

    private static func parse(head: String) -> HTTPRequest? {
        let lines = head.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3, let method = HTTPMethod(rawValue: String(words[0])) else { return nil }
        let target = words[1].split(separator: "?", maxSplits: 1)
        var headers = HTTPHeaders()
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers.append(String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        return HTTPRequest(
            method: method, target: String(target.first ?? "/"), query: target.count > 1 ? String(target[1]) : "",
            headers: headers)
    }
}
