/// Works out words and roles of tables and columns.
struct ModelBuilder {
    private(set) var tables: [TableModel] = []
    private(set) var columns: [ColumnModel] = []
    private let glossary: Glossary
    /// By table, the one column that others refer to.
    private let referenced: [TableID: String]

    init(_ source: SemanticSource) {
        var referenced: [TableID: Set<String>] = [:]
        for key in source.tables.flatMap(\.foreignKeys) where key.referencedColumns.count == 1 {
            referenced[key.table, default: []].formUnion(key.referencedColumns)
        }
        self.referenced = referenced.compactMapValues { $0.count == 1 ? $0.first : nil }
        glossary = Glossary(source)
        let spelt = source.tables.map { NameWords.split(NameWords.spelling(of: $0.name, synonyms: $0.synonyms)) }
        let prefix = Prefixes.schema(spelt)
        var indices: [TableID: Int] = [:]
        for (index, table) in source.tables.enumerated() { indices[table.id] = index }
        for (index, table) in source.tables.enumerated() {
            add(
                table, index: index, pieces: Prefixes.bare(spelt[index], schema: prefix), prefix: prefix,
                indices: indices)
        }
        describe(source)
    }

    private mutating func add(
        _ table: SemanticSource.Table, index: Int, pieces: [String], prefix: String?, indices: [TableID: Int]
    ) {
        let first = columns.count
        var words = glossary.words(table: index, pieces: pieces)
        if !DescribedText.isRestricted(table.description),
            let named = glossary.replacement(for: pieces, DescribedText.tableNames(table.description))
        {
            words = named
        }
        let spelt = table.columns.map { NameWords.split(NameWords.spelling(of: $0.name, synonyms: $0.synonyms)) }
        let raw = Prefixes.stripped(spelt, table: pieces, schema: prefix)
        let full = zip(raw, table.columns).enumerated().map { offset, pair in
            glossary.words(table: index, column: offset, pieces: pair.0, description: pair.1.description)
        }
        let stripped = zip(Prefixes.stripped(full, table: words, schema: prefix), table.columns)
            .map { glossary.completed($0, description: $1.description) }
        for (offset, column) in table.columns.enumerated() {
            let targets = table.foreignKeys.filter { $0.columns.contains(column.name) }
                .compactMap { $0.columns.count == 1 ? indices[$0.table] : nil }
            columns.append(
                Self.column(
                    column, of: table, table: index, index: first + offset, words: stripped[offset], targets: targets))
            if full[offset] != raw[offset] {
                columns[first + offset].aliases.append(TableModel.Name(words: raw[offset], quality: 0.9))
            }
        }
        let range = first..<columns.count
        let key = key(of: table, range)
        if let key, columns[key].role != .foreignKey {
            columns[key].role = .key
            // `uid` of users, `txid` of transactions.
            if columns[key].words.count == 1, let word = columns[key].words.first, word != "id", word.hasSuffix("id"),
                word.utf8.count <= 5
            {
                columns[key].words = ["id"]
            }
        }
        let labels = labels(range, of: Set((words + pieces).map(NameWords.base)))
        for label in labels { columns[label].role = .label }
        let times = range.filter { columns[$0].isTime }
        var names = Self.names(words, table: table)
        if pieces != words { names.append(TableModel.Name(words: pieces, quality: 0.9)) }
        if let key, let called = Self.called(by: spelt[key - first], among: words) {
            names.append(TableModel.Name(words: called, quality: 0.9))
        }
        tables.append(
            TableModel(
                index: index, id: table.id, description: table.description,
                names: names, title: Self.title(words), columns: range, key: key,
                labels: labels, times: times, mainTime: nil,
                isJunction: isJunction(table), isView: table.isView))
    }

    /// What descriptions add, which needs the names of all tables.
    private mutating func describe(_ source: SemanticSource) {
        let described = DescribedNames(tables)
        for (index, table) in source.tables.enumerated() {
            for name in described.names(of: tables[index])
            where !tables[index].names.contains(where: { $0.words == name.words && $0.quality >= name.quality }) {
                tables[index].names.append(name)
            }
            let neighbours = columns[tables[index].columns]
            for (place, column) in zip(tables[index].columns, table.columns) {
                columns[place].aliases += described.names(
                    of: columns[place], in: tables[index], neighbours: neighbours, description: column.description)
            }
            if tables[index].labels.isEmpty, let label = describedLabel(table, tables[index]) {
                tables[index].labels = [label]
                columns[label].role = .label
            }
            tables[index].mainTime = mainTime(of: table, tables[index])
        }
    }

