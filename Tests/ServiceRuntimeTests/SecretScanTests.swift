import FoundationEssentials
import ServiceRuntime
import Testing

@Suite struct SecretScanTests {
    private let scan = SecretScan()

    /// Put together here, so that no scanner of source code takes them for real ones.
    private static let secrets: [(String, SecretKind)] = [
        ("xoxb-" + "123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx", .slackToken),
        ("xoxp-" + "1234567890-abcdef", .slackToken), ("xapp-" + "1-A0123-456-abcdef0123456789", .slackToken),
        ("hooks.slack.com/" + "services/T000/B000/abcdef123456", .slackWebhook),
        ("sk-" + "proj-abcDEF123456ghiJKL7890mnoPQRstu", .apiKey), ("sk-" + "ant-api03-AbCdEf123456GhIjKl789", .apiKey),
        ("ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789", .gitHubToken),
        ("gho_" + "abcdefghijklmnopqrstuvwxyz0123456789", .gitHubToken),
        ("github_pat_" + "11ABCDEFG0abcdefghijkl_mnop", .gitHubToken),
        ("glpat-" + "abcDEF123456ghiJKL78", .gitLabToken), ("AKIA" + "IOSFODNN7EXAMPL2", .awsKey),
        ("AIza" + "SyA1234567890abcdefghijklmnopqrstuv", .googleKey),
        (
            "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            .jsonWebToken
        ),
        ("sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc", .stripeKey), ("pk_live_" + "51HqLyjWDarjtT1zdp", .stripeKey),
        ("rk_live_" + "a1b2c3d4e5", .stripeKey), ("sk_live_" + "acct_7Hq2-Xz91", .stripeKey),
        ("pk_test_" + "4eC39HqLyjWDarjtT1zdp7dc", .stripeKey),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc+/=\n-----END RSA PRIVATE KEY-----", .privateKey),
    ]

    @Test("Well-known secrets are removed wherever they stand, and nothing else", arguments: secrets)
    func wellKnown(_ secret: String, _ kind: SecretKind) {
        for (before, after) in [
            ("", ""), ("use ", " please"), ("(\"", "\")."), ("é=", "é"), ("a,", ",b"), ("\n", "\n"),
        ] {
            #expect(scan.clean(before + secret + after) == before + kind.replacement + after)
        }
        #expect(scan.clean("x" + secret.dropFirst(4)) != kind.replacement)
    }

    @Test(
        "A password is removed where an address or a name gives it away",
        arguments: [
            ("postgres://ada:s3cret!@db.example/x", "postgres://ada:#@db.example/x"),
            ("https://u:p%40ss@h/p?q=1", "https://u:#@h/p?q=1"), ("redis://:hunter22@h", "redis://:#@h"),
            ("postgres://u:pa@ss@h/d", "postgres://u:#@h/d"), ("password=hunter2", "password=#"),
            ("PASSWORD: hunter2, then", "PASSWORD: #, then"), ("DB_PASSWORD=hunter2 x", "DB_PASSWORD=# x"),
            ("ALTER ROLE a PASSWORD 'correct horse'", "ALTER ROLE a PASSWORD '#'"),
            (##"{"password":"correct horse"}"##, ##"{"password":"#"}"##), ("pwd = \"abcd\"", "pwd = \"#\""),
        ])
    func passwords(_ text: String, _ expected: String) {
        let expected = expected.split(separator: "#", omittingEmptySubsequences: false)
            .joined(separator: SecretKind.password.replacement)
        #expect(scan.clean(text) == expected)
    }

    @Test(
        "Random texts near a word for secrets are removed",
        arguments: [
            "token: %", "the secret is %", "API key = \"%\"", "aws_secret_access_key=%", "Authorization: Bearer %",
            "clientSecret: '%'", "access_key -> %",
        ])
    func named(_ text: String) {
        for value in ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzz8KEY123", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"] {
            let parts = text.split(separator: "%", omittingEmptySubsequences: false)
            let whole = parts.joined(separator: value)
            #expect(scan.clean(whole) == parts.joined(separator: SecretKind.highEntropy.replacement))
        }
    }

