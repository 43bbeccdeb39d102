/// Words that carry no meaning of their own in a question.
enum FillerWords {
    /// Words that change nothing wherever they stand: articles, auxiliaries, courtesy.
    static let anywhere: Set<String> = [
        "a", "an", "the", "me", "us", "we", "i", "you", "they", "them", "it", "he", "she", "this", "these", "those",
        "there", "can",
        "could", "would", "should", "will", "shall", "may", "might", "please", "so", "any", "all", "some", "as", "such",
        "then",
        "do", "does", "did", "done", "has", "have", "had", "be", "been", "being", "kindly", "hey", "hi", "hello",
        "dash", "ones", "one's",
        "much", "many", "itself", "themselves", "want", "like", "know", "need", "also", "just", "only", "ever", "too",
        "here", "entire", "whole", "individual", "given", "particular", "certain", "specific", "various", "several",
        "actual", "out", "up", "set", "both", "own", "that's", "ok", "okay", "overall", "value", "values", "column",
        "field", "data", "dataset", "database", "record", "records", "entry", "entries", "row", "rows", "list",
        "information", "details", "figure", "figures", "results", "result", "exist", "exists", "existing", "existed",
        "who've", "exact", "exactly", "separately", "respectively", "items", "single", "down", "get", "gets",
        "still", "yet", "already", "instead",
    ]

    /// Fillers that may be the name of something.
    static let nameable: Set<String> = [
        "value", "values", "field", "data", "dataset", "record", "records", "entry", "entries", "row", "rows", "list",
        "lists", "details", "figure", "figures", "result", "results", "items", "set", "information", "actual",
    ]

    /// Fillers that pick something where a value is called so: "single rooms".
    static let picking: Set<String> = [
        "single", "individual", "specific", "particular", "certain", "various", "several", "given", "own", "whole",
        "entire", "exact", "actual", "overall", "instead", "set", "down", "up", "out",
    ]

    /// Words that say only that two things belong together. Reviewed: none of them picks some rows from among others.
    static let relations = relationVerbs.union(["account", "accounts", "available", "each", "there"])

    private static let relationVerbs: Set<String> = [
        "appear", "appeared", "appears", "applied", "assign", "assigned", "associated", "attached", "attend",
        "attended", "authored", "based", "belong", "belonged", "belonging", "belongs", "booked", "bought", "bring",
        "brings", "brought", "buy", "buys", "came", "carried", "carries", "carry", "come", "comes", "coming",
        "composed", "conducted", "connected", "contain", "contained", "containing", "contains", "cover", "covered",
        "covers", "designed", "done", "earn", "earned", "employ", "employed", "employs", "enrolled", "exist", "fall",
        "falls", "feature", "featured", "features", "featuring", "file", "filed", "flow", "flowing", "flows",
        "found", "gave", "generate", "generated", "generates", "gets", "give", "given", "gives", "giving", "go",
        "goes", "got", "had", "handle", "handled", "happen", "happened", "having", "held", "holding", "hosted",
        "insure", "insured", "insures", "involved", "involving", "issue", "issued", "keep", "keeps", "kept",
        "leading", "lodge", "lodged", "lie", "lies", "linked", "listed", "live", "lived", "lives", "living", "locate",
        "located",
        "lying", "made", "make", "makes", "making", "manage", "managed", "manages", "meet", "meets", "met", "occur",
        "occurred", "offer", "offered", "offering", "offers", "operate", "operated", "operates", "ordered",
        "organized", "owned", "owning", "painted", "perform", "performed", "place", "placed", "places", "play",
        "played", "posted", "prescribed", "produced", "provide", "provided", "provides", "raise", "raised", "raises",
        "receive", "received",
        "receives", "recorded", "redeemed", "registered", "related", "relating", "rent", "rented", "reported",
        "represent", "represented", "represents", "reside", "resides", "residing", "run", "runs", "said", "score",
        "scored", "seen", "send", "sends", "sent", "serve", "served", "serves", "serving", "ship", "shipped", "show",
        "situated", "sold", "spend", "spent", "stay", "stayed", "stays", "studied", "studies", "study", "submit",
        "submitted", "take", "taken", "takes", "taught", "teach", "teaches", "took", "transacted", "use", "used",
        "uses", "using", "visit", "visited", "went", "work", "worked", "working", "works", "written", "wrote",
    ]

    /// Verbs of which it is nothing to say that rows are there.
    static let weakVerbs: Set<String> = [
        "make", "made", "makes", "happen", "happened", "occur", "occurred", "took", "take", "takes", "place", "placed",
        "perform", "performed", "conducted", "carried", "exist", "recorded", "located", "situated", "associated",
        "there",
        "done", "appear", "given", "submitted", "come", "came", "shown", "found", "listed", "seen", "go", "went",
    ]
}
