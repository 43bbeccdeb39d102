/// What people are called, whatever they have to do with a company.
enum People {
    static let words: Set<String> = [
        "customer", "client", "user", "patient", "student", "employee", "driver", "person", "member", "guest",
        "passenger", "listener", "subscriber", "visitor", "author", "doctor", "teacher", "player", "people", "child",
        "participant", "worker", "candidate", "citizen", "tenant", "pupil", "staff", "writer", "artist", "singer",
        "borrower",
        "buyer", "seller", "instructor", "technician", "ranger", "agent", "manager", "nurse", "pilot", "coach", "judge",
    ]
}
