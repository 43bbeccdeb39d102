import Planner

/// A validated query, as one way to answer a question.
struct Candidate: Sendable {
    enum Fit: Sendable, Equatable {
        /// The very words of its name or of a question it is known to answer.
        case exact
        /// Every word is accounted for, and it says nothing that was not asked. Higher scores fit better.
        case full(Double)
        /// Every word is accounted for, but it is about something narrower; the extra words.
        case narrower([String], Double)
        /// These words of the question it does not account for.
        case partial([String], Double)
    }

    var query: ValidatedQuery
    /// Where the query was curated.
    var source: String
    /// As people would ask for it.
    var title: String
    var fit: Fit
    /// What holds for the answer although nobody asked for it.
    var notes: [String] = []
    /// How many rows a ranking needs beyond where its query stops.
    var rows: Int?
    /// Output columns of which the question names one value: its row is the answer.
    var rowsOf: [String] = []
    /// Output columns that show what is asked; empty where the whole result does.
    var shown: [String] = []

    /// A query with parameters, as it was asked for word for word.
    init(bound query: ValidatedQuery) {
        self.init(
            query: query, source: "",
            title: query.questions.first ?? Words.title(query.name), fit: .exact)
    }

    init(query: ValidatedQuery, source: String, title: String, fit: Fit) {
        self.query = query
        self.source = source
        self.title = title
        self.fit = fit
    }

    /// The relations that it reads.
    var reads: [String] { query.tables.isEmpty ? query.outline.relations : query.tables }

    var isAnswer: Bool {
        switch fit {
        case .exact, .full: true
        case .narrower, .partial: false
        }
    }

    var score: Double { fit.score }

    /// On equal scores: views made from curated knowledge, then curated queries, then what else has been built or saved.
    var priority: Int {
        if query.origin != nil { return 0 }
        return query.readsBuilt || source == KnowledgeEntry.savedSource ? 2 : 1
    }

    /// Whether it answers with the words of curated knowledge.
    var isCurated: Bool { priority < 2 }
}

extension Candidate.Fit {
    /// How far it goes towards an answer; scores only compare within one degree.
    enum Degree: Int, Comparable {
        case partial, narrower, full, exact

        static func < (left: Degree, right: Degree) -> Bool { left.rawValue < right.rawValue }
    }

    var degree: Degree {
        switch self {
        case .partial: .partial
        case .narrower: .narrower
        case .full: .full
        case .exact: .exact
        }
    }

    var score: Double {
        switch self {
        case .exact: 2
        case .full(let score), .narrower(_, let score), .partial(_, let score): score
        }
    }
}
