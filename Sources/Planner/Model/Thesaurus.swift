/// Words that stand for each other in any business: abbreviations of column names and plain English synonyms.
///
/// Nothing here belongs to one schema; a doubtful pair is left out, since a wrong equation is a wrong answer.
enum Thesaurus {
    /// What a short form in a name stands for.
    static let abbreviations: [String: [String]] = [
        "cust": ["customer"], "amt": ["amount"], "qty": ["quantity"], "dt": ["date"], "num": ["number"],
        "nbr": ["number"], "nr": ["number"], "desc": ["description"], "descr": ["description"], "addr": ["address"],
        "pct": ["percent"], "perc": ["percent"], "ts": ["timestamp"], "tx": ["transaction"], "txn": ["transaction"],
        "trx": ["transaction"], "acct": ["account"], "acc": ["account"], "emp": ["employee"], "dept": ["department"],
        "prod": ["product"], "cat": ["category"], "inv": ["invoice"], "org": ["organization"], "mgr": ["manager"],
        "yr": ["year"], "mth": ["month"], "ccy": ["currency"], "cur": ["currency"], "curr": ["currency"],
        "tel": ["phone"], "avg": ["average"], "lat": ["latitude"], "lon": ["longitude"], "lng": ["longitude"],
        "msg": ["message"], "cnt": ["count"], "bal": ["balance"], "pmt": ["payment"], "pymt": ["payment"],
        "loc": ["location"], "lvl": ["level"], "grp": ["group"], "svc": ["service"], "usr": ["user"],
        "vol": ["volume"], "wt": ["weight"], "src": ["source"], "dest": ["destination"], "orig": ["origin"],
        "proj": ["project"], "reg": ["registration"], "ord": ["order"], "cmt": ["comment"], "mkt": ["market"],
        "pos": ["position"], "ref": ["reference"], "temp": ["temperature"], "govt": ["government"],
        "univ": ["university"], "lang": ["language"], "exp": ["expiry"], "mfg": ["manufacturing"],
        "ship": ["shipping"], "disc": ["discount"], "spec": ["specialty"], "rx": ["prescription"],
        "mobile": ["phone"], "stmt": ["statement"], "seq": ["sequence"], "dob": ["birthdate"], "insp": ["inspection"],
        "app": ["application"], "appt": ["appointment"], "mins": ["minute"], "hrs": ["hour"], "secs": ["second"],
        "info": ["information"], "attr": ["attribute"], "lic": ["license"], "veh": ["vehicle"], "comm": ["commission"],
        "rev": ["revenue"], "sub": ["subscription"], "subs": ["subscription"], "cons": ["consumption"],
        "pub": ["publication"], "auth": ["author"], "inst": ["institution"], "conf": ["conference"],
    ]

    /// Base forms that mean one thing. Kept to what holds in every business.
    static let groups: [[String]] = [
        ["kind", "type", "category"], ["client", "customer", "user"], ["company", "firm"],
        ["staff", "employee", "worker"],
        ["food", "cuisine"],
        ["phone", "telephone"], ["photo", "picture", "image"], ["city", "town"], ["country", "nation"],
        ["zip", "postcode", "postal"], ["salary", "wage"], ["begin", "start"], ["finish", "end"],
        ["score", "rating"], ["gender", "sex"], ["birth", "born", "birthdate", "birthday"], ["vendor", "supplier"],
        ["film", "movie"], ["automobile", "car"], ["author", "writer"], ["student", "pupil"],
        ["teacher", "instructor"], ["doctor", "physician"], ["medicine", "drug", "medication", "medicament"],
        ["length", "duration"], ["remark", "note"], ["inventory", "stock"], ["shipping", "freight"],
        ["join", "register", "registration", "signup", "enrol", "enroll", "enrollment", "signed"],
        ["deliver", "delivery"], ["cancel", "cancellation", "cancelled", "canceled"], ["ship", "shipped", "dispatch"],
        ["expire", "expiry", "expiration"], ["publish", "publication"], ["inspect", "inspection"],
        ["pay", "payment", "paid"], ["purchase", "bought", "buy"], ["sell", "sold", "sale"],
        ["hire", "hired", "hiring"], ["resolve", "resolution"], ["approve", "approval"], ["complete", "completion"],
        ["arrive", "arrival"], ["depart", "departure"], ["retire", "retirement"], ["settle", "settlement"],
        ["institution", "organization", "organisation"], ["organization", "organisation"],
        ["license", "licence"], ["center", "centre"], ["color", "colour"], ["percent", "percentage", "pct"],
        ["quantity", "qty"], ["employee", "personnel"], ["headcount", "employee"], ["holiday", "vacation"],
        ["job", "position"], ["website", "url"], ["id", "identifier", "ids"], ["subscriber", "subscription"],
        ["buyer", "customer"], ["shop", "store"], ["warehouse", "depot"], ["flight", "flights"],
        ["high", "highest"], ["open", "opening"], ["close", "closing"], ["low", "lowest"],
        ["sent", "send", "sender"], ["received", "receive", "receiver", "recipient"],
        ["create", "creation"], ["update", "updated"], ["modify", "modified", "modification"],
        ["long", "length"], ["tall", "height"], ["old", "age"], ["heavy", "weight"], ["expensive", "price"],
        ["lab", "laboratory"], ["died", "death"], ["founded", "foundation"], ["lead", "leader"],
        ["person", "people"], ["child", "children"], ["severe", "severity"],
        ["late", "lateness"],
        ["capacity", "size"], ["deadline", "due"],
    ]

