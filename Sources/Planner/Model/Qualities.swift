/// Which column a quality is told by: length for "longest", height for "tallest".
enum Qualities {
    /// Words of columns, the likelier ones first; of each group exactly one column must have one.
    static func words(_ quality: Grammar.Quality) -> [Set<String>] {
        switch quality {
        case .price: [["price"], ["cost", "fare", "fee", "rate", "msrp"], ["amount"]]
        case .age: [["age"]]
        case .time: [["date", "year"]]
        case .length:
            [
                ["length", "duration", "runtime"], ["distance"], ["minute", "hour", "time"], ["night"],
                ["page", "word"],
            ]
        case .weight: [["weight", "mass"]]
        case .height: [["height"], ["elevation", "altitude"]]
        case .size: [["size", "area"]]
        case .rating: [["rating", "score", "star"]]
        case .frequency: [["frequency"]]
        case .speed: [["speed"], ["velocity"]]
        case .severity: [["severity"]]
        case .population: [["population"]]
        case .distance: [["distance"], ["range"]]
        case .depth: [["depth"]]
        case .width: [["width"]]
        case .temperature: [["temperature", "temp"]]
        case .salary: [["salary", "wage"], ["pay", "compensation"]]
        }
    }

    /// What "largest" and "highest" may mean of a thing that was given no number.
    static let magnitudes: [Set<String>] = [
        ["area"], ["size"], ["height", "elevation", "altitude"], ["capacity"], ["volume"], ["population"], ["amount"],
    ]

    /// The one column of the table that has one of the words.
    static func column(_ groups: [Set<String>], in columns: ArraySlice<ColumnModel>) -> Int? {
        for words in groups {
            let found = columns.filter { column in
                column.kind == .number && column.role != .foreignKey && column.role != .key
                    && column.words.contains { words.contains(NameWords.base($0)) }
            }
            if found.count == 1 { return found.first?.index }
            if found.count > 1 {
                // The price itself, and not what was paid in the end.
                let plain = found.filter { $0.words.count == 1 }
                return plain.count == 1 ? plain.first?.index : nil
            }
        }
        return nil
    }
}