    /// What tables, questions and statements hold every day.
    private static let ordinary = [
        "550e8400-e29b-41d4-a716-446655440000", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "9e107d9d372bb6826bd81d3542a419d6", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "U0123ABCD", "C024BE91L", "cus_NffrFeUfNV2Hib", "SKU-48213-XL", "SGVsbG8gV29ybGQhIEhlbGxvIQ==",
        "2026-03-15 12:30:00+00", "12:30:45", "https://example.com:8080/a@2x.png", "ada@example.com", "1.2.3.4:5432",
        "sk-learn and task-force-2026-report-final-version", "public.api_tokens", "password reset requests by month",
        "SELECT count(*) FILTER (WHERE password_reset) FROM users WHERE token IS NOT NULL", "tokens: 400000",
        "max_tokens = 128000", "the token budget of run 12345678", "secret santa: 25 gifts",
        "users.password = p.password",
        "SELECT password::text FROM t", "key: customer_id", "primary key (customer_id, started_at)",
        "api key requests in 2026", "token_type: bearer", "Bearer bonds, 2026", "password: none", "password=***",
        "idempotency token 550e8400-e29b-41d4-a716-446655440000", "+49 151 23456789", "DE89370400440532013000",
        "eyJustAName", "ghp_", "xoxb-…", "xoxb-your-token", "AKIA", "AIzaSy", "-----BEGIN CERTIFICATE-----",
        "credential checks passed: 1,204", "authorization_failed_count", "postgres://localhost:5432/dash",
        "https://shop.example/p?session=12345", "a secretary's desk, 2nd floor", "tokenizer_v2 tokenizer-large-2026",
    ]

    @Test("Ordinary data stays as it is", arguments: ordinary)
    func benign(_ text: String) {
        #expect(scan.clean(text) == text)
        #expect(scan.clean("| 1 | \(text) | 2 |\n") == "| 1 | \(text) | 2 |\n")
    }

    @Test("A column's name makes a secret of its values, and of nothing that cannot be one")
    func columns() {
        #expect(scan.clean("9f86d081884c7d659a2feaa0c55ad015", named: "api_key") == SecretKind.highEntropy.replacement)
        #expect(scan.clean("hunter2x", named: "password") == SecretKind.password.replacement)
        for (value, name) in [
            ("2026-01-01 08:00:00", "password_changed_at"), ("t", "has_password"), ("strong", "password_strength"),
            ("9f86d081884c7d659a2feaa0c55ad015", "content_md5"), ("550e8400-e29b-41d4-a716-446655440000", "token_id"),
            ("public.tokens", "token"), ("Acme Ltd", "password"),
        ] {
            #expect(scan.clean(value, named: name) == value)
        }
    }

    @Test("The process's own secrets are found as they stand in HTML, in Slack's texts, in JSON, in SQL and in digits")
    func ownInOtherTexts() {
        let secret = #"p&<s>"w0rd\/'9"#
        scan.register([Secret(secret)])
        for text in [
            #"p&amp;&lt;s&gt;"w0rd\/'9"#, #"p&amp;amp;&amp;lt;s&amp;gt;"w0rd\/'9"#,
            #"p&amp;&lt;s&gt;&quot;w0rd\/&#39;9"#, #"p&<s>\"w0rd\\/'9"#,
            #"p&<s>\"w0rd\\\/'9"#, #"p&<s>"w0rd\/''9"#, "70263c733e22773072645c2f2739", "70263C733E22773072645C2F2739",
        ] {
            #expect(scan.clean("it is \(text).") == "it is \(SecretKind.own.replacement).")
        }
    }