    private static let related: [String: [String]] = {
        var related: [String: [String]] = [:]
        for (short, long) in abbreviations {
            for word in long {
                related[short, default: []].append(word)
                related[word, default: []].append(short)
            }
        }
        for group in groups {
            for word in group { related[word, default: []] += group.filter { $0 != word } }
        }
        return related
    }()

    /// Words that may mean one thing, taken for it where the schema has only one of them; the answer says so.
    private static let looseGroups: [[String]] = [
        ["customer", "client", "buyer", "shopper", "purchaser"], ["employee", "staff", "worker", "personnel"],
        ["movie", "film"], ["song", "track"], ["lawyer", "attorney"], ["class", "course"],
        ["teacher", "instructor", "professor", "lecturer"], ["car", "vehicle", "automobile", "auto"],
        ["disease", "illness", "ailment"], ["treatment", "therapy"], ["paper", "article", "publication"],
        ["airplane", "aircraft", "plane", "airliner"], ["airline", "carrier"], ["trip", "journey"],
        ["elevation", "altitude"], ["inhabitant", "population", "resident"],
        ["firm", "company", "business", "corporation"],
        ["institution", "institute"], ["university", "college"], ["bill", "invoice"], ["product", "item", "goods"],
        ["topic", "subject", "theme"], ["neighborhood", "neighbourhood"], ["job", "occupation", "profession"],
        ["boss", "manager", "supervisor"], ["dose", "dosage"], ["salary", "wage", "pay", "earning", "compensation"],
        ["fare", "price", "cost"], ["surname", "lastname"], ["kid", "child"], ["picture", "photo", "image"],
        ["hospital", "clinic"], ["seller", "salesperson"],
        ["postcode", "zipcode", "zip"], ["purchase", "sale"], ["meal", "dish"],
        ["speed", "velocity"], ["width", "breadth"], ["sickness", "illness"], ["parcel", "package"],
        ["journal", "magazine"], ["street", "road"], ["game", "match", "fixture"], ["alarm", "alert"],
        ["fault", "failure", "malfunction"], ["site", "plant", "factory", "facility"], ["machine", "equipment"],
        ["reading", "measurement"], ["borrower", "member", "patron"], ["technician", "mechanic"],
        ["item", "article", "material"], ["crew", "staff"],
    ]

    private static let looseWords: [String: [String]] = {
        var words: [String: [String]] = [:]
        for group in looseGroups {
            for word in group { words[word, default: []] += group.filter { $0 != word } }
        }
        return words
    }()

    /// Of a base form.
    static func loose(_ word: String) -> [String] { looseWords[word] ?? [] }

    /// Other words for it, of a base form.
    static func equivalents(of word: String) -> [String] { related[word] ?? [] }

    /// Ends of a column's name that say how it is kept, not what it is.
    static let timeTails: Set<String> = [
        "date", "at", "on", "ts", "time", "datetime", "timestamp", "day", "dt", "utc", "tstamp",
    ]
    static let keyTails: Set<String> = ["id", "key", "no", "number", "code", "uuid", "guid", "pk", "fk", "num", "ref"]
    static let flagHeads: Set<String> = [
        "is", "has", "was", "are", "can", "flag", "indicator", "ind", "bool", "did", "fl", "flg", "yn",
    ]
    /// Ends of a table's name that say how its rows are kept.
    static let tableTails: Set<String> = [
        "daily", "snapshot", "log", "logs", "history", "hist", "tbl", "table", "data", "fact", "dim", "record",
        "records", "master", "list", "archive", "monthly", "hourly", "weekly", "raw", "info", "detail", "details",
        "entry", "entries",
    ]
    static let tableHeads: Set<String> = ["dim", "fact", "fct", "tbl", "stg", "vw", "v", "t", "mv", "ods"]
    static let labels = ["name", "title", "username", "label", "symbol", "code", "description", "subject", "sku"]

    /// A number of these is averaged unless something else is asked; all others are added up.
    static let averaged: Set<String> = [
        "rating", "score", "rate", "price", "age", "grade", "percent", "pct", "ratio", "temperature", "average",
        "level", "latitude", "longitude", "salary", "duration", "height", "speed", "satisfaction", "gpa", "year",
        "severity", "rank", "weight", "size", "length", "width", "depth", "close", "open", "high", "low", "limit",
        "balance", "capacity", "discount", "load", "margin", "fee",
    ]
}
