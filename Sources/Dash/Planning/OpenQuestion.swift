import Planner
import ServiceRuntime

/// A question of a validated query with parameters, taken apart: its own words in order, and what stands between them.
struct OpenQuestion: Sendable {
    enum Element: Sendable {
        case word(Token)
        case parameter(QueryParameter, ColumnID?)
    }

    let query: ValidatedQuery
    let elements: [Element]
    /// The tables that the query reads.
    let tables: Set<TableID>

    /// Those of its questions whose parameters stand in columns that there are.
    static func all(of query: ValidatedQuery, _ source: SemanticSource) -> [OpenQuestion] {
        guard !query.parameters.isEmpty, query.parameterProblems.isEmpty else { return [] }
        let relations = query.outline.relations.map { Phrasebook.unqualified($0).lowercased() }
        let tables = Set(source.tables.map(\.id).filter { relations.contains($0.name.lowercased()) })
        return query.questions.compactMap { OpenQuestion(query, $0, tables, source) }
    }

    private init?(_ query: ValidatedQuery, _ text: String, _ tables: Set<TableID>, _ source: SemanticSource) {
        var elements: [Element] = []
        var end = text.startIndex
        func words(_ part: Substring) -> [Element] {
            let tokens = Tokenizer.tokens(of: String(part)).filter { !Self.isPassedOver($0) }
            return (elements.isEmpty ? Array(tokens.drop(while: Self.asks)) : tokens).map(Element.word)
        }
        for slot in QuerySlot.all(inText: text) {
            guard let parameter = query.parameters.first(where: { $0.name == slot.name }) else { return nil }
            let column = parameter.column.flatMap { source.column(named: $0) }
            guard column != nil || parameter.column == nil else { return nil }
            elements += words(text[end..<slot.range.lowerBound])
            elements.append(.parameter(parameter, column))
            end = slot.range.upperBound
        }
        elements += words(text[end...])
        // A value alone asks for nothing in particular.
        guard elements.contains(where: { if case .word = $0 { true } else { false } }) else { return nil }
        self.query = query
        self.elements = elements
        self.tables = tables
    }

    /// Words and marks that say nothing here. What compares, counts, splits or negates is not among them.
    static func isPassedOver(_ token: Token) -> Bool {
        token.isMark
            || (token.isWord && !token.isCode && (EnglishWords.little.contains(token.word) || token.word == "s"))
    }

    /// "Show", where nothing has been named yet.
    static func asks(_ token: Token) -> Bool {
        token.isWord && (EnglishWords.asking.contains(token.word) || token.word == "list")
    }
}

extension SemanticSource {
    /// `table.column` or `schema.table.column`, in any case.
    func column(named reference: String) -> ColumnID? {
        let parts = SQLIdentifier.parts(of: reference).map { $0.lowercased() }
        guard (2...3).contains(parts.count), let name = parts.last else { return nil }
        for table in tables where table.name.lowercased() == parts[parts.count - 2] {
            guard parts.count == 2 || table.schema.lowercased() == parts[0] else { continue }
            if let column = table.columns.first(where: { $0.name.lowercased() == name }) {
                return ColumnID(table.id, column.name)
            }
        }
        return nil
    }
}
