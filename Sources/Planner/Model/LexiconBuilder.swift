/// Says by which phrases tables, columns, metrics and enumerated values are called.
struct LexiconBuilder {
    private var lexicon = Lexicon()
    /// How many metrics' names end in the word: "revenue" alone may be each of them.
    private var shared: [String: Int] = [:]
    /// What metrics are called, whole names.
    private var defined: Set<[String]> = []
    private let tables: [TableModel]
    private let columns: [ColumnModel]

    static func lexicon(tables: [TableModel], columns: [ColumnModel], source: SemanticSource) -> Lexicon {
        var builder = LexiconBuilder(tables: tables, columns: columns)
        for metric in source.metrics {
            let words = Words.plain(String(metric.name.prefix { $0 != "(" }))
            if words.count > 1, let last = words.last { builder.shared[last, default: 0] += 1 }
        }
        for (index, metric) in source.metrics.enumerated() { builder.add(metric, index) }
        for table in tables {
            builder.add(table)
            builder.addDuration(table)
        }
        for (table, described) in zip(tables, source.tables) {
            for (index, column) in zip(table.columns, described.columns) {
                builder.add(columns[index], synonyms: NameWords.names(among: column.synonyms, of: column.name))
            }
        }
        return builder.lexicon
    }

    private init(tables: [TableModel], columns: [ColumnModel]) {
        self.tables = tables
        self.columns = columns
    }

    // MARK: Metrics and tables

    private mutating func add(_ metric: SemanticSource.Metric, _ index: Int) {
        for name in [metric.name] + metric.synonyms {
            let outside = name.split(separator: "(", maxSplits: 1)
            let entry = Lexicon.Entry(sense: .metric(index), quality: 1)
            let words = outside.first.map { Words.plain(String($0)) } ?? []
            lexicon.insert(words, entry)
            defined.insert(words)
            if words.count > 1, let last = words.last, name == metric.name {
                let quality = (shared[last] ?? 0) > 1 ? 0.9 : 0.75
                lexicon.insert([last], .init(sense: .metric(index), quality: quality))
            }
            if outside.count == 2 {
                let inner = outside[1].prefix { $0 != ")" }
                if !inner.contains(" ") {
                    lexicon.insert(Words.plain(String(inner)), entry)
                    defined.insert(Words.plain(String(inner)))
                }
            }
        }
    }

    private mutating func add(_ table: TableModel) {
        for name in table.names {
            lexicon.insert(name.words, .init(sense: .table(table.index), quality: name.quality))
            if let last = name.words.last, NameForms.groups.contains(last) {
                lexicon.insert(name.words + ["member"], .init(sense: .table(table.index), quality: name.quality * 0.97))
            }
        }
        addName(table)
    }

    static let starts: Set<String> = [
        "start", "started", "begin", "began", "opened", "open", "checkin", "departure", "from", "login",
        "checkedin", "clockedin", "loggedin",
    ]
    static let ends: Set<String> = [
        "end", "ended", "finish", "finished", "closed", "close", "checkout", "arrival", "to", "stop", "logout",
        "checkedout", "clockedout", "loggedout",
    ]

    /// The times at which a table's rows begin and end, where they have no duration of their own.
    static func span(of table: TableModel, _ columns: [ColumnModel]) -> (from: Int, to: Int)? {
        // "checked in" is one deed of two words.
        func isNamed(_ time: Int, _ deeds: Set<String>) -> Bool {
            columns[time].words.contains(where: deeds.contains) || deeds.contains(columns[time].event.joined())
        }
        let starts = table.times.filter { isNamed($0, Self.starts) }
        let ends = table.times.filter { isNamed($0, Self.ends) }
        guard starts.count == 1, ends.count == 1, starts != ends,
            !table.columns.contains(where: { columns[$0].words.contains("duration") })
        else { return nil }
        return (starts[0], ends[0])
    }

    /// From a table's start to its end.
    private mutating func addDuration(_ table: TableModel) {
        guard let (start, end) = Self.span(of: table, columns) else { return }
        let entry = Lexicon.Entry(sense: .duration(start, end), quality: 0.9)
        for word in ["duration", "length"] {
            lexicon.insert([word], entry)
            for name in table.names { lexicon.insert(name.words + [word], entry) }
        }
    }

