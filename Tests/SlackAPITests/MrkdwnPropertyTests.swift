import ServiceRuntime
import Testing

@testable import SlackAPI

@Suite struct MrkdwnPropertyTests {
    /// Pieces out of which texts are made that hurt.
    private static let pieces = [
        "<", ">", "&", "!", "@", "#", "|", "<!channel>", "<@U1>", "<!subteam^S1>", "&lt;", "&amp;", "`", "```", "\n",
        "\n\n", "*", "_", "~", "**", "[", "](", ")", "https://x.y/<!here>", "![", "- ", "> ", "# ", "|a|\n|-|\n", "\\",
        "word ", "sentence. ", "é", "👩‍👩‍👧", "🇩🇪", "e\u{301}\u{301}", "\u{0}", "\r\n", "\t", "<br>", "    ", "x",
    ]

    private static func text(_ generator: inout SplitMix64, pieces: [String] = pieces, count: Int) -> String {
        (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
    }

    @Test("No text, converted or escaped, holds a live token", arguments: 0..<200)
    func noLiveTokens(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let text = Self.text(&generator, count: Int.random(in: 1...60, using: &generator))
        for output in [
            Mrkdwn.escape(text), Mrkdwn.fromMarkdown(text), Mrkdwn.code(text), Mrkdwn.fence(text), Mrkdwn.literal(text),
        ] {
            #expect(!output.contains("<"), "from \(text.debugDescription)")
            #expect(!output.contains(">"), "from \(text.debugDescription)")
            // Every ampersand begins one of the three entities.
            for piece in output.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
                let isEntity = ["amp;", "lt;", "gt;"].contains { piece.hasPrefix($0) }
                #expect(isEntity, "from \(text.debugDescription)")
            }
            #expect(!output.contains("\u{0}"))
        }
    }

    @Test("Outside code no address can be clicked")
    func noAddresses() {
        let pieces = Self.pieces.filter { !"`~|".contains($0.first ?? "x") } + ["HTTPS://A.B", "http://c.d"]
        for seed in 0..<100 {
            var generator = SplitMix64(seed: UInt64(seed))
            let text = Self.text(&generator, pieces: pieces, count: 40)
            #expect(!Mrkdwn.fromMarkdown(text).lowercased().contains("http"), "from \(text.debugDescription)")
        }
    }

    @Test("A text that is escaped and read again is the same")
    func roundTrip() {
        for seed in 0..<200 {
            var generator = SplitMix64(seed: UInt64(seed))
            let text = Self.text(&generator, pieces: ["<", ">", "&", "a", " b", "&lt;", "|", "@"], count: 20)
            #expect(Mrkdwn.decode(Mrkdwn.escape("x" + text + "x")) == "x" + text + "x")
        }
    }

    @Test("Parts of a long text are the text, and each of them fits", arguments: 0..<100)
    func split(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let limit = Int.random(in: 40...400, using: &generator)
        let text = Self.text(&generator, count: Int.random(in: 0...400, using: &generator))
        let escaped = Mrkdwn.fromMarkdown(text)
        let slices = Mrkdwn.slices(escaped, limit: limit)
        #expect(slices.joined() == escaped)
        let parts = Mrkdwn.split(escaped, limit: limit)
        #expect(parts.count == slices.count)
        for (part, slice) in zip(parts, slices) {
            #expect(part.contains(slice))
            #expect(part.utf16.count <= limit)
            #expect(!slice.isEmpty)
            #expect(Mrkdwn.fences(in: part).isMultiple(of: 2), "part \(part.debugDescription)")
        }
    }

    @Test("Without fences the parts joined are exactly the text", arguments: 0..<50)
    func splitPlain(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let text = Self.text(
            &generator, pieces: ["word ", "sentence. ", "\n", "\n\n", "👩‍👩‍👧", "&lt;", "&amp;", "longlonglong"], count: 300)
        let parts = Mrkdwn.split(text, limit: 64)
        #expect(parts.joined() == text)
        for part in parts {
            let ampersand = part.lastIndex(of: "&")
            #expect(ampersand.map { part[$0...].contains(";") } ?? true, "an entity was cut: \(part.debugDescription)")
        }
    }

    @Test("A cut is made where a reader expects it")
    func boundaries() {
        #expect(
            Mrkdwn.split("first paragraph of text\n\nsecond paragraph", limit: 32) == [
                "first paragraph of text\n\n", "second paragraph",
            ])
        #expect(
            Mrkdwn.split("the first line of two\nthe second line", limit: 32) == [
                "the first line of two\n", "the second line",
            ])
        #expect(
            Mrkdwn.split("This is a sentence. And this is one.", limit: 32) == [
                "This is a sentence. ", "And this is one.",
            ])
        #expect(
            Mrkdwn.split("many words but not a single sentence", limit: 32) == [
                "many words but not a single ", "sentence",
            ])
        #expect(Mrkdwn.split("short", limit: 32) == ["short"])
        #expect(Mrkdwn.split("", limit: 32) == [])
    }

    @Test("A fence that is cut is closed and opened again")
    func fences() {
        let parts = Mrkdwn.split("```\nline one of code\nline two of code\nline three\n```", limit: 48)
        #expect(parts == ["```\nline one of code\nline two of code\n```", "```\nline three\n```"])
    }
}
