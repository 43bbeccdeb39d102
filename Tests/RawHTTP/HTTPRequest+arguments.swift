package import HTTP
package import ServiceRuntime

extension HTTPRequest {
    /// What a call of Slack's Web API is given, as JSON or as a form. Not read by the code under test, which it checks.
    package var slackArguments: JSONValue {
        if let json = try? JSONValue(parsing: body) { return json }
        var fields: [String: JSONValue] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            fields[Self.unescape(parts[0])] = .string(parts.count > 1 ? Self.unescape(parts[1]) : "")
        }
        return .object(fields)
    }

    private static func unescape(_ bytes: some Collection<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self)) {
                result += value
                rest = rest.dropFirst(2)
            } else {
                result.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