    private func describedLabel(_ table: SemanticSource.Table, _ model: TableModel) -> Int? {
        let owner = Set(model.names.flatMap(\.words).map(NameWords.base))
        let found = zip(model.columns, table.columns).filter { place, column in
            columns[place].kind == .text && columns[place].role != .foreignKey
                && DescribedText.isName(column.description, owner: owner)
        }
        return found.count == 1 ? found.first?.0 : nil
    }

    private func mainTime(of table: SemanticSource.Table, _ model: TableModel) -> Int? {
        if let name = table.timeColumn { return model.times.first { columns[$0].id.name == name } }
        return OwnTime.column(among: model.times.map { columns[$0] }, names: model.names)
    }

    // MARK: Columns

    private static func column(
        _ column: SemanticSource.Column, of table: SemanticSource.Table, table index: Int, index number: Int,
        words: [String], targets: [Int]
    ) -> ColumnModel {
        let kind = ColumnModel.Kind(type: column.type)
        var codes = Enumeration.codes(in: column.description)
        var values = column.values.isEmpty && kind == .text ? Enumeration.values(in: column.description) : column.values
        let flag = DescribedFlag(column.description)
        if let flag, let value = flag.value, kind == .number && value == "1" || kind == .text && value != "1",
            codes.isEmpty, values.isEmpty || values.contains(value)
        {
            codes = [Enumeration.Code(value: value, words: flag.words.joined(separator: " "))]
        }
        if values.isEmpty, kind == .text { values = codes.map(\.value) }
        codes.removeAll { $0.words.isEmpty }
        return ColumnModel(
            index: number, table: index, id: ColumnID(table.id, column.name), words: words,
            title: words.joined(separator: " "), flagWords: kind == .flag ? flag?.words : nil, kind: kind,
            role: role(kind, words: words, isReference: !targets.isEmpty, isCoded: !codes.isEmpty),
            isPersonal: column.isPersonal, isNullable: column.isNullable, values: values, codes: codes,
            unit: column.unit ?? (kind == .number ? DescribedText.unit(column.description) : nil), targets: targets,
            isWhole: column.type.contains("int"))
    }

    private static let prose: Set<String> = [
        "description", "message", "url", "hash", "text", "comment", "note", "body", "agent", "key", "token", "notes",
        "logo", "image", "photo", "abstract",
    ]

    /// Steps that rows stand on, which are told apart and not added up.
    private static let graded: Set<String> = ["level", "tier", "priority", "floor", "round"]

    private static func role(_ kind: ColumnModel.Kind, words: [String], isReference: Bool, isCoded: Bool)
        -> ColumnModel.Role
    {
        if isReference { return .foreignKey }
        let last = words.last ?? ""
        switch kind {
        case .flag: return .flag
        case .date, .moment: return .time
        case .number:
            if isCoded { return .category }
            if words.first == "number" || words.first == "num" || words.first == "no" {
                return words.count > 1 ? .measure : .code
            }
            if Thesaurus.keyTails.contains(last)
                || ["phone", "zip", "postcode", "epoch", "year", "month"].contains(last)
                || words.contains("epoch")
            {
                return .code
            }
            if graded.contains(last) { return .category }
            return .measure
        case .text:
            if prose.contains(last) { return .text }
            return Thesaurus.keyTails.contains(last) ? .code : .category
        case .other: return .text
        }
    }

    // MARK: Tables

    private func key(of table: SemanticSource.Table, _ range: Range<Int>) -> Int? {
        if table.primaryKey.count == 1 { return range.first { columns[$0].id.name == table.primaryKey[0] } }
        guard table.primaryKey.isEmpty else { return nil }
        if let id = range.first(where: { columns[$0].role != .foreignKey && columns[$0].words == ["id"] }) { return id }
        return range.first { index in
            guard columns[index].id.name == referenced[table.id], columns[index].role != .foreignKey else {
                return false
            }
            return columns[index].words == ["name"] || Thesaurus.keyTails.contains(columns[index].words.last ?? "")
        }
    }

