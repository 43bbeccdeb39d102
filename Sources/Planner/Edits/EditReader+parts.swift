/// "as a percentage" of a course.
extension EditReader {
    /// Where something was picked, it is a part of all of each period; of several conditions it is not said which one.
    func checkPartsOfPeriods() throws {
        guard earlier.dimensions.allSatisfy(\.isTime), !earlier.conditions.isEmpty else { return }
        guard earlier.dimensions.count == 1, earlier.conditions.count == 1, earlier.comparison == nil,
            earlier.having.isEmpty, case .oneOf = earlier.conditions[0]
        else {
            throw ReadFailure.unsound(
                "It is not said what each of them is a part of: all of its period, or the sum of what is shown.")
        }
    }
}
