/// How many places behind the point numbers are told with.
extension QuestionReader {
    mutating func readRounding() {
        for index in pieces.indices {
            guard case .rounded(let places)? = pieces[index].grammar else { continue }
            use(index, "rounded", .grammar)
            draft.decimals = places
        }
    }
}
