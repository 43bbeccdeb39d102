/// Guesses by a column's name whether it holds personal data. A person reviews the draft: rather one too many.
enum PersonalDataGuess {
    private static let personal: Set<String> = [
        "email", "mail", "phone", "telephone", "mobile", "fax", "surname", "firstname", "lastname", "fullname",
        "middlename", "forename", "nickname", "address", "street", "postcode", "zip", "zipcode", "ssn", "passport",
        "birthday", "birthdate", "birth", "dob", "iban", "ip", "latitude", "longitude", "salary", "password", "token",
        "gender", "religion", "ethnicity", "nationality",
    ]
    private static let people: Set<String> = [
        "user", "users", "person", "persons", "people", "employee", "employees", "staff", "contact", "contacts",
        "member", "members", "patient", "patients", "student", "students", "teacher", "teachers", "driver", "drivers",
        "candidate", "candidates", "applicant", "applicants", "author", "authors", "guest", "guests", "subscriber",
        "subscribers", "physician", "doctor", "doctors", "nurse", "agent", "agents",
    ]
    private static let nameParts: Set<String> = ["first", "last", "full", "middle", "given", "family", "maiden"]

    static func isAboutPeople(_ table: String) -> Bool {
        SearchWords.words(in: table).contains { people.contains($0) }
    }

    /// Texts under the name of a secret are nobody else's business either.
    static func isPersonal(_ column: String, type: String, inTableAboutPeople isAboutPeople: Bool) -> Bool {
        isPersonal(column, inTableAboutPeople: isAboutPeople)
            || (TypeFamily(type) == .text && SecretColumnGuess.isSecret(column))
    }

    static func isPersonal(_ column: String, inTableAboutPeople isAboutPeople: Bool) -> Bool {
        let words = SearchWords.words(in: column)
        // `email_count` and `has_phone` count or flag; they tell of nobody.
        if let last = words.last, ["count", "id", "type", "status", "at", "date"].contains(last), last != words.first,
            !words.contains("birth")
        {
            return false
        }
        if let first = words.first, ["is", "has", "num", "n"].contains(first) { return false }
        if words.contains(where: { personal.contains($0) }) { return true }
        guard words.contains("name") || words.contains("names") else { return false }
        if words.contains(where: { nameParts.contains($0) || people.contains($0) }) { return true }
        return isAboutPeople && words.count == 1
    }
}
