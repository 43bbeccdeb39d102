import ServiceRuntime
import SlackAPI
import Testing

@Suite struct SlackTextTests {
    private static let own = LinkPolicy(hosts: ["dash.example.com", "*.docs.example"])

    @Test(
        "Addresses are broken, with and without a scheme",
        arguments: [
            ("https://evil.example/?q=1", "hxxps://evil.example/?q=1"), ("HTTP://EVIL.EXAMPLE", "hxxp://EVIL.EXAMPLE"),
            ("see evil.example/x.", "see hxxps://evil.example/x."), ("evil.com", "hxxps://evil.com"),
            ("www.evil.museum", "hxxps://www.evil.museum"), ("(evil.io)", "(hxxps://evil.io)"),
            ("slack://open?team=T1", "slack[:]//open?team=T1"), ("//evil.com/x", "//hxxps://evil.com/x"),
            ("xn--80ak6aa92e.com", "hxxps://xn--80ak6aa92e.com"), ("evil\u{3002}com", "hxxps://evil\u{3002}com"),
            ("ev\u{200B}il.com", "hxxps://evil.com"), ("a.b.co.uk:8080/x", "hxxps://a.b.co.uk:8080/x"),
            ("evil.rs/x", "hxxps://evil.rs/x"), ("https://dash.example.com/x", "hxxps://dash.example.com/x"),
            ("login.evil.buzz/x?d=SECRETDATA", "hxxps://login.evil.buzz/x?d=SECRETDATA"),
            ("evil.lol/a", "hxxps://evil.lol/a"), ("evil.fun/abc?d=Q", "hxxps://evil.fun/abc?d=Q"),
            ("evil.lol", "hxxps://evil.lol"), ("a.evil.buzz", "hxxps://a.evil.buzz"),
            ("www.a_b.evil.com/q", "hxxps://www.a_b.evil.com/q"), ("_a_evil.com/z_", "_hxxps://a_evil.com/z_"),
            ("_evil.com_", "_hxxps://evil.com_"), ("-evil.com", "-hxxps://evil.com"),
            ("evil.com...", "hxxps://evil.com..."), ("evil.com..x", "hxxps://evil.com..x"),
            ("so..evil.com/x", "so..hxxps://evil.com/x"), ("evil.com./x", "hxxps://evil.com./x"),
            ("evil.com\u{FE0F}", "hxxps://evil.com\u{FE0F}"), ("e\u{FE0F}vil.lol/a", "hxxps://e\u{FE0F}vil.lol/a"),
            ("evil.com\u{20E3}/x", "hxxps://evil.com\u{20E3}/x"), ("evil.ｃｏｍ", "hxxps://evil.ｃｏｍ"),
            ("evil.newone/x?d=1", "hxxps://evil.newone/x?d=1"), ("evil.newone/a/b", "hxxps://evil.newone/a/b"),
            ("evil.newone?d=1", "hxxps://evil.newone?d=1"), ("evil.newone#d", "hxxps://evil.newone#d"),
            ("evil.newone:8080/x1", "hxxps://evil.newone:8080/x1"),
            ("evil.newone/s3cr3t", "hxxps://evil.newone/s3cr3t"),
            ("evil.name/x", "hxxps://evil.name/x"), ("evil.date/2026/1", "hxxps://evil.date/2026/1"),
            ("evil.total?q", "hxxps://evil.total?q"), ("10.1.2.3/x?d=1", "hxxps://10.1.2.3/x?d=1"),
            ("10.1.2.3:80/x", "hxxps://10.1.2.3:80/x"), ("user@evil.lol/x", "user@hxxps://evil.lol/x"),
            ("Is it evil.com?", "Is it hxxps://evil.com?"), ("пример.рф/x", "hxxps://пример.рф/x"),
        ])
    func addresses(_ text: String, _ expected: String) {
        #expect(SlackText(text).mrkdwn == expected)
        #expect(SlackPlainText(text).text == expected)
    }

    @Test(
        "What only has a dot stays",
        arguments: [
            "public.customers", "dash.monthly_mrr", "subscriptions.started_at", "1.2.3", "v1.2.3-rc.1", "e.g. this",
            "i.e.",
            "report.csv", "README.md", "main.py:12", "3.5 %", "o.net", "public.us", "12.30", "1,234.56", "etc.", "a.b",
            "ada@example.com", "customers.id", "customers.email", "t.name", "knowledge/tables/a.json", "Dr. No", "…",
            "U.S.",
            "my_table.com_pany", "my_table.com", "v1.2/3", "schema.table", "public.orders", "e.g./i.e.",
            "Q1.2024/Q2.2024",
            "1.5/2.5", "12.30/14.00", "31.12.2025/1.1.2026", "file.csv", "data/file.csv", "file.csv?",
            "file.csv/other.csv",
            "orders.amount/orders.quantity", "orders.amount/100", "orders.amount/1,000", "customers.plan/region",
            "orders.amount?", "customers.name?", "*customers.email?*", "public.orders/2024", "orders.amount:3",
            "10.0.0.0/8", "10.1.2.3", "U.S./U.K.", "p.a./p.m.", "Node.js/React", "a.b/c.d", "and/or", "n/a", "km/h",
            "...",
            "wait...what", "1..5", "x_y.z_w", "order_items.amount", "dash.v_mrr", "3.5/5", "100.00/", "No.5/6",
            "Art.5/3",
            "t.created_at/t.id", "m².total",
        ])
    func ordinary(_ text: String) {
        #expect(SlackText(text).mrkdwn == text)
        #expect(SlackPlainText(text).text == text)
    }

