/// Which of several dates says when a row of a table came to be.
///
/// What happened to it afterwards never does, and what only the software did counts last.
enum OwnTime {
    private enum Rank: Int, CaseIterable {
        /// The deed that the table is named for: `loan_date` of loans.
        case named
        /// A deed that begins something, or no deed at all: `ordered_at`, `date`.
        case start
        case other
        /// The row was written: `created_at`.
        case written
        /// What follows later: `returned_at`.
        case later
        /// An end, a plan or a change: `due_date`, `updated_at`.
        case never
    }

    /// Nil where it is unclear.
    ///
    /// - Parameter names: what the table is called.
    static func column(among times: [ColumnModel], names: [TableModel.Name]) -> Int? {
        if times.count == 1 {
            return times.first { $0.words.allSatisfy { !["birth", "dob", "birthday", "birthdate"].contains($0) } }?
                .index
        }
        let own = names.filter { $0.quality >= 0.9 }.compactMap(\.words.last).map(NameWords.base)
        var ranked: [Rank: [ColumnModel]] = [:]
        for time in times { ranked[rank(time, own: own), default: []].append(time) }
        for rank in [Rank.named, .start, .other, .written] {
            guard let found = ranked[rank] else { continue }
            var sure = found.count == 1 ? found : found.filter { !$0.isNullable }
            // The one that is called a date and nothing else.
            let bare = found.filter(\.event.isEmpty)
            if sure.isEmpty, rank == .start, bare.count == 1 { sure = bare }
            // What is offered first is sold later.
            let offered = found.filter { !$0.words.contains { ["sold", "sale"].contains($0) } }
            if sure.isEmpty, rank == .start, offered.count == 1 { sure = offered }
            guard sure.count == 1, let only = sure.first else { return nil }
            // What may be missing is not what every row begins with.
            let lasting = (ranked[.later] ?? []).filter { !$0.isNullable }
            if rank == .other, only.isNullable, ranked[.written] == nil, let first = lasting.first {
                return lasting.count == 1 ? first.index : nil
            }
            if rank == .other, only.isNullable, let written = ranked[.written], written.count == 1,
                let kept = written.first, !kept.isNullable
            {
                return kept.index
            }
            return only.index
        }
        // What every row has, where all else may be missing: when it was received, and not when it was sent back.
        let kept = (ranked[.later] ?? []).filter { !$0.isNullable }
        return kept.count == 1 ? kept[0].index : nil
    }

    /// Whether rows may be as old as the time says; what ends or follows says nothing of that.
    static func tellsAge(_ column: ColumnModel, names: [TableModel.Name]) -> Bool {
        let own = names.filter { $0.quality >= 0.9 }.compactMap(\.words.last).map(NameWords.base)
        switch rank(column, own: own) {
        case .named, .start, .other, .written: return true
        case .later: return false
        case .never: return column.words.contains { ["birth", "birthdate", "birthday", "dob", "born"].contains($0) }
        }
    }

    private static func rank(_ column: ColumnModel, own: [String]) -> Rank {
        let events = [column.event] + column.aliases.map { $0.words.filter { !Thesaurus.timeTails.contains($0) } }
        // "checked in" is another deed than "checked".
        let words = events.flatMap { $0 } + events.filter { $0.count == 2 }.map { $0.joined() }
        if words.contains(where: never.contains) { return .never }
        if words.contains(where: { word in own.contains { isKin(word, $0) } }) { return .named }
        if words.contains(where: later.contains) { return .later }
        if words.contains(where: arrivals.contains) { return .start }
        if words.contains(where: written.contains) { return .written }
        if column.event.isEmpty || words.contains(where: starts.contains) { return .start }
        return .other
    }

    private static func isKin(_ word: String, _ name: String) -> Bool {
        NameWords.base(word) == name || !WordFamily.keys(of: word).isDisjoint(with: WordFamily.keys(of: name))
    }

    private static let starts: Set<String> = [
        "listed", "list", "listing", "start", "started", "begin", "began", "begun", "order", "ordered", "placed",
        "opened", "open", "raised",
        "reported",
        "submitted", "requested", "request", "booked", "booking", "issued", "issue", "hired", "hire", "joined", "join",
        "registered", "registration", "signup", "enrolled", "enrollment", "enrolment", "admitted", "admission",
        "borrowed", "lent", "bought", "purchased", "purchase", "sold", "sale", "occurred", "happened", "measured",
        "taken", "detected", "performed", "filed", "invoice", "invoiced", "billed", "posted", "sent", "arrived",
        "checkin", "departure", "departed", "from", "visit", "effective", "signed", "founded", "born", "published",
    ]

    private static let arrivals: Set<String> = [
        "checkedin", "clockedin", "loggedin", "signedin", "signedup", "pickedup",
    ]

    private static let written: Set<String> = [
        "created", "create", "creation", "added", "inserted", "insert", "entered", "recorded", "logged", "stored",
    ]

    private static let later: Set<String> = [
        "closed", "completed", "completion", "resolved", "resolution", "finished", "cancelled", "canceled",
        "cancellation", "retired", "left", "paid", "payment", "refunded", "refund", "delivered", "delivery", "returned",
        "return", "discharge", "discharged", "checkout", "archived", "approved", "approval", "rejected", "cleared",
        "acknowledged", "verified", "shipped", "shipping", "shipment", "ship", "settled", "settlement", "terminated",
        "termination", "confirmed", "received", "arrival", "response", "responded", "answered", "repaired", "fixed",
        "scrapped", "disposed", "disposal", "dissolved", "exit", "exited", "closing", "closure", "decided", "decision",
        "sunset", "solved", "reopened", "removed", "removal", "decommissioned", "activated", "redeemed",
        "used", "checkedout", "clockedout", "loggedout", "signedout", "droppedoff",
    ]

    private static let never: Set<String> = [
        "end", "ended", "due", "expiry", "expires", "expire", "expired", "expiration", "updated", "update", "modified",
        "changed", "deleted", "synced", "loaded", "imported", "birth", "birthdate", "birthday", "dob", "last", "read",
        "estimated", "promised", "expected", "planned", "target", "next", "until", "to", "valid", "to", "forecast",
        "deadline",
    ]
}
