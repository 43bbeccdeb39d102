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

    /// Verbs that say only that two things belong together. Reviewed: none of them picks some rows from among others.
    static let relations: Set<String> = [
        "make", "made", "makes", "making", "place", "placed", "places", "belong", "belongs", "belonging", "located",
        "locate", "live", "lives", "living", "lived", "based", "serve", "serves", "serving", "served", "offer",
        "offers",
        "offered", "offering", "issue", "issued", "use", "used", "uses", "using", "work", "works", "working", "worked",
        "associated",
        "related", "relating", "contain", "contained", "come", "comes", "coming", "came", "happen", "happened", "occur",
        "occurred", "took", "take", "takes",
        "taken", "perform", "performed", "conducted", "carried", "done", "go", "goes", "went", "provide", "provided",
        "provides", "submit", "submitted",
        "assigned", "assign", "linked", "connected", "attached", "written", "wrote", "generated", "produced", "given",
        "gave", "recorded",
        "appear", "appears", "appeared", "reside", "resides", "residing", "situated", "available", "got", "gets",
        "owned", "owning", "attend", "attended", "sold", "bought",
        "held", "holding", "manage", "managed", "manages", "handle", "handled", "run", "runs", "operate", "operates",
        "operated", "involved", "involving", "had", "having", "teach", "teaches", "taught", "visited",
        "leading", "account", "accounts", "there", "exist", "fall", "falls", "each", "represent", "represents",
        "represented", "show", "earn", "earned", "received", "receive", "receives", "give", "gives", "giving", "send",
        "sends", "sent", "buy", "buys", "visit", "hosted", "organized", "composed", "designed",
        "painted", "authored", "spent",
        "spend",
        "seen", "found", "listed", "registered", "met", "meet", "meets", "play", "played", "played", "said", "lie",
        "lies", "lying", "belonged", "reported", "posted", "booked", "ordered", "enrolled", "transacted", "applied",
        "redeemed", "prescribed", "study", "studies", "studied", "insure", "insures", "insured", "employ", "employs",
        "employed", "cover", "covers", "covered", "carry", "carries", "ship", "shipped", "keep", "keeps", "kept",
        "stay", "stays", "stayed", "rent", "rented", "bring", "brings", "brought", "generate", "generates", "score",
        "scored", "filed", "file", "contains", "containing", "feature", "features", "featured", "featuring", "flow",
        "flows", "flowing",
    ]

    /// Verbs of which it is nothing to say that rows are there.
    static let weakVerbs: Set<String> = [
        "make", "made", "makes", "happen", "happened", "occur", "occurred", "took", "take", "takes", "place", "placed",
        "perform", "performed", "conducted", "carried", "exist", "recorded", "located", "situated", "associated",
        "there",
        "done", "appear", "given", "submitted", "come", "came", "shown", "found", "listed", "seen", "go", "went",
    ]
}
