/// How well each thing that a word may name fits as the head of its phrase.
struct HeadPreference {
    private let model: SemanticModel
    private let piece: Piece
    private let wants: QuestionReader.HeadWish
    /// The table that a word before says it belongs to.
    private let owner: Int?
    /// The table behind it of which it is the duration.
    private let lasting: Int?
    /// The table of a list of columns, named behind it.
    private let ahead: Int?
    private let mentioned: [Int]
    private let lastTable: Int?
    /// How well the word is the name of a curated number.
    private let metricQuality: Double
    /// How well the word is a table's name.
    private let tableQuality: Double
    /// How well the word is the name of any number; 0 where only alike.
    private let numberQuality: Double

    init(
        of piece: Piece, in model: SemanticModel, wants: QuestionReader.HeadWish, owner: Int?, lasting: Int?,
        ahead: Int?, mentioned: [Int], lastTable: Int?
    ) {
        func best(_ isMeant: (Lexicon.Entry) -> Bool) -> Double {
            piece.entries.filter(isMeant).map(\.quality).max() ?? 0
        }
        self.model = model
        self.piece = piece
        self.wants = wants
        self.owner = owner
        self.lasting = lasting
        self.ahead = owner == nil ? ahead : nil
        self.mentioned = mentioned
        self.lastTable = lastTable
        metricQuality = best { if case .metric = $0.sense { true } else { false } }
        tableQuality = best { if case .table = $0.sense { true } else { false } }
        let called = best { entry in
            switch entry.sense {
            case .metric: true
            case .column(let column): model.columns[column].role == .measure && !entry.isQualified
            default: false
            }
        }
        numberQuality = called >= 0.93 ? called : 0
    }

    /// What is added to the quality of an entry; nil where it can be no head.
    func bonus(_ entry: Lexicon.Entry) -> Double? {
        switch entry.sense {
        case .metric: metricBonus(entry)
        case .table(let table): tableBonus(table, entry)
        case .column(let column): columnBonus(model.columns[column], entry)
        case .duration: wants == .number || wants == .aggregated ? 0.15 : 0
        default: nil
        }
    }

    private func metricBonus(_ entry: Lexicon.Entry) -> Double {
        // The very name of one is not another one that is called alike.
        if metricQuality >= 0.99, entry.quality < metricQuality - 0.02 { return -0.4 }
        switch wants {
        case .table: return -0.1
        case .dimension, .aggregated: return -0.3
        case .number, .any: return 0.1
        }
    }

    private func tableBonus(_ table: Int, _ entry: Lexicon.Entry) -> Double {
        if let owner, owner != table, model.relations.distance(owner, table) == nil { return -0.3 }
        // What somebody calls a number of its own is no other word for a table.
        if entry.quality < numberQuality - 0.03 { return -0.2 }
        switch wants {
        case .table: return 0.2
        case .number, .aggregated: return -0.1
        case .dimension: return -0.02
        case .any: return 0.02
        }
    }

    private func columnBonus(_ column: ColumnModel, _ entry: Lexicon.Entry) -> Double {
        var bonus = 0.0
        if let lasting, lasting != column.table { bonus -= 0.4 }
        if ahead == column.table { bonus += 0.3 }
        // What is defined goes before a column of the same name.
        if metricQuality >= 0.88, column.role == .measure, wants != .dimension, wants != .aggregated { bonus -= 0.4 }
        if isNameOfRows(column) { bonus -= 0.3 }
        if let owner {
            let isFar = model.relations.distance(owner, column.table) == nil
            bonus += owner == column.table ? 0.3 : (isFar ? -0.5 : -0.1)
        }
        if isOfUnmentioned(column), !entry.isQualified { bonus -= 0.4 }
        switch wants {
        // A word that hardly fits never names what is added up.
        case .number where isLoose(entry), .aggregated where isLoose(entry): bonus -= 0.15
        case .number where entry.quality < tableQuality, .aggregated where entry.quality < tableQuality: bonus -= 0.1
        case .number, .aggregated: bonus += column.role == .measure ? 0.15 : (column.isTime ? -0.05 : -0.1)
        case .dimension: bonus += [.measure, .text].contains(column.role) ? -0.05 : 0.05
        case .table: bonus -= 0.05
        case .any: break
        }
        return bonus
    }

    /// "companies" are rows, although each has a column that it is called by.
    private func isNameOfRows(_ column: ColumnModel) -> Bool {
        column.role == .label && !column.words.allSatisfy(piece.words.contains)
            && piece.entries.contains { $0.sense == .table(column.table) && $0.quality >= 0.9 }
    }

    /// A name, a key or a text of rows that the question does not speak of.
    private func isOfUnmentioned(_ column: ColumnModel) -> Bool {
        [.label, .key, .text].contains(column.role) && owner == nil && !mentioned.isEmpty
            && !mentioned.contains(column.table) && column.table != lastTable
    }

    private func isLoose(_ entry: Lexicon.Entry) -> Bool { entry.quality < 0.8 && !entry.isTaught }
}
