/// What people are called, whatever they have to do with a company.
enum People {
    static let words: Set<String> = [
        "customer", "client", "user", "patient", "student", "employee", "driver", "person", "member", "guest",
        "passenger", "listener", "subscriber", "visitor", "author", "doctor", "teacher", "player", "people", "child",
        "participant", "worker", "candidate", "citizen", "tenant", "pupil", "staff", "writer", "artist", "singer",
        "borrower", "broker",
        "buyer", "seller", "instructor", "technician", "ranger", "agent", "manager", "nurse", "pilot", "coach", "judge",
        "astronaut", "councillor", "councilor", "politician", "senator", "mayor", "patron", "performer", "actor",
        "musician", "dancer", "director", "producer", "editor", "donor", "volunteer", "resident", "reader", "traveler",
        "traveller", "athlete", "runner", "swimmer", "cyclist", "trainer", "therapist", "surgeon", "dentist", "vet",
        "scientist", "researcher", "engineer", "developer", "designer", "architect", "lawyer", "attorney", "officer",
        "captain", "chef", "cook", "waiter", "cashier", "clerk", "farmer", "painter", "photographer", "journalist",
        "investor", "tutor", "professor", "intern", "voter", "delegate", "climber", "contestant", "referee", "jockey",
        "mechanic", "inspector", "owner", "lender", "host", "parent",
    ]
}
