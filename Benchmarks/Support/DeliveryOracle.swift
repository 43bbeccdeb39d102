package import ServiceRuntime

/// Judges whether every question got exactly one final answer, whole, in its own thread and in order.
///
/// Goes by what Slack has kept, not by what Dash believes: the marks in the texts, the metadata, threads and time stamps.
package struct DeliveryOracle: Sendable {
    package enum Violation: String, Sendable, CaseIterable {
        /// Acknowledged, and no final answer.
        case lost
        /// A part of the answer, or its placeholder, stands there more than once.
        case doubled
        /// A part of the answer is missing.
        case incomplete
        /// The parts of the answer do not stand in order.
        case partsDisordered
        /// Answered before a question that was added to the thread's queue earlier.
        case disordered
        /// Some of the answer stands elsewhere than in the question's thread.
        case misplaced
        /// Answered with something else than its answer, such as a sentence about a failure.
        case failed
        /// An answer to what nobody asked, or what was not for Dash.
        case unasked
        /// The database holds work that is neither done nor given up, or that was given up.
        case leftOver
    }

    package struct Finding: Sendable, Hashable {
        package var violation: Violation
        /// The question's item, or what is left over.
        package var subject: String
        package var detail: String
    }

    package struct Verdict: Sendable {
        package var findings: [Finding]
        package var answered: Int
        /// Never acknowledged and not answered either: Slack had given up delivering it.
        package var neverDelivered: Int
        /// Never acknowledged, and answered once all the same.
        package var answeredUnacknowledged: Int

        package var isClean: Bool { findings.isEmpty }

        package func count(_ violation: Violation) -> Int { findings.count { $0.violation == violation } }

        package var json: JSONValue {
            var members: [String: JSONValue] = [
                "answered": .integer(Int64(answered)), "never_delivered": .integer(Int64(neverDelivered)),
                "answered_unacknowledged": .integer(Int64(answeredUnacknowledged)),
            ]
            for violation in Violation.allCases {
                members[violation.rawValue] = .integer(Int64(count(violation)))
            }
            if !findings.isEmpty {
                members["findings"] = .array(
                    findings.prefix(50).map { .string("\($0.violation.rawValue): \($0.subject): \($0.detail)") })
            }
            return .object(members)
        }
    }

    /// What stands there for one question.
    private struct Standing {
        var question: DeliveryRecord.Question
        var own: [FakeSlack.Message] = []
        /// When the first paragraph of the answer, or what stands instead of it, was there for the first time.
        var answeredAt: Double?
    }

    package static func verdict(on record: DeliveryRecord) -> Verdict {
        var verdict = Verdict(findings: [], answered: 0, neverDelivered: 0, answeredUnacknowledged: 0)
        let own = record.messages.filter(\.isOwn)
        let byKey = Dictionary(grouping: own.filter { $0.key != nil }) { $0.key ?? "" }
        // Marked paragraphs wherever they stand, also without metadata.
        var placesOfMarks: [String: [FakeSlack.Message]] = [:]
        for message in own {
            for mark in marks(in: message.text) { placesOfMarks[mark, default: []].append(message) }
        }
        var answeredAt: [String: Double] = [:]
        for question in record.questions {
            let found = judge(question, byKey[question.key] ?? [], placesOfMarks, &verdict)
            if let found { answeredAt[question.key] = found }
        }
        judgeOrder(record, answeredAt, &verdict)
        let asked = Set(record.questions.map(\.key))
        for (key, messages) in byKey where !asked.contains(key) {
            verdict.findings.append(
                Finding(violation: .unasked, subject: key, detail: "\(messages.count) messages"))
        }
        judgeLeftovers(record.leftovers, expectedFailures: record.questions.count(where: \.mayFail), &verdict)
        return verdict
    }

    /// Returns when the question was answered, if it was.
    private static func judge(
        _ question: DeliveryRecord.Question, _ own: [FakeSlack.Message],
        _ placesOfMarks: [String: [FakeSlack.Message]], _ verdict: inout Verdict
    ) -> Double? {
        func add(_ violation: Violation, _ detail: String) {
            verdict.findings.append(
                Finding(violation: violation, subject: "\(question.item) (\(question.key))", detail: detail))
        }
        for (seq, posts) in Dictionary(grouping: own, by: { $0.seq ?? -1 }) where posts.count > 1 {
            add(.doubled, "part \(seq) was posted \(posts.count) times: \(posts.map(\.ts).joined(separator: ", "))")
        }
        if let stray = own.first(where: { $0.channel != question.channel || $0.thread != question.thread }) {
            add(.misplaced, "\(stray.ts) in \(stray.channel), thread \(stray.thread ?? "none")")
        }
        let marks = (0..<question.paragraphs).map { ItemName.mark(question.item, paragraph: $0) }
        let places = marks.map { placesOfMarks[$0] ?? [] }
        let finals = own.filter { message in
            (message.seq ?? 0) > 0 || message.versions.dropFirst().contains(where: \.isMarked)
        }
        guard !places.allSatisfy(\.isEmpty) else {
            guard let other = finals.first else {
                if question.isAcknowledged {
                    add(.lost, own.isEmpty ? "nothing was posted" : "only “\(own[0].text.prefix(60))”")
                } else {
                    verdict.neverDelivered += 1
                }
                return nil
            }
            if !question.mayFail { add(.failed, "“\(other.text.prefix(120))”") }
            if finals.count > 1 { add(.doubled, "\(finals.count) messages instead of an answer") }
            verdict.answered += 1
            return other.versions.last { $0.isMarked }?.at
        }
        verdict.answered += 1
        if !question.isAcknowledged { verdict.answeredUnacknowledged += 1 }
        for (mark, messages) in zip(marks, places) {
            if messages.isEmpty { add(.incomplete, "\(mark) is missing") }
            if messages.count > 1 {
                add(.doubled, "\(mark) stands in \(messages.map(\.ts).joined(separator: ", "))")
            }
            if let stray = messages.first(where: { $0.channel != question.channel || $0.thread != question.thread }) {
                add(.misplaced, "\(mark) stands in \(stray.channel), thread \(stray.thread ?? "none")")
            }
        }
        if let bare = own.first(where: { Self.marks(in: $0.text).isEmpty }) {
            add(.doubled, "beside the answer stands “\(bare.text.prefix(60))”")
        }
        let positions = places.compactMap(\.first?.ts)
        if zip(positions, positions.dropFirst()).contains(where: { $0 > $1 }) {
            add(.partsDisordered, positions.joined(separator: ", "))
        }
        return places.first?.first?.versions.first { $0.text.contains(marks[0]) }?.at
    }

    /// In a thread, answers come in the order in which the questions' jobs were added, and so do their first messages.
    private static func judgeOrder(_ record: DeliveryRecord, _ answeredAt: [String: Double], _ verdict: inout Verdict) {
        let questions = Dictionary(record.questions.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var latest: [String: (key: String, at: Double)] = [:]
        for key in record.order {
            guard let question = questions[key], let at = answeredAt[key] else { continue }
            if let before = latest[question.lane], before.at > at {
                verdict.findings.append(
                    Finding(
                        violation: .disordered, subject: "\(question.item) (\(key))",
                        detail: "answered \(before.at - at) s before \(before.key), which was asked first"))
            }
            if latest[question.lane].map({ $0.at < at }) ?? true { latest[question.lane] = (key, at) }
        }
    }

    private static func judgeLeftovers(
        _ left: DeliveryRecord.Leftovers, expectedFailures: Int, _ verdict: inout Verdict
    ) {
        let counts = [
            ("unfinished jobs", left.unfinishedJobs), ("failed jobs", max(left.failedJobs - expectedFailures, 0)),
            ("messages in intent", left.messagesInIntent), ("unsent messages", left.messagesReady),
            ("messages given up", left.messagesGivenUp),
        ]
        for (name, count) in counts where count > 0 {
            verdict.findings.append(Finding(violation: .leftOver, subject: name, detail: "\(count)"))
        }
    }

    /// The marks that stand in a text, in order, each once.
    static func marks(in text: String) -> [String] {
        var found: [String] = []
        for word in text.split(whereSeparator: { !($0.isLetter || $0 == "-") }) {
            guard word.contains("-part-"), ItemName.last(in: String(word)) != nil, !found.contains(String(word)) else {
                continue
            }
            found.append(String(word))
        }
        return found
    }
}