    /// "the name" of rows that are called by something else than a column of that name.
    private mutating func addName(_ table: TableModel) {
        guard !table.labels.isEmpty, !table.labels.contains(where: { columns[$0].words == ["name"] }),
            !table.columns.contains(where: {
                columns[$0].words.count == 2 && columns[$0].words[1] == "name" && table.labels.count == 1
            })
        else { return }
        let isPerson = table.labels.count == 2
        // Where populations are kept, people are those.
        let isCounted = columns.contains { $0.words.contains { ["population", "inhabitants"].contains($0) } }
        if isPerson, !isCounted {
            for word in ["person", "people"] {
                lexicon.insert([word], .init(sense: .table(table.index), quality: 0.72))
            }
        }
        lexicon.insert(["name"], .init(sense: .table(table.index), quality: 0.72))
        if isPerson { lexicon.insert(["full", "name"], .init(sense: .table(table.index), quality: 0.9)) }
        for name in table.names {
            let entry = Lexicon.Entry(sense: .table(table.index), quality: 0.9 * name.quality)
            lexicon.insert(name.words + ["name"], entry)
            lexicon.insert(["name", "of"] + name.words, entry)
        }
    }

    // MARK: Columns

    private mutating func add(_ column: ColumnModel, synonyms: [String]) {
        let table = tables[column.table]
        var forms = Self.forms(column)
        for alias in column.aliases {
            var other = column
            other.words = alias.words
            forms += Self.forms(other).map { ($0.0, $0.1 * alias.quality) }
            if !other.event.isEmpty {
                lexicon.insert(other.event, .init(sense: .event(column.index), quality: 0.95 * alias.quality))
            }
        }
        for synonym in synonyms { forms.append((NameWords.split(synonym), 1)) }
        if column.role == .label, let last = column.words.last, last == "name", column.words.count > 1 {
            forms.append((["name"], 0.97))
            if column.words != ["full", "name"] { forms.append((["full", "name"], 0.9)) }
        }
        forms += NameForms.spoken(forms)
        for (words, quality) in forms {
            lexicon.insert(words, .init(sense: .column(column.index), quality: quality))
            // "customers joined" is a sentence, not a name.
            let isVerb =
                column.isTime && words.count == 1 && (words != column.words || WordFamily.isDeed(words[0]))
            // A number that is defined goes by its definition, whatever table stands before it.
            let isDefined = column.role == .measure && defined.contains(words)
            for name in table.names
            where !isVerb && !isDefined && words != name.words && !Self.begins(words, with: name.words) {
                lexicon.insert(
                    name.words + words,
                    .init(sense: .column(column.index), quality: quality * name.quality, isQualified: true))
            }
            if words.count == 1, column.role == .measure, let head = table.words.last, head != words[0] {
                // "closing price" of a table of prices.
                lexicon.insert(words + [head], .init(sense: .column(column.index), quality: quality * 0.9))
            }
        }
        for synonym in synonyms where column.isTime {
            let words = NameWords.split(synonym).filter { !Thesaurus.timeTails.contains($0) }
            if words.count == 1 { lexicon.insert(words, .init(sense: .event(column.index), quality: 0.97)) }
        }
        if column.isTime, !column.event.isEmpty {
            lexicon.insert(column.event, .init(sense: .event(column.index), quality: 0.95))
            // "paid" of `bill_paid_on`.
            if column.event.count == 2, WordFamily.isDeed(column.event[1]) {
                lexicon.insert([column.event[1]], .init(sense: .event(column.index), quality: 0.85))
            }
        }
        for word in YearEvents.words(of: column) {
            lexicon.insert([word], .init(sense: .event(column.index), quality: 0.9))
        }
        if column.kind == .flag {
            let words = column.words.filter { !Thesaurus.flagHeads.contains($0) }
            lexicon.insert(words, .init(sense: .flag(column.index), quality: 1))
            if let words = column.flagWords { lexicon.insert(words, .init(sense: .flag(column.index), quality: 0.93)) }
        }
        for value in column.values where column.kind != .flag {
            lexicon.insert(Words.plain(value), .init(sense: .value(column.index, [value]), quality: 0.97))
        }
        if column.kind == .text, !column.values.isEmpty, column.values.allSatisfy(Self.isCode) {
            for value in column.values { lexicon.insert(code: value.lowercased()) }
        }
        if column.words.contains(where: { ["sex", "gender"].contains($0) }) {
            for (letter, names) in [("F", ["female", "woman", "women"]), ("M", ["male", "man", "men"])]
            where column.values.contains(letter) {
                for name in names {
                    lexicon.insert([name], .init(sense: .value(column.index, [letter]), quality: 0.95))
                }
            }
        }
        for code in column.codes {
            let words = Words.plain(code.words)
            lexicon.insert(words, .init(sense: .value(column.index, [code.value]), quality: 0.95))
            // "are in quarantine": the little word is no part of it.
            if words.count > 1, ["in", "on", "at", "under", "out"].contains(words[0]) {
                lexicon.insert(
                    Array(words.dropFirst()), .init(sense: .value(column.index, [code.value]), quality: 0.93))
            }
        }
    }

