/// Which words are one word in other clothes: "treated" and "treatment", "sold" and "sale", "cited" and "citation".
///
/// A table of what is irregular in English, and the endings that make nouns of verbs. Words that only look alike
/// ("department" and "depart") are kept out by name.
enum WordFamily {
    /// What stands for the family of a word; two words are kin where they share one. A word may have several.
    static func keys(of word: String) -> Set<String> {
        guard word.utf8.count >= 3, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else { return [] }
        if let known = irregular[word] { return [known] }
        guard !unrelated.contains(word) else { return [] }
        var keys: Set<String> = []
        for form in Stemmer.variants(of: word) where !unrelated.contains(form) {
            if let known = irregular[form] { return [known] }
            keys.insert(form)
            for root in roots(of: form) {
                if let known = irregular[root] { return [known] }
                keys.insert(root)
            }
        }
        return keys
    }

    /// The deeds of whoever is called so: "manufacture" of "manufacturer".
    static func deeds(of agent: String) -> Set<String> {
        let base = Stemmer.variants(of: agent).first ?? agent
        if let known = agents[base] { return [known] }
        guard base.utf8.count >= 6, base.hasSuffix("er") || base.hasSuffix("or"), !unrelated.contains(base) else {
            return []
        }
        let root = String(base.dropLast(2))
        var deeds: Set<String> = []
        for form in [root, root + "e"] + undoubled(root) + (root.hasSuffix("i") ? [root.dropLast() + "y"] : []) {
            deeds.insert(irregular[form] ?? form)
        }
        return deeds
    }

    /// A word that tells what somebody did: "sold", "prescribed", "directing".
    static func isDeed(_ word: String) -> Bool {
        if pastForms.contains(word) || presentForms.contains(word) { return true }
        return word.utf8.count >= 5 && (word.hasSuffix("ed") || word.hasSuffix("ing")) && !word.hasSuffix("eed")
            && !unrelated.contains(word)
    }

    /// The present tense of a deed, which tells of a state rather than of what has been done.
    static func isPresent(_ word: String) -> Bool { presentForms.contains(word) }

    // MARK: Endings

    private static func roots(of word: String) -> [String] {
        if word.hasSuffix("ment"), word.utf8.count >= 7 { return [String(word.dropLast(4))] }
        if word.hasSuffix("ication"), word.utf8.count >= 10 { return [word.dropLast(7) + "y", word.dropLast(3) + "e"] }
        if word.hasSuffix("ation"), word.utf8.count >= 8 {
            let root = String(word.dropLast(5))
            return [root, root + "e", root + "ate"] + undoubled(root)
        }
        if word.hasSuffix("scription") { return [word.dropLast(5) + "be"] }
        if word.hasSuffix("olution") { return [word.dropLast(5) + "ve"] }
        if word.hasSuffix("ssion"), word.utf8.count >= 9 { return [String(word.dropLast(3))] }
        if word.hasSuffix("tion"), word.utf8.count >= 8 {
            let root = String(word.dropLast(3))
            return [root, root + "e"]
        }
        return []
    }

    private static func undoubled(_ root: String) -> [String] {
        let tail = root.suffix(2)
        return tail.count == 2 && tail.first == tail.last ? [String(root.dropLast())] : []
    }

    // MARK: Tables

