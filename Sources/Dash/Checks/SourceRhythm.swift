/// How often something new comes into a table, from the latest days on which something came.
struct SourceRhythm: Sendable, Equatable {
    private static let fewestGaps = 4

    /// The newest day, as the server prints it.
    let newest: String
    /// Days since then.
    let age: Int
    /// The longest gap in days but for exceptions.
    let usualGap: Int

    /// - Parameter days: the latest days with their age, newest first. Nil where they are too few to tell.
    init?(_ days: [(day: String, age: Int)]) {
        guard let first = days.first, days.count > Self.fewestGaps else { return nil }
        let gaps = zip(days, days.dropFirst()).map { $1.age - $0.age }.sorted()
        guard let least = gaps.first, least > 0 else { return nil }
        newest = first.day
        age = first.age
        usualGap = gaps[(gaps.count - 1) * 9 / 10]
    }

    /// A gap may be twice as long as usual, and a day is over only the day after.
    var isStale: Bool { age > 2 * usualGap + 1 }
}