    @Test("An own secret of several lines is found in one line as well")
    func ownOfSeveralLines() {
        scan.register([Secret("-----BEGIN KEY-----\nq7ee47ca100f96e80df8\nAb3==\n-----END KEY-----")])
        #expect(
            scan.clean("it is -----BEGIN KEY-----q7ee47ca100f96e80df8Ab3==-----END KEY-----.")
                == "it is \(SecretKind.own.replacement).")
    }

    @Test("The process's own secrets are found as they are, encoded, and inside what was encoded")
    func own() {
        let secret = "pa ss/w0rd+Ünïq"
        scan.register([Secret(secret)])
        let base64 = { (text: String) in Data(text.utf8).base64EncodedString() }
        for text in [
            "it is \(secret).", "x\(secret)y", "q=pa%20ss%2Fw0rd%2B%C3%9Cn%C3%AFq", "q=pa%20ss%2fw0rd%2b%c3%9cn%c3%afq",
            "Basic \(base64("ada:" + secret))", base64(secret), base64("a" + secret + "zz"), base64("ab" + secret),
        ] {
            let cleaned = scan.clean(text)
            #expect(cleaned.contains(SecretKind.own.replacement), "in \(text)")
            #expect(!cleaned.contains("w0rd"))
        }
        #expect(scan.clean("pa ss/w0rd+Ün") == "pa ss/w0rd+Ün")
        #expect(SecretScan().clean(secret) == secret)
    }

    @Test("A password that is an ordinary word is not looked for", arguments: ["postgres", "password", "dash", ""])
    func commonPasswords(_ word: String) {
        scan.register([Secret(word)])
        #expect(scan.clean("the \(word) server runs") == "the \(word) server runs")
    }

    @Test("What is removed is counted and reported without its value")
    func reported() {
        let reports = Locked<[[SecretKind: Int]]>([])
        scan.onRemoval { report in reports.withLock { $0.append(report) } }
        let text = Self.secrets[0].0 + " and " + Self.secrets[1].0 + " and password=hunter2"
        _ = scan.clean(JSONValue.object(["a": .array([.string(text)]), "password": "hunter2x", "n": 1]))
        #expect(scan.removed == [.slackToken: 2, .password: 2])
        #expect(reports.withLock { $0.count } == 2)
        #expect(scan.clean("nothing") == "nothing")
        #expect(reports.withLock { $0.count } == 2)
    }

    @Test("Secrets are found anywhere in a long table, and the rest of it stays")
    func longTable() {
        var lines = (0..<5_000).map {
            "\($0),550e8400-e29b-41d4-a716-446655440000,Customer \($0),2026-01-01,\($0 * 3).50"
        }
        for index in [0, 2_500, 4_999] { lines[index] += "," + Self.secrets[0].0 }
        let cleaned = scan.clean(lines.joined(separator: "\n"))
        for index in [0, 2_500, 4_999] {
            lines[index] = String(lines[index].dropLast(Self.secrets[0].0.count)) + SecretKind.slackToken.replacement
        }
        #expect(cleaned == lines.joined(separator: "\n"))
    }

    @Test("No text makes the scan fail, and a second pass changes nothing", arguments: 0..<300)
    func fuzz(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let pieces =
            Self.secrets.map(\.0) + Self.ordinary + [
                "password=", "token:", "'", "\"", "\\", "://", "@", ":", "=", "é", "\u{0}", "-----BEGIN ", "eyJ", " ",
                "sk-",
            ]
        var text = ""
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
            let piece = pieces.randomElement(using: &generator) ?? ""
            text += String(piece.unicodeScalars.prefix(Int.random(in: 0...60, using: &generator)))
        }
        let once = scan.clean(text)
        #expect(scan.clean(once) == once, "from \(text.debugDescription)")
    }

    @Test("A bracket that anybody can write hides nothing; only what the scan itself wrote is left alone")
    func wrapped() {
        for (secret, _) in Self.secrets {
            for (before, after) in [
                ("[removed: looks like ", "]"), ("[removed: looks like a Slack token ", "]"),
                ("[removed: looks like a password][removed: ", "]"),
            ] {
                let cleaned = scan.clean(before + secret + after)
                #expect(!cleaned.contains(secret), "in \(before)")
            }
        }
        let word = SecretKind.password.replacement
        #expect(scan.clean("password='[removed: looks like hunter22]'") == "password='\(word)'")
        #expect(
            scan.clean("token: [removed: looks like wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzz8KEY123]").contains("wJalr")
                == false)
        for kind in SecretKind.allCases {
            for text in [
                kind.replacement, "password='\(kind.replacement)'", "token: \(kind.replacement) it is",
                "password=[removed]",
            ] {
                #expect(scan.clean(text) == text)
            }
        }
    }

    @Test("Secrets leave no log")
    func logs() {
        let lines = Locked<[String: String]>([:])
        let logger = Logger(label: "test") { _, _, _, metadata in lines.withLock { $0 = metadata } }
        logger.error("it failed", ["error": "cannot reach postgres://u:hunter2@h", "run": "r-1"])
        #expect(
            lines.withLock { $0 } == [
                "error": "cannot reach postgres://u:\(SecretKind.password.replacement)@h", "run": "r-1",
            ])
    }
}