    private func labels(_ range: Range<Int>, of owner: Set<String>) -> [Int] {
        let texts = range.filter { columns[$0].kind == .text && columns[$0].role != .foreignKey }
        func named(_ words: [String]) -> Int? { texts.first { columns[$0].words == words } }
        if let name = named(["name"]) { return [name] }
        if let name = named(["full", "name"]) { return [name] }
        let first = named(["first", "name"]) ?? named(["fname"]) ?? named(["given", "name"])
        let last = named(["last", "name"]) ?? named(["lname"]) ?? named(["surname"]) ?? named(["family", "name"])
        if let first, let last { return [first, last] }
        if let title = named(["title"]) { return [title] }
        for word in ["username", "label", "symbol", "code", "sku", "subject", "tag"] {
            if let found = named([word]) { return [found] }
        }
        if let name = named(["user", "name"]) ?? named(["display", "name"]) ?? named(["company", "name"]) {
            return [name]
        }
        for tail in [["number", "no", "nr", "num"], ["code"], ["tag"]] {
            let found = texts.filter { tail.contains(columns[$0].words.last ?? "") && columns[$0].words.count == 2 }
                .filter { !Self.reachedBy.contains(columns[$0].words[0]) }
            if found.count == 1 { return found }
        }
        let names = texts.filter { columns[$0].words.last == "name" && columns[$0].words.count == 2 }
        if let common = names.first(where: { columns[$0].words[0] == "common" }) { return [common] }
        let own = names.filter { index in
            let noun = columns[index].words[0]
            return !Self.others.contains(noun) && (!Self.makers.contains(noun) || owner.contains(noun))
        }
        return own.count == 1 && names.count == 1 ? own : []
    }

    /// A number by which somebody is reached names nobody.
    private static let reachedBy: Set<String> = [
        "phone", "mobile", "fax", "tel", "telephone", "contact", "house", "street", "bank", "account", "card", "zip",
        "postal", "country", "area", "version", "price",
    ]

    /// Whom a thing comes from; rows of such a table are called so all the same.
    private static let makers: Set<String> = [
        "manufacturer", "maker", "mfr", "make", "vendor", "supplier", "author", "publisher", "carrier", "employer",
        "agency", "dealer", "distributor", "provider", "producer", "sponsor", "seller", "buyer", "site",
    ]

    /// What has such a name beside the row itself.
    private static let others: Set<String> = [
        "model", "brand", "city", "country", "state", "region", "category", "type", "class", "group", "status", "user",
        "file", "host", "bank", "company", "contact", "manager", "owner", "product", "customer", "client", "street",
        "department", "latin", "last", "first", "middle", "family", "given", "nick", "maiden", "server", "event",
    ]

    private func isJunction(_ table: SemanticSource.Table) -> Bool {
        table.foreignKeys.count == 2 && table.columns.count <= 5
            && Set(table.primaryKey) == Set(table.foreignKeys.flatMap(\.columns))
    }

    private static func names(_ words: [String], table: SemanticSource.Table) -> [TableModel.Name] {
        var names = [TableModel.Name(words: words, quality: 1)]
        for synonym in NameWords.names(among: table.synonyms, of: table.name) {
            names.append(TableModel.Name(words: NameWords.split(synonym), quality: 0.97))
        }
        var core = words
        while core.count > 1, let last = core.last, Thesaurus.tableTails.contains(last) { core.removeLast() }
        while core.count > 1, let head = core.first, Thesaurus.tableHeads.contains(head) { core.removeFirst() }
        if core != words { names.append(TableModel.Name(words: core, quality: 0.95)) }
        if core.count > 1 {
            names.append(TableModel.Name(words: Array(core.dropFirst()), quality: 0.85))
            if core.count > 2 { names.append(TableModel.Name(words: Array(core.suffix(1)), quality: 0.8)) }
        }
        if core.count == 2, ["sales", "sale", "events", "event"].contains(core[1]) {
            names.append(TableModel.Name(words: [core[0]], quality: 0.75))
        }
        let described = Words.plain(table.description)
        if (1...2).contains(described.count) { names.append(TableModel.Name(words: described, quality: 0.95)) }
        return names
    }

    /// What the key calls a row of the table: jobs, of job postings that are told apart by a job id.
    private static func called(by key: [String], among words: [String]) -> [String]? {
        guard key.count > 1, key.last == "id", key.count <= words.count else { return nil }
        let named = Array(key.dropLast())
        let bases = words.map(NameWords.base)
        guard named.map(NameWords.base) == Array(bases.prefix(named.count)) else { return nil }
        return named
    }

    private static func title(_ words: [String]) -> String {
        guard let last = words.last else { return "" }
        let plural: String
        if last.hasSuffix("s") {
            plural = last
        } else if last.hasSuffix("y"), let before = last.dropLast().last, !"aeiou".contains(before) {
            plural = last.dropLast() + "ies"
        } else {
            plural = last + (last.hasSuffix("ch") || last.hasSuffix("x") || last.hasSuffix("sh") ? "es" : "s")
        }
        return (words.dropLast() + [plural]).joined(separator: " ")
    }
}
