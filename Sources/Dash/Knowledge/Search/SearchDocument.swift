import ServiceRuntime

/// What of an entry is searched, by weight: names first, prose after, statements last.
struct SearchDocument: Equatable {
    /// Name, title, synonyms: weight A.
    var names: [String] = []
    /// Questions it answers: weight B, and part of the head.
    var questions: [String] = []
    /// Descriptions and definitions: weight B.
    var descriptions: [String] = []
    /// Columns, notes, documents: weight C.
    var body: [String] = []
    /// SQL: weight D.
    var statements: [String] = []

    /// Bounds what one entry may put into an index, in characters per weight.
    private static let maximumLength = 16_000
    private static let maximumWords = 2_000
    private static let maximumLabels = 8

    init(of content: KnowledgeContent) {
        switch content {
        case .table(let table): take(table)
        case .query(let query):
            names = [query.name]
            questions = query.questions
            descriptions = [query.description]
            body = query.tables + query.columns
            statements = [query.sql]
        case .metric(let metric): take(metric)
        case .rule(let rule): descriptions = [rule.text]
        case .gotcha(let gotcha):
            names = [gotcha.issue]
            descriptions = [gotcha.solution]
            body = gotcha.tables
        case .document(let document):
            names = [document.title]
            body = [document.text]
        case .business(let profile):
            descriptions = [profile.description].compactMap(\.self)
            body = profile.notes
        }
    }

    private mutating func take(_ table: TableKnowledge) {
        names = [table.name] + table.synonyms
        descriptions = [table.description]
        body = table.useCases + table.dataQualityNotes
        for column in table.columns {
            body.append(column.name)
            body.append(column.description)
            body += column.synonyms + column.values
        }
    }

    private mutating func take(_ metric: Metric) {
        names = [metric.name] + metric.synonyms
        descriptions = [metric.definition]
        body = [metric.table] + metric.dimensions + [metric.unit].compactMap(\.self)
        statements = [metric.calculation, metric.expression, metric.filter].compactMap(\.self)
    }
}

extension SearchDocument {
    /// The row's text columns, as the statement that saves entries expects them.
    var record: [String: JSONValue] {
        [
            "names": .string(joined(names)),
            "identifiers": .string(joined(names, with: SearchWords.squeezedNames)),
            "questions": .string(joined(questions)),
            "descriptions": .string(joined(descriptions)),
            "body": .string(joined(body)),
            "body_identifiers": .string(joined(body, with: SearchWords.squeezedNames)),
            "statements": .string(joined(statements)),
            "labels": .array(labels.map { .string($0) }),
            "words": .array(vocabulary.map { .string($0) }),
            "name_words": .array(squeezedVocabulary.map { .string($0) }),
        ]
    }

    /// Name, synonyms and questions, each as its words: what a question is compared with as a whole.
    private var labels: [String] {
        var labels: [String] = []
        for text in names + questions {
            let label = String(SearchWords.words(in: text.prefix(200)).joined(separator: " "))
            if !label.isEmpty, !labels.contains(label) { labels.append(label) }
            if labels.count == Self.maximumLabels { break }
        }
        return labels
    }

    /// The distinct words that a misspelled one may have meant.
    private var vocabulary: [String] {
        var words: Set<String> = []
        for text in names + questions + descriptions + body + statements {
            for word in SearchWords.words(in: text.prefix(Self.maximumLength))
            where (3...40).contains(word.count) && word.contains(where: \.isLetter) {
                words.insert(word)
                if words.count == Self.maximumWords { return words.sorted() }
            }
        }
        return words.sorted()
    }

    /// Names of several words written as one, which are indexed as they are and not by their stems.
    private var squeezedVocabulary: [String] {
        let names = (names + body).flatMap { SearchWords.squeezedNames(in: $0.prefix(200)) }
        return Set(names.filter { $0.count <= 40 }).sorted()
    }

    private func joined(
        _ texts: [String], with cut: (Substring) -> [String] = { SearchWords.words(in: $0) }
    ) -> String {
        var result = ""
        for text in texts {
            let room = Self.maximumLength - result.utf8.count
            guard room > 0 else { break }
            let words = cut(text.prefix(room))
            guard !words.isEmpty else { continue }
            if !result.isEmpty { result += " " }
            result += words.joined(separator: " ")
        }
        return result
    }
}