    private static func begins(_ words: [String], with name: [String]) -> Bool {
        words.count >= name.count && zip(words, name).allSatisfy { NameWords.base($0) == NameWords.base($1) }
    }

    /// Short and in capitals, as nobody says it: MED, CRIT.
    private static func isCode(_ value: String) -> Bool {
        value.utf8.count <= 5 && value.allSatisfy { $0.isUppercase || $0.isNumber }
    }

    private static let unitTails: Set<String> = [
        "kg", "km", "mb", "gb", "usd", "eur", "gbp", "min", "mins", "sec", "secs", "ms", "pct", "cm", "mm", "lbs",
        "hours", "minutes", "seconds", "days", "m2", "sqft", "sqm", "pallets", "kwh", "kw", "mw", "m", "g", "ml",
        "cents", "liters", "litres", "liter", "tons", "miles", "mi", "ft", "c", "kmh", "mph",
    ]
    private static let droppedTails: Set<String> = ["name", "type", "code", "count", "number", "status", "level"]

    /// What the column is called within its table, and how well that fits.
    private static func forms(_ column: ColumnModel) -> [([String], Double)] {
        var forms: [([String], Double)] = [(column.words, 1)]
        var words = column.words
        if column.kind == .number, words.count > 1, let last = words.last,
            unitTails.contains(last) || unitTails.contains(last + "s")
        {
            words.removeLast()
            forms.append((words, 0.97))
        }
        if column.kind == .flag, let first = words.first, words.count > 1, Thesaurus.flagHeads.contains(first) {
            words.removeFirst()
            forms.append((words, 0.9))
        }
        if column.isTime {
            let event = column.event
            if !event.isEmpty {
                forms.append((event + ["date"], 0.98))
                forms.append((event + ["day"], 0.9))
                forms.append((["date", "of"] + event, 0.95))
                if column.kind == .moment { forms.append((event + ["time"], 0.95)) }
                if column.words.count == event.count { forms.append((event, 1)) }
            } else {
                forms.append((["date"], 0.95))
                if column.kind == .moment { forms.append((["time"], 0.9)) }
            }
            return forms
        }
        if column.kind == .number, words.count == 2, ["no", "nr"].contains(words[1]), column.role != .foreignKey {
            // "by round" for the round number.
            forms.append(([words[0]], 0.8))
        }
        if words.count == 2 {
            forms.append(([words[1], "of", words[0]], 0.95))
            if ["years", "months", "days", "hours"].contains(words[0]) {
                forms.append(([words[0], "of", words[1]], 0.97))
            }
            if ["num", "number", "no", "count", "total"].contains(words[0]) {
                forms.append((["number", "of", words[1]], 0.97))
            }
        }
        if words.count > 1, column.role != .foreignKey, let last = words.last {
            if droppedTails.contains(last), column.kind == .text || column.role == .category {
                forms.append((Array(words.dropLast()), last == "name" ? 0.93 : 0.85))
            }
            // The last word alone names it within its table: "fee" for the visit fee.
            if !["name", "id", "type", "code", "status", "date", "number"].contains(last) {
                forms.append(([last], 0.75))
            }
            if words.count == 3 { forms.append((Array(words.suffix(2)), 0.85)) }
            if column.role == .measure, words.count == 2, Self.measured.contains(last) {
                forms.append(([words[0]], 0.75))
            }
        }
        if column.role == .category, column.kind == .text, let last = words.last,
            !["name", "code", "id", "type", "status", "description"].contains(last)
        {
            forms.append((words + ["name"], 0.9))
        }
        if column.role == .foreignKey, words.count > 1, let last = words.last, Thesaurus.keyTails.contains(last) {
            forms.append((Array(words.dropLast()), 0.7))
        }
        if words.count == 3 { forms.append(([words[2], words[1]], 0.8)) }
        if words.count == 3 {
            for order in [[1, 0, 2], [2, 0, 1], [0, 2, 1]] { forms.append((order.map { words[$0] }, 0.9)) }
        }
        if words.count == 2, column.role == .measure { forms.append(([words[1], words[0]], 0.9)) }
        return forms
    }

    private static let measured: Set<String> = [
        "cost", "amount", "value", "count", "total", "score", "quantity", "price",
    ]
}
