package import FoundationEssentials
package import HTTP
package import ServiceRuntime

/// Proves that a request comes from Slack: HMAC-SHA256 over its raw bytes (scheme `v0`).
///
/// Two secrets are accepted while one is being rotated.
package struct SlackSignature: Sendable {
    /// Why a request is refused. For the log only: the sender is told the same for all of them.
    package enum Refusal: String, Error, Sendable {
        case missingHeader, duplicateHeader, encodedBody, malformedTimestamp, expired, malformedSignature, mismatch
    }

    package static let timestampHeader = "X-Slack-Request-Timestamp"
    package static let signatureHeader = "X-Slack-Signature"
    /// Seconds by which a request may be older or newer than the receiver's clock.
    package static let tolerance = 300

    private let secrets: [Secret]

    /// Throws where a secret is empty: the HMAC of an empty key can be computed by anybody.
    package init(secret: Secret, previous: Secret? = nil) throws(SlackConfigurationError) {
        guard !secret.isEmpty else {
            throw SlackConfigurationError(
                "the Slack signing secret is empty; copy it from the app's page under Basic Information")
        }
        if let previous, previous.isEmpty {
            throw SlackConfigurationError("the previous Slack signing secret is empty; leave it out instead")
        }
        secrets = [secret] + (previous.map { [$0] } ?? [])
    }

    package func verify(_ request: HTTPRequest, now: Date) throws(Refusal) {
        if let encoding = request.headers["Content-Encoding"], encoding.lowercased() != "identity" {
            throw .encodedBody
        }
        let timestamp = try single(Self.timestampHeader, of: request.headers)
        let signature = try single(Self.signatureHeader, of: request.headers)
        try verify(body: request.body, timestamp: timestamp, signature: signature, now: now)
    }

    package func verify(body: [UInt8], timestamp: String, signature: String, now: Date) throws(Refusal) {
        guard (1...12).contains(timestamp.utf8.count), timestamp.utf8.allSatisfy({ (48...57).contains($0) }),
            let seconds = Int(timestamp)
        else { throw .malformedTimestamp }
        guard abs(Int(now.timeIntervalSince1970.rounded(.down)) - seconds) <= Self.tolerance else { throw .expired }
        guard signature.hasPrefix("v0="), signature.utf8.count == 3 + 2 * SHA256.byteCount,
            signature.utf8.dropFirst(3).allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { throw .malformedSignature }
        var matches = false
        for secret in secrets {
            // Every secret is tried, so that the time taken does not tell which one fits.
            let expected = Self.sign(body: body, timestamp: timestamp, secret: secret)
            let fits = ConstantTime.areEqual(expected, signature)
            matches = matches || fits
        }
        guard matches else { throw .mismatch }
    }

    /// The signature that Slack would send.
    package static func sign(body: [UInt8], timestamp: String, secret: Secret) -> String {
        "v0=" + Hex.encode(SHA256.hmac(key: secret, Array("v0:\(timestamp):".utf8) + body))
    }

    private func single(_ name: String, of headers: HTTPHeaders) throws(Refusal) -> String {
        let values = headers.values(of: name)
        guard let value = values.first else { throw .missingHeader }
        guard values.count == 1 else { throw .duplicateHeader }
        return value
    }
}
