/// Places that the data writes otherwise: by another name, or by their code.
extension PieceFinder {
    mutating func findPlaces() {
        for start in tokens.indices where tokens[start].isWord || tokens[start].isQuoted {
            for end in (start + 1...min(tokens.count, start + PlaceNames.longest)).reversed() {
                let slice = tokens[start..<end]
                guard slice.allSatisfy({ $0.isWord || $0.isQuoted }) else { continue }
                let name = slice.map { $0.text.lowercased() }.joined(separator: " ")
                if slice.count == 1, slice.first?.isQuoted == false, !isCapital(start) { continue }
                let places = PlaceNames.places(name)
                if places.isEmpty, slice.count == 1 { findMisspelt(start, name) }
                guard !places.isEmpty else { continue }
                if !isExactValue(start..<end) { for place in places { findPlace(place, start..<end, as: name) } }
                passOverCode(places, behind: end)
                break
            }
        }
    }

    /// "Grmany", where nothing else is written like it.
    private mutating func findMisspelt(_ index: Int, _ name: String) {
        let range = index..<index + 1
        guard tokens[index].isWord, terms[range] == nil, GrammarWords.meaning([tokens[index].word]) == nil,
            let right = PlaceNames.corrected(name)
        else { return }
        for place in PlaceNames.places(right) { findPlace(place, range, as: name) }
        guard let entries = terms[range], case .value(_, let values)? = entries.first?.sense else { return }
        remarks[index] = "“\(tokens[index].text)” is taken as \(values.joined(separator: ", "))."
    }

    /// A code is written in capitals: "in" is no country.
    private func isCapital(_ index: Int) -> Bool {
        let text = tokens[index].text
        guard text.count <= 3 else { return true }
        return text.allSatisfy(\.isUppercase)
    }

    private mutating func findPlace(_ place: PlaceNames.Place, _ range: Range<Int>, as name: String) {
        for other in place.names where other != name {
            for span in values.lookup(tokens: Tokenizer.tokens(of: "\"\(other)\"")) {
                for candidate in span.candidates where candidate.match == .exact {
                    guard let column = model.column(candidate.column), column.kind == .text,
                        PlaceNames.holds(place.kind, column.words + model.tables[column.table].words)
                    else { continue }
                    record(range, [.init(sense: .value(column.index, [candidate.value]), quality: 0.9)])
                }
            }
        }
    }

    /// "California (CA)" says it twice.
    private mutating func passOverCode(_ places: [PlaceNames.Place], behind end: Int) {
        guard end + 2 < tokens.count, tokens[end].text == "(", tokens[end + 2].text == ")",
            places.contains(where: { $0.names.contains(tokens[end + 1].text.lowercased()) })
        else { return }
        add(end..<end + 3, .filler, weight: 4)
    }
}
