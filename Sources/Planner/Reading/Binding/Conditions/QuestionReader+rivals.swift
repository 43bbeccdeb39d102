/// Values that live in several columns: which one is meant, or the question back.
extension QuestionReader {
    /// Asks back where what the head has also has the value: customers of the size "large" or on the plan "large".
    ///
    /// A column that is named, the state of something else and a rule that was taught decide; so does the table of a
    /// curated number, whose value was taken before.
    func checkRivals(_ piece: Int, _ column: Int, of head: Int) throws {
        guard forced[piece] == nil, model.columns[column].table == head, !isNamed(column, beside: piece),
            model.columns[column].role == .category,
            !pieces[piece].entries.contains(where: { $0.isTaught })
        else { return }
        let rivals = rivals(piece, column, head)
        guard !rivals.isEmpty,
            let own = pieces[piece].entries.first(where: { entry in
                if case .value(column, _) = entry.sense { true } else { false }
            })
        else { return }
        throw ReadFailure.ambiguous(piece: piece, [own.sense] + rivals)
    }

    private func rivals(_ piece: Int, _ column: Int, _ head: Int) -> [Lexicon.Sense] {
        var rivals: [(column: Int, sense: Lexicon.Sense)] = []
        for entry in pieces[piece].entries where entry.quality >= 0.95 {
            guard case .value(let other, _) = entry.sense, other != column, isRival(other, of: column, head) else {
                continue
            }
            rivals.append((other, entry.sense))
        }
        // "previous plan" is a plan in particular.
        let plain = rivals.filter { rival in
            let words = model.columns[rival.column].words
            return !rivals.contains { other in
                let shorter = model.columns[other.column].words
                return shorter.count < words.count && words.suffix(shorter.count).elementsEqual(shorter)
            }
        }
        return plain.filter { !isTaken($0.column) }.map(\.sense)
    }

    static let states: Set<String> = ["status", "state", "stage", "phase"]

    private func isRival(_ other: Int, of column: Int, _ head: Int) -> Bool {
        let (left, right) = (model.columns[column], model.columns[other])
        guard right.role == .category, right.table != head, left.words.last != right.words.last,
            !right.words.contains(where: Self.states.contains), !left.words.contains(where: Self.states.contains)
        else { return false }
        return relations.stepsUp(from: right.table, to: head) == 1 && isListed(left) && isListed(right)
    }

    /// Kinds that somebody has written down, not names that happen to be alike.
    private func isListed(_ column: ColumnModel) -> Bool { !column.values.isEmpty }

    /// Another value of it stands beside its name: "on the basic plan".
    private func isTaken(_ column: Int) -> Bool {
        pieces.indices.contains { index in
            names(index, column)
                && [index - 1, index + 1].contains { place in
                    pieces.indices.contains(place)
                        && pieces[place].entries.contains {
                            if case .value(column, _) = $0.sense { true } else { false }
                        }
                }
        }
    }

    private func isNamed(_ column: Int, beside piece: Int) -> Bool {
        pieces.indices.contains { $0 != piece && names($0, column) }
    }

    private func names(_ piece: Int, _ column: Int) -> Bool {
        pieces[piece].entries.contains { $0.sense == .column(column) && $0.quality >= 0.9 }
    }

    /// "how many billing": one of something, and the value of something else.
    func isRatherValue(_ piece: Int, than table: Int) -> Bool {
        guard !isPlural(piece), pieces[piece].words.count == 1 else { return false }
        return pieces[piece].entries.contains { entry in
            guard case .value(let column, _) = entry.sense else { return false }
            return entry.quality >= 0.95 && model.columns[column].table != table
        }
    }

    /// Another value of the column stands elsewhere: "enterprise against business customers".
    private func isSaidTwice(_ column: Int, beside piece: Int) -> Bool {
        pieces.indices.contains { index in
            index != piece
                && pieces[index].entries.contains { if case .value(column, _) = $0.sense { true } else { false } }
        }
    }

    /// A rival whose name is in the question, or that is of the curated number's own table with another value of it
    /// beside, goes before.
    func namedRival(_ piece: Int, of column: Int, _ head: Int) -> Lexicon.Sense? {
        guard model.columns[column].table == head else { return nil }
        let measured = draft.numbers.first.flatMap { number -> Int? in
            if case .metric(let metric) = number { return metricTable(metric) }
            return nil
        }
        return rivals(piece, column, head).first { rival in
            guard case .value(let other, _) = rival else { return false }
            return isNamed(other, beside: piece) && !isNamed(column, beside: piece)
                || model.columns[other].table == measured && isSaidTwice(other, beside: piece)
        }
    }
}