    /// Verb, its forms, and the nouns of it; the first stands for all.
    private static let families: [String] = [
        "buy bought buying purchase purchased purchasing", "sell sold selling sale", "pay paid paying payment",
        "register registration registered registering", "publish publication published publishing",
        "begin began begun beginning start started starting", "write wrote written writing",
        "enroll enrol enrolled enrolling enrollment enrolment", "diagnose diagnosis diagnoses diagnosed diagnosing",
        "analyze analyse analysis analyses analyzed analysed", "produce production produced producing",
        "acquire acquisition acquired acquiring", "admit admission admitted admitting", "deliver delivery delivered",
        "arrive arrival arrived arriving", "approve approval approved", "renew renewal renewed",
        "refer referral referred", "rent rental rented renting", "withdraw withdrawal withdrew withdrawn",
        "depart departure departed departing", "attend attendance attended attending", "insure insurance insured",
        "discover discovery discovered", "recover recovery recovered", "die died death dying deceased",
        "bear born birth", "marry married marriage", "grow grew grown growth", "lose lost loss",
        "choose chose chosen choice", "fly flew flown flight", "teach taught teaching", "learn learned learnt",
        "give gave given gift", "donate donation donated", "lend lent loan loaned", "borrow borrowed borrowing",
        "speak spoke spoken speech", "know knew known knowledge", "think thought", "sing sang sung song",
        "win won winning", "drive drove driven driving", "ride rode ridden", "steal stole stolen theft",
        "bill billed billing", "ship shipped shipping shipment", "occupy occupied occupancy", "book booked booking",
        "fail failed failure", "close closed closing closure", "succeed succeeded success",
        "expire expiry expired expiration",
        "complain complained complaint", "receive received receipt", "apply applied application", "order ordered",
        "decide decided decision", "collide collided collision", "permit permitted permission",
        "transmit transmitted transmission", "submit submitted submission", "resolve resolved resolution",
        "contain contained", "build built building", "meet met meeting", "hire hired hiring", "train trained training",
        "lead led", "breed bred breeding", "found founded foundation founding", "hold held", "send sent sending",
        "feed fed",
        "review reviewed", "assess assessed assessment", "advise advised", "supervise supervised supervision",
        "vaccinate vaccinated vaccination", "graduate graduated graduation", "inherit inherited inheritance",
        "perform performed performance", "maintain maintained maintenance", "assist assisted assistance",
        "exist existed existence", "infer inferred", "occur occurred occurrence", "transfer transferred",
        "reserve reserved reservation", "serve served", "break broke broken", "prove proved proven proof",
        "see saw seen", "weigh weighed weight", "measure measured measurement", "try tried trial", "hit", "shoot shot",
        "catch caught", "wear wore worn", "eat ate eaten", "drink drank drunk", "sleep slept", "swim swam swum",
        "run ran running", "spend spent", "earn earned", "cost", "lay laid", "retire retired retirement",
        "allege alleged allegation", "certify certified certification certificate", "verify verified verification",
        "consume consumed consumption", "subscribe subscribed subscription", "prescribe prescribed prescription",
        "describe described description", "cancel cancelled canceled cancellation cancelation",
        "dismiss dismissed dismissal",
        "terminate terminated termination", "propose proposed proposal", "survive survived survival",
        "dispose disposed disposal", "appraise appraised appraisal", "injure injured injury", "enter entered entry",
        "inquire inquired inquiry", "query queried", "assemble assembled assembly", "export exported",
        "import imported", "leave left leaving exit exited", "introduce introduced introduction",
        "reduce reduced reduction",
        "accept accepted acceptance", "sight sighted sighting",
    ]

    private static let irregular: [String: String] = {
        var table: [String: String] = [:]
        for family in families {
            let words = family.split(separator: " ").map(String.init)
            for word in words { table[word] = words[0] }
        }
        return table
    }()

    /// Forms of verbs that do not show it at their end.
    private static let pastForms: Set<String> = [
        "bought", "sold", "paid", "began", "begun", "wrote", "written", "withdrew", "withdrawn", "born", "grew",
        "grown",
        "lost", "chose", "chosen", "flew", "flown", "taught", "gave", "given", "lent", "spoke", "spoken", "sang",
        "sung",
        "won", "drove", "driven", "rode", "ridden", "stole", "stolen", "built", "met", "led", "held", "sent", "fed",
        "bred",
        "shot", "broke", "broken", "caught", "wore", "worn", "ran", "spent", "made", "left",
    ]

    private static let presentForms: Set<String> = [
        "cite", "cites", "buy", "buys", "sell", "sells", "pay", "pays", "write", "writes", "treat", "treats",
        "prescribe",
        "prescribes", "publish", "publishes", "teach", "teaches", "direct", "directs", "own", "owns",
    ]

    private static let agents: [String: String] = [
        "writer": "write", "author": "write", "teacher": "teach", "driver": "drive", "buyer": "buy", "purchaser": "buy",
        "seller": "sell", "payer": "pay", "sender": "send", "owner": "own", "leader": "lead", "rider": "ride",
        "winner": "win", "lender": "lend", "maker": "make", "speaker": "speak", "builder": "build", "singer": "sing",
        "donor": "donate", "applicant": "apply", "participant": "participate", "attendee": "attend",
    ]

    /// Words that only look as if they were made of others.
    private static let unrelated: Set<String> = [
        "department", "apartment", "compartment", "statement", "document", "element", "comment", "segment", "moment",
        "argument", "instrument", "appointment", "deployment", "environment", "basement", "monument", "supplement",
        "station", "nation", "ration", "position", "portion", "question", "option", "section", "function", "action",
        "fraction", "caption", "condition", "location", "vacation", "education", "population", "duration", "generation",
        "occupation", "vocation", "operation", "organization", "organisation", "association", "corporation",
        "foundation", "medication", "situation", "relation", "rating", "building", "number", "order", "customer",
        "member", "quarter", "center", "paper", "letter", "power", "water", "matter", "server", "layer", "color",
        "floor",
        "factor", "sector", "vendor", "monitor", "doctor", "tower", "flower", "summer", "winter", "september",
        "october",
        "november", "december", "session", "mission", "passion", "version", "dimension", "during", "spring", "string",
        "being", "morning", "evening", "bed", "speed", "united", "limited", "hundred", "red", "need", "shed", "seed",
        "computer", "offer", "parameter", "register", "semester", "poster", "folder", "header", "counter", "chapter",
        "master", "cluster", "charter", "partner", "career", "officer", "soccer", "anchor", "mirror", "error", "major",
        "minor", "senior", "junior", "interior", "exterior", "transaction", "connection", "direction",
    ]
}
