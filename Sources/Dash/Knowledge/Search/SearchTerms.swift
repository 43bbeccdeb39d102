import Glibc

/// A question's words, weighed by how rare they are, and the statements' text queries made of them.
///
/// Pure: what the database knows about the words comes in.
struct SearchTerms: Sendable, Equatable {
    /// One spelling of a word that occurs in the index.
    struct Form: Sendable, Equatable {
        var lexeme: String
        /// 1 for the word itself, less for what a misspelled one may have meant.
        var likeness: Double
        /// How many entries hold it anywhere, and how many in name, synonyms or questions.
        var entries: Double
        var headEntries: Double
    }

    /// A word of the question with its forms; without any, nothing in the index resembles it.
    struct Term: Sendable, Equatable {
        var word: String
        var forms: [Form]
        /// Words like "total" or "month" go with any subject: they rank, but find nothing by themselves.
        var isGeneral: Bool
    }

    /// Rows that a statement may fetch to rank them: bounds the time of a search whatever the words are.
    static let headBudget = 800
    static let searchBudget = 250

    private(set) var terms: [Term]
    private let entries: Double
    private let isExact: Bool

    /// - Parameter isExact: whether there are so few entries that all that match may be ranked.
    init(terms: [Term], entries: Int, isExact: Bool = false) {
        self.entries = Double(max(entries, 1))
        self.isExact = isExact
        self.terms = terms
        if terms.allSatisfy({ $0.isGeneral || $0.forms.isEmpty }) {
            // "trend by month": there is nothing but general words to go by.
            for index in self.terms.indices { self.terms[index].isGeneral = false }
        }
    }

    var isEmpty: Bool { terms.allSatisfy { $0.forms.isEmpty } }

    /// How much it says that an entry holds the word.
    func weight(of term: Term) -> Double {
        let holding = term.forms.map(\.entries).max() ?? 0
        return log(1 + entries / (holding + 0.5))
    }

    /// What the words weigh together that could tell a fitting entry from another.
    var specificWeight: Double {
        terms.filter { !$0.isGeneral }.map(weight).reduce(0, +)
    }

    /// One row per form: its term, its text query, its weight; and the query for names alone, unless it is general.
    var rows: [(term: Int, query: String, named: String?, weight: Double, specific: Double)] {
        terms.enumerated().flatMap { index, term in
            term.forms.map { form in
                let weight = weight(of: term) * form.likeness
                let quoted = Self.quoted(form.lexeme)
                return (index, quoted, term.isGeneral ? nil : quoted + ":A", weight, term.isGeneral ? 0 : weight)
            }
        }
    }

    /// How entries are found: by rare words alone, and by common ones, of which only a part may be looked at. Each is a
    /// text query, empty where there is nothing to find by.
    struct Queries: Equatable {
        var rare: String
        var common: String
    }

    /// Finds candidates by what names them.
    var headQueries: Queries { queries(\.headEntries, budget: Self.headBudget) }

    /// Finds candidates by everything they say.
    var searchQueries: Queries { queries(\.entries, budget: Self.searchBudget) }

    /// Any of the words.
    var anyQuery: String {
        groups(\.entries).map(\.query).joined(separator: " | ")
    }

    private struct Group {
        var query: String
        var entries: Double
    }

    private func groups(_ count: (Form) -> Double) -> [Group] {
        terms.filter { !$0.forms.isEmpty }.map { term in
            let query = term.forms.map { Self.quoted($0.lexeme) }.joined(separator: " | ")
            return Group(
                query: term.forms.count > 1 ? "(\(query))" : query, entries: term.forms.map(count).reduce(0, +))
        }
    }

    private func queries(_ count: (Form) -> Double, budget: Int) -> Queries {
        if isExact { return Queries(rare: anyQuery, common: "") }
        let budget = Double(budget)
        let sorted = groups(count).sorted { ($0.entries, $0.query) < ($1.entries, $1.query) }
        var spent = 0.0
        let rare = sorted.prefix { group in
            spent += group.entries
            return spent <= budget
        }
        return Queries(
            rare: rare.map(\.query).joined(separator: " | "),
            common: common(Array(sorted.dropFirst(rare.count)), budget: budget))
    }

    /// The least common word with as many of the others as it takes to stay within the budget, and with each of the next
    /// alone where that is few enough.
    private func common(_ groups: [Group], budget: Double) -> String {
        guard let first = groups.first else { return "" }
        var together = [first.query]
        var expected = first.entries
        for group in groups.dropFirst() where expected > budget {
            together.append(group.query)
            expected *= group.entries / entries
        }
        var alternatives = ["(" + together.joined(separator: " & ") + ")"]
        if together.count > 2 {
            for group in groups.dropFirst().prefix(3) where first.entries * group.entries / entries <= budget / 2 {
                alternatives.append("(\(first.query) & \(group.query))")
            }
        }
        return alternatives.joined(separator: " | ")
    }

    private static func quoted(_ lexeme: String) -> String {
        var result = "'"
        for character in lexeme {
            if character == "'" || character == "\\" { result.append(character) }
            result.append(character)
        }
        return result + "'"
    }
}
