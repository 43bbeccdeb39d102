import FoundationEssentials
import HTTP
import ServiceRuntime
import SlackAPI
import Testing

@Suite struct SlackSignatureTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var secret = "8f742231b10e8888abcd99yyyzzz85a5"
        var body: String
        var signature: String

        var testDescription: String { String(signature.prefix(12)) }

        static let all = [
            Vector(
                body: """
                    token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V\
                    &channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=\
                    &response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F\
                    96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c
                    """,
                signature: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
            Vector(
                secret: "fa2c05deeef5a4077494e89f54394de0", body: "test-body",
                signature: "v0=baa91ef62d346e56607bbdd278a8acd570b91226854f15a382f43d33be42f666"),
            Vector(body: "", signature: "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739"),
            Vector(
                body: #"{"type":"url_verification","challenge":"abc123","token":"t"}"#,
                signature: "v0=a416aaeb7aef2b205709e6abe7992cc82d19e7f0a81e554bc78a1ecae68ac002"),
            Vector(
                body: "token=random&ssl_check=1",
                signature: "v0=1f6ed6ffc9ca319c3b407b25f6b883bb6bf72332807b4bde2d726ae1345f2048"),
            Vector(
                body: #"{"text":"héllo ✓"}"#,
                signature: "v0=9344dfea7131a22daee4224b9d9877f6746a5f9231d4744ba32fbaaeb037675b"),
        ]
    }

    static let timestamp = 1_531_420_618
    static let vector = Vector.all[1]

    private func verify(
        _ vector: Vector = vector, body: [UInt8]? = nil, secrets: (String, String?)? = nil,
        timestamp: String = "\(timestamp)", signature: String? = nil, now: Int = timestamp
    ) throws -> SlackSignature.Refusal? {
        let secrets = secrets ?? (vector.secret, nil)
        let checker = try SlackSignature(secret: Secret(secrets.0), previous: secrets.1.map(Secret.init))
        do {
            try checker.verify(
                body: body ?? Array(vector.body.utf8), timestamp: timestamp, signature: signature ?? vector.signature,
                now: Date(timeIntervalSince1970: TimeInterval(now)))
            return nil
        } catch {
            return error
        }
    }

    @Test("Published signatures are accepted", arguments: Vector.all)
    func accepts(_ vector: Vector) throws {
        #expect(try verify(vector) == nil)
        #expect(
            SlackSignature.sign(
                body: Array(vector.body.utf8), timestamp: "\(Self.timestamp)", secret: Secret(vector.secret))
                == vector.signature)
    }

    @Test("A body that was changed is refused", arguments: Vector.all)
    func refusesChangedBody(_ vector: Vector) throws {
        #expect(try verify(vector, body: Array((vector.body + "------").utf8)) == .mismatch)
    }

    @Test("A body that is no UTF-8 is checked like any other")
    func checksInvalidUTF8() throws {
        let body: [UInt8] = [0xFF, 0x00, 0xC3]
        let signature = SlackSignature.sign(body: body, timestamp: "\(Self.timestamp)", secret: Secret("s3cret"))
        #expect(try verify(body: body, secrets: ("s3cret", nil), signature: signature) == nil)
        #expect(try verify(body: body + [0xFE], secrets: ("s3cret", nil), signature: signature) == .mismatch)
    }

    @Test(
        "Requests are accepted up to five minutes from now, in both directions",
        arguments: [(300, true), (301, false), (-300, true), (-301, false), (400, false), (600, false), (0, true)])
    func window(_ offset: Int, _ isAccepted: Bool) throws {
        #expect(try verify(now: Self.timestamp + offset) == (isAccepted ? nil : .expired))
    }

    @Test(
        "A time stamp that is not a plain number is refused",
        arguments: [
            "", "abc", "-1531420618", "+1531420618", "1531420618.0", " 1531420618", "15314206180000000000", "１５",
        ])
    func malformedTimestamp(_ text: String) throws {
        #expect(try verify(timestamp: text) == .malformedTimestamp)
    }

    @Test("An old time stamp is refused however it is signed")
    func zeroTimestamp() throws {
        let signature = SlackSignature.sign(body: [], timestamp: "0", secret: Secret(Self.vector.secret))
        #expect(try verify(body: [], timestamp: "0", signature: signature) == .expired)
    }

    @Test(
        "A signature in another form is refused",
        arguments: [
            "", "v0=", "v0=invalid-signature", "v0=invalid", "v0=deadbeef", vector.signature + "0",
            String(vector.signature.dropLast()), "v1=" + vector.signature.dropFirst(3), vector.signature.uppercased(),
            "v0=" + vector.signature.dropFirst(3).uppercased(), String(vector.signature.dropFirst(3)),
            " " + vector.signature,
        ])
    func malformedSignature(_ signature: String) throws {
        #expect(try verify(signature: signature) == .malformedSignature)
    }

    @Test("A signature under another secret is refused")
    func otherSecret() throws {
        #expect(try verify(secrets: ("another", nil)) == .mismatch)
        #expect(try verify(secrets: ("another", "yet another")) == .mismatch)
    }

    @Test("During rotation both secrets are accepted")
    func rotation() throws {
        #expect(try verify(secrets: ("new", Self.vector.secret)) == nil)
        #expect(try verify(secrets: (Self.vector.secret, "old")) == nil)
    }

    @Test("An empty secret is refused at start", arguments: ["", " ", "\n\t"])
    func emptySecret(_ secret: String) {
        #expect(throws: SlackConfigurationError.self) { try SlackSignature(secret: Secret(secret)) }
        #expect(throws: SlackConfigurationError.self) {
            try SlackSignature(secret: Secret("fine"), previous: Secret(secret))
        }
    }

    typealias Fields = [(String, String)]

    @Test(
        "Each header must be there exactly once, whatever its case",
        arguments: [
            ([("x-slack-request-timestamp", "T"), ("X-SLACK-SIGNATURE", "S")], nil),
            ([("X-Slack-Signature", "S")], .missingHeader),
            ([("X-Slack-Request-Timestamp", "T")], .missingHeader),
            (
                [("X-Slack-Request-Timestamp", "T"), ("X-Slack-Signature", "S"), ("x-slack-signature", "S")],
                .duplicateHeader
            ),
            (
                [
                    ("X-Slack-Request-Timestamp", "T"), ("x-slack-request-timestamp", "T"), ("X-Slack-Signature", "S"),
                ], .duplicateHeader
            ),
            (
                [("X-Slack-Request-Timestamp", "T"), ("X-Slack-Signature", "S"), ("Content-Encoding", "gzip")],
                .encodedBody
            ),
        ] as [(Fields, SlackSignature.Refusal?)])
    func headers(_ fields: Fields, _ expected: SlackSignature.Refusal?) throws {
        let filled = fields.map { name, value in
            (name, value == "T" ? "\(Self.timestamp)" : value == "S" ? Self.vector.signature : value)
        }
        let request = HTTPRequest(
            method: .post, target: "/slack/events", headers: HTTPHeaders(filled), body: Array(Self.vector.body.utf8))
        let checker = try SlackSignature(secret: Secret(Self.vector.secret))
        var refusal: SlackSignature.Refusal?
        do {
            try checker.verify(request, now: Date(timeIntervalSince1970: TimeInterval(Self.timestamp)))
        } catch {
            refusal = error
        }
        #expect(refusal == expected)
    }
}
