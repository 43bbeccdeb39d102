import Planner

/// Questions about a generated company, in turn of every kind that the planner knows, with words it does not know.
struct GeneratedQuestions {
    private let company: GeneratedCompany
    private var words: GeneratedWords

    init(_ company: GeneratedCompany, words: GeneratedWords) {
        self.company = company
        self.words = words
    }

    mutating func question(_ number: Int) -> String {
        let tables = company.source.tables
        let table = tables[words.number(below: tables.count)]
        let metrics = company.source.metrics
        let metric = metrics[words.number(below: metrics.count)].name
        let text = table.columns.filter { $0.type == "text" }
        let column = text[words.number(below: text.count)].name
        let set = company.values[words.number(below: company.values.count)]
        let value = set.values[words.number(below: set.values.count)]
        switch number % 10 {
        case 0: return "What is our \(metric) this month compared to last month?"
        case 1: return "How many \(table.name) do we have by \(column) in the last 6 months?"
        case 2: return "Show me the top 5 \(table.name) by \(table.columns[3].name) since January 2024"
        case 3: return "\(metric) by month for the past 12 months where \(column) is \(value)"
        case 4: return "how many \(table.name) with \(table.columns[3].name) over $1.5k were created last week"
        case 5: return "List all \(table.name) for \(value), sorted by name"
        case 6: return "What share of \(metric) comes from \(Self.misspelt(value))?"
        case 7: return "average \(table.columns[3].name) per \(column) between Jan 1, 2023 and Mar 31, 2023"
        case 8: return "Why did \(words.word()) \(words.word()) drop and who is responsible for \(value)?"
        default:
            return (0..<60).map { _ in words.commonWord() }.joined(separator: " ") + " by \(column) and \(value)"
        }
    }

    /// With two letters exchanged.
    private static func misspelt(_ value: String) -> String {
        var letters = Array(value)
        if letters.count > 5 { letters.swapAt(2, 3) }
        return String(letters)
    }
}
