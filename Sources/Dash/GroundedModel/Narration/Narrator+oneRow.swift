import Planner

/// A result of one row: the number, what it is made of, how it changed.
extension Narrator {
    func oneRow(_ shape: ResultShape, _ measure: Int) -> Narration {
        guard cell(0, measure) != nil else {
            return Narration(
                headline: "\(titled(measure)) has no value yet: no row fits its definition.",
                meaning: definition.map(sentence))
        }
        let who = shape.categories.first.map { name(0, [$0]) }
        let headline: String
        if let who, let rank = question.rank {
            headline = "\(who) has the \(word(for: rank)) \(label(measure)): \(shown(0, measure))."
        } else if let who {
            headline = "\(who): \(label(measure)) is \(shown(0, measure))."
        } else {
            headline = "\(titled(measure))\(isPlural(measure) ? ":" : " is") \(shown(0, measure))."
        }
        let earlier = earlier(measure, shape)
        let others = shape.measures.filter {
            $0 != measure && cell(0, $0) != nil && isSayable($0) && !isSaid($0, by: earlier)
        }
        let beside =
            others.isEmpty ? nil : "Beside it: " + joined(others.prefix(4).map { "\(label($0)) \(shown(0, $0))" }) + "."
        let said = [earlier?.sentence, beside].compactMap { $0 }.joined(separator: " ")
        return Narration(headline: headline, meaning: said.isEmpty ? definition.map(sentence) : said)
    }

    /// How the number compares with the same number at an earlier time, where the row has it.
    private func earlier(_ measure: Int, _ shape: ResultShape) -> (column: Int, sentence: String)? {
        let own = Set(words(of: measure)).subtracting(EnglishWords.current).subtracting(["now"])
        guard let value = number(0, measure) else { return nil }
        for column in shape.measures where column != measure {
            let all = words(of: column)
            guard let old = number(0, column), all.contains(where: MeasureChoice.past.contains) else { continue }
            let when = all.filter { !own.contains($0) }
            let isTime = when.allSatisfy { word in
                MeasureChoice.past.contains(word) || Term(word).isTimeGrain || Int(word) != nil || word == "one"
                    || word == "last"
            }
            guard isTime, own.isSubset(of: all) else { continue }
            let than = when.contains("ago") ? when.joined(separator: " ") : "the \(when.joined(separator: " ")) value"
            let text = change(old, value, measure, than: than)
            return (column, "\(text.prefix(1).uppercased() + text.dropFirst()) (\(shown(0, column))).")
        }
        return nil
    }

    private func words(of column: Int) -> [String] {
        Words.plain(table.columns[column].name).filter { !["pct", "percent", "percentage"].contains($0) }
    }

    /// The earlier value, and the change from it, need not be said again.
    private func isSaid(_ column: Int, by earlier: (column: Int, sentence: String)?) -> Bool {
        guard let earlier else { return false }
        return column == earlier.column
            || words(of: column).allSatisfy { ["change", "growth", "delta", "difference"].contains($0) }
    }

    /// Several numbers of things, between which the question does not decide: all are said, none is singled out.
    func everyCount(_ columns: [Int]) -> Narration {
        let facts = columns.prefix(4).map { "\(label($0)) \(shown(0, $0))" }
        let text = joined(facts)
        return Narration(
            headline: text.prefix(1).uppercased() + text.dropFirst() + ".", meaning: definition.map(sentence))
    }
}