    @Test(
        "Only allowed hosts become links",
        arguments: [
            ("https://dash.example.com/r/1", "<https://dash.example.com/r/1>"),
            ("See https://dash.example.com/r?a=1&b=2.", "See <https://dash.example.com/r?a=1&amp;b=2>."),
            ("[report](https://dash.example.com/r)", "<https://dash.example.com/r|report>"),
            ("[a|b](https://x.docs.example/)", "<https://x.docs.example/|a b>"),
            ("[x](https://dash.example.com@evil.com/)", "x (hxxps://dash.example.com@evil.com/)"),
            ("[x](https://dash.example.com.evil.com/)", "x (hxxps://dash.example.com.evil.com/)"),
            ("[x](https://docs.example/)", "x (hxxps://docs.example/)"),
            ("![x](https://dash.example.com/i.png)", "x (hxxps://dash.example.com/i.png)"),
            ("[x](evil.example/y)", "x (hxxps://evil.example/y)"), ("[x](//evil.zz)", "x (hxxps://evil.zz)"),
            ("[x][1]\n\n[1]: https://evil.example", "[x][1]\n\n[1]: hxxps://evil.example"),
            ("<https://evil.example|ok>", "&lt;hxxps://evil.example|ok&gt;"), ("evil\\.com", "hxxps://evil.com"),
            ("[https://dash.example.com](https://evil.example)", "hxxps://dash.example.com (hxxps://evil.example)"),
            ("| a |\n|---|\n| evil.com/x |", "```\na\nhxxps://evil.com/x\n```"),
        ])
    func links(_ markdown: String, _ expected: String) {
        #expect(SlackText.markdown(markdown, links: Self.own).mrkdwn == expected)
    }

    @Test(
        "Nothing calls a channel or a person",
        arguments: [
            ("<!channel> <@U1> <!subteam^S1>", "&lt;!channel&gt; &lt;@U1&gt; &lt;!subteam^S1&gt;"),
            ("@channel @Here @everyone", "@\u{2060}channel @\u{2060}Here @\u{2060}everyone"), ("@ada", "@ada"),
            ("<!cha\u{200B}nnel>", "&lt;!channel&gt;"),
        ])
    func tokens(_ text: String, _ expected: String) {
        #expect(SlackText(text).mrkdwn == expected)
    }

    @Test(
        "Plain text has no tokens either, and comparisons stay readable",
        arguments: [
            ("<!channel> a", "‹!channel› a"), ("<@U1|x>", "‹@U1|x›"), ("<#C1>", "‹#C1›"), ("a < b > c", "a < b > c"),
            ("<https://evil.example|click>", "‹hxxps://evil.example|click›"), ("<mailto:a@b.c|x>", "‹mailto:a@b.c|x›"),
            ("R&D", "R&D"), ("@here", "@\u{2060}here"),
        ])
    func plain(_ text: String, _ expected: String) {
        #expect(SlackPlainText(text).text == expected)
    }

    @Test("Interpolated texts are made safe, the program's own words stay")
    func interpolation() {
        let evil = "*<!here>* https://evil.example"
        let text: SlackText = "*Bold*: \(evil), \(3), \(SlackText.code("x`<y"))"
        #expect(text.mrkdwn == "*Bold*: \u{2060}*&lt;!here&gt;\u{2060}* hxxps://evil.example, 3, `x'&lt;y`")
        let plain: SlackPlainText = "Last \(evil)"
        #expect(plain.text == "Last *‹!here›* hxxps://evil.example")
    }

    @Test("Secrets are gone, also those that hid behind invisible characters")
    func secrets() {
        let token = "xoxb-1234567890\u{200B}12-abcDEF"
        #expect(SlackText.markdown("it is \(token)").mrkdwn == "it is [removed: looks like a Slack token]")
        #expect(SlackPlainText(token).text == "[removed: looks like a Slack token]")
    }

    @Test("A label is clamped to Slack's length after it was made safe")
    func clamped() {
        let address = "https://a-very-long-name.example/x"
        let label = SlackPlainText(address).clamped(to: 20)
        #expect(label.text == "hxxps://a-very-long…")
        #expect(SlackPlainText("").clamped(to: 20).text == "—")
    }

    @Test("Whatever is put together, no token or foreign address is alive", arguments: 0..<300)
    func fuzz(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let pieces = [
            "<", ">", "!", "@", "#", "channel", "here", "|", "https", "http", "://", "evil.com", "/x", ".", "[", "](",
            ")",
            "\\", "\u{200B}", "\u{202E}", " ", "\n", "`", "*", "_", "dash.example.com", "&lt;", "&", "a", "//", ":",
            "xn--a",
        ]
        let text = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
        for output in [
            SlackText(text, links: Self.own), .markdown(text, links: Self.own), .literal(text, links: Self.own),
            .code(text),
            .fence(text),
        ] {
            // What is left of angle brackets are links to allowed hosts.
            for piece in output.mrkdwn.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
                let isOwn = ["https://dash.example.com", "http://dash.example.com"].contains { piece.hasPrefix($0) }
                #expect(isOwn, "from \(text.debugDescription): \(output)")
            }
            #expect(!output.mrkdwn.contains("@channel") && !output.mrkdwn.contains("@here"))
        }
        let plain = SlackPlainText(text).text
        for live in ["<!", "<@", "<#", "https://", "http://", "@channel", "@here"] {
            #expect(!plain.contains(live), "from \(text.debugDescription): \(plain)")
        }
    }
}
