import SlackAPI
import Testing

@Suite struct MrkdwnTests {
    @Test(
        "Text is escaped once",
        arguments: [
            ("a < b & c > d", "a &lt; b &amp; c &gt; d"), ("<!channel>", "&lt;!channel&gt;"),
            ("&lt;", "&amp;lt;"), ("plain", "plain"), ("a\u{0}\u{7}b\tc\n", "ab\tc\n"),
        ])
    func escape(_ text: String, _ expected: String) {
        #expect(Mrkdwn.escape(text) == expected)
    }

    @Test(
        "Markdown becomes mrkdwn",
        arguments: [
            ("**bold** and __bold__", "*bold* and *bold*"), ("*it* and _it_", "_it_ and _it_"), ("~~gone~~", "~gone~"),
            ("# Title", "*Title*"), ("###### **Deep** title", "*Deep title*"), ("#hash", "#hash"),
            ("- one\n  - two\n* three", "• one\n    ◦ two\n• three"), ("1. one", "1. one"),
            ("- [x] done\n- [ ] open", "☑ done\n☐ open"), ("> quoted", "&gt; quoted"), ("---", "———"), ("***", "———"),
            ("`a < b`", "`a &lt; b`"), ("``a ` b``", "`a ' b`"),
            ("```sql\nSELECT 1 < 2\n```", "```\nSELECT 1 &lt; 2\n```"), ("~~~\nx\n~~~", "```\nx\n```"),
            ("```\nnever closed", "```\nnever closed\n```"), ("[label](https://a.b/c)", "label (hxxps://a.b/c)"),
            ("![alt](http://a.b)", "alt (hxxp://a.b)"), ("see https://a.b/c now", "see hxxps://a.b/c now"),
            ("snake_case_name", "snake_case_name"), ("2*3*4", "2*3*4"), ("5 * 3 * 2", "5 * 3 * 2"), ("**", "**"),
            ("a<br>b<br/>c", "a\nb\nc"), ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"), ("**a *b* c**", "*a _b_ c*"),
            ("| a | b |\n|---|--:|\n| 1 | 22 |", "```\na  b\n1  22\n```"), ("a | b", "a | b"),
            ("\\*not bold\\*", "\u{2060}*not bold\u{2060}*"), ("`open", "`open"), ("", ""),
            ("<@U123> and <!here>", "&lt;@U123&gt; and &lt;!here&gt;"), ("**<!channel>**", "*&lt;!channel&gt;*"),
        ])
    func markdown(_ markdown: String, _ expected: String) {
        #expect(Mrkdwn.fromMarkdown(markdown) == expected)
    }

    @Test(
        "What people write is read as they meant it",
        arguments: [
            ("<@UBOT> what is MRR?", "what is MRR?"), ("what is MRR? <@UBOT>", "what is MRR?"),
            ("<@UBOT|dash> hi", "hi"), ("<@UBOT> <@UBOT> hi", "hi"), ("ask <@UBOT> about it", "ask Dash about it"),
            ("what did <@U2> sell", "what did @Ada sell"), ("what did <@U3|bob> sell", "what did @bob sell"),
            ("what did <@U3> sell", "what did @U3 sell"), ("in <#C1|sales>", "in #sales"), ("in <#C1>", "in #C1"),
            ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"), ("&amp;lt;", "&lt;"), ("R&D & more", "R&D & more"),
            ("see <https://a.b/c> for MRR", "see for MRR"), ("<https://a.b|a.b>", "a.b"),
            ("what is <https://a.b/c|MRR>?", "what is MRR?"), ("<mailto:a@b.c|a@b.c>", "a@b.c"),
            ("<mailto:a@b.c>", "a@b.c"), ("<!date^1392734382^{date}|Feb 18>", "Feb 18"),
            ("<!here> what is MRR", "what is MRR"), ("MRR? <!channel|@channel>", "MRR?"),
            ("<!subteam^S1|@team> MRR?", "MRR?"),
            ("what is MRR :thinking_face:?", "what is MRR?"), (":wave::skin-tone-2: MRR :+1: please", "MRR please"),
            ("thanks! :tada:", "thanks!"), (":pray:", ""), ("MRR 🎉 by plan ❤️", "MRR by plan"), ("1️⃣ MRR", "MRR"),
            ("at 10:30:45 or a::date::text", "at 10:30:45 or a::date::text"), ("plan: pro: yes", "plan: pro: yes"),
            ("© 5 # 3 * 2", "© 5 # 3 * 2"),
            ("what is MRR? cc <@U2>", "what is MRR?"), ("what is MRR cc: <@U2>, <@U3|bob> & <@U4>", "what is MRR"),
            ("MRR by plan /cc <@U2> please", "MRR by plan please"), ("what is MRR? <@U2>", "what is MRR?"),
            ("<@U2> <@UBOT> what is MRR?", "what is MRR?"), ("<@UBOT> <@U2>, what is MRR?", "what is MRR?"),
            ("<@UBOT> <@U2>'s orders", "@Ada's orders"), ("tickets assigned to <@U2>", "tickets assigned to @Ada"),
            ("<@U2> sold what?", "@Ada sold what?"), ("line\n\n<@U2>", "line"),
            ("status = \u{2018}paid\u{2019} \u{201C}x\u{201D}", "status = 'paid' \"x\""),
            ("<@UBOT>", ""), ("  ", ""), ("1 < 2", "1 < 2"), ("<", "<"), ("<>", ""), ("<@>", ""),
        ])
    func decode(_ text: String, _ expected: String) {
        #expect(Mrkdwn.decode(text, own: "UBOT", name: { $0 == "U2" ? "Ada" : nil }) == expected)
    }

    @Test("Mentioned people are found")
    func mentions() {
        #expect(Mrkdwn.mentions(in: "<@U1> and <@W2|x>, not <#C1>, &lt;@U3&gt; or <@") == ["U1", "W2"])
        #expect(Mrkdwn.mentions(in: "nobody") == [])
    }

    @Test("Only an id can be mentioned", arguments: [("U123", "<@U123>"), ("U1> <!channel", ""), ("u1", "")])
    func mention(_ id: String, _ expected: String) {
        #expect(Mrkdwn.mention(SlackUserID(rawValue: id)) == expected)
    }

    @Test("Inside code no fence and no line ends early")
    func code() {
        #expect(Mrkdwn.code("a`b\nc<d") == "`a'b c&lt;d`")
        #expect(Mrkdwn.fence("a\n```\nb") == "```\na\n'''\nb\n```")
    }
}
