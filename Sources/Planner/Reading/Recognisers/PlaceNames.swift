/// Countries and states by their names, codes and the words for their people, so that "USA", "US" and "American" find
/// "United States" where that is what the data holds.
enum PlaceNames {
    enum Kind { case country, state }

    struct Place {
        var kind: Kind
        /// In lower case: names, codes, and what belongs to it.
        var names: [String]
    }

    /// The places that are called so.
    static func places(_ name: String) -> [Place] { (byName[name] ?? []).map { all[$0] } }

    /// At most so many words.
    static let longest = 4

    /// The one country or state whose name is a letter off; of long names only.
    static func corrected(_ name: String) -> String? {
        guard name.utf8.count > 5 else { return nil }
        let word = Array(name.utf8)
        let near = longNames.filter {
            $0.utf8.first == word.first && FuzzyWords.areOneEditApart(Array($0.utf8)[...], word[...])
        }
        return near.count == 1 ? near.first : nil
    }

    private static let longNames = all.compactMap(\.names.first).filter { $0.utf8.count > 5 && !$0.contains(" ") }

    /// Words of the columns and tables that hold such places.
    static func holds(_ kind: Kind, _ words: [String]) -> Bool {
        let wanted: Set<String> =
            switch kind {
            case .country:
                ["country", "nation", "nationality", "citizenship", "market", "geo", "origin", "destination"]
            case .state: ["state", "province", "region"]
            }
        return words.contains { wanted.contains(NameWords.base($0)) }
    }

    /// Whether both are names of one place, written differently.
    static func areSame(_ left: String, _ right: String) -> Bool {
        let (left, right) = (left.lowercased(), right.lowercased())
        return left != right && places(left).contains { $0.names.contains(right) }
    }

    private static let all: [Place] =
        countries.map { Place(kind: .country, names: $0.split(separator: "|").map(String.init)) }
        + states.map { Place(kind: .state, names: $0.split(separator: "|").map(String.init)) }

    private static let byName: [String: [Int]] = {
        var places: [String: [Int]] = [:]
        for (index, place) in all.enumerated() {
            for name in place.names { places[name, default: []].append(index) }
        }
        return places
    }()

    private static let countries = [
        "united states|united states of america|usa|us|u.s.|u.s.a.|america|american|the united states|the us",
        "united kingdom|uk|u.k.|gb|gbr|great britain|britain|british", "germany|de|deu|german",
        "france|fr|fra|french", "spain|es|esp|spanish", "italy|it|ita|italian", "portugal|pt|prt|portuguese",
        "netherlands|nl|nld|the netherlands|holland|dutch", "belgium|be|bel|belgian", "luxembourg|lu|lux",
        "switzerland|ch|che|swiss", "austria|at|aut|austrian", "ireland|ie|irl|irish", "denmark|dk|dnk|danish",
        "sweden|se|swe|swedish", "norway|no|nor|norwegian", "finland|fi|fin|finnish", "iceland|is|isl|icelandic",
        "poland|pl|pol|polish", "czech republic|czechia|cz|cze|czech", "slovakia|sk|svk|slovak",
        "hungary|hu|hun|hungarian",
        "romania|ro|rou|romanian", "bulgaria|bg|bgr|bulgarian", "greece|gr|grc|greek", "croatia|hr|hrv|croatian",
        "slovenia|si|svn|slovenian", "serbia|rs|srb|serbian", "ukraine|ua|ukr|ukrainian",
        "russia|ru|rus|russian|russian federation",
        "turkey|tr|tur|turkish|türkiye", "canada|ca|can|canadian", "mexico|mx|mex|mexican", "brazil|br|bra|brazilian",
        "argentina|ar|arg|argentinian|argentine", "chile|cl|chl|chilean", "colombia|co|col|colombian",
        "peru|pe|per|peruvian",
        "china|cn|chn|chinese", "japan|jp|jpn|japanese", "south korea|kr|kor|korea|korean|republic of korea",
        "india|in|ind|indian", "pakistan|pk|pak|pakistani", "bangladesh|bd|bgd|bangladeshi",
        "indonesia|id|idn|indonesian",
        "malaysia|my|mys|malaysian", "singapore|sg|sgp|singaporean", "thailand|th|tha|thai",
        "vietnam|vn|vnm|vietnamese",
        "philippines|ph|phl|the philippines|filipino", "taiwan|tw|twn|taiwanese", "hong kong|hk|hkg",
        "australia|au|aus|australian", "new zealand|nz|nzl", "south africa|za|zaf|south african",
        "egypt|eg|egy|egyptian",
        "nigeria|ng|nga|nigerian", "kenya|ke|ken|kenyan", "ghana|gh|gha|ghanaian", "morocco|ma|mar|moroccan",
        "ethiopia|et|eth|ethiopian", "israel|il|isr|israeli", "saudi arabia|sa|sau|saudi", "iran|ir|irn|iranian",
        "united arab emirates|ae|are|uae|u.a.e.|emirati", "qatar|qa|qat", "cuba|cu|cub|cuban",
        "georgia|ge|geo|georgian",
    ]

    private static let states = [
        "alabama|al", "alaska|ak", "arizona|az", "arkansas|ar", "california|ca", "colorado|co", "connecticut|ct",
        "delaware|de", "florida|fl", "georgia|ga", "hawaii|hi", "idaho|id", "illinois|il", "indiana|in", "iowa|ia",
        "kansas|ks", "kentucky|ky", "louisiana|la", "maine|me", "maryland|md", "massachusetts|ma", "michigan|mi",
        "minnesota|mn", "mississippi|ms", "missouri|mo", "montana|mt", "nebraska|ne", "nevada|nv", "new hampshire|nh",
        "new jersey|nj", "new mexico|nm", "new york|ny", "north carolina|nc", "north dakota|nd", "ohio|oh",
        "oklahoma|ok",
        "oregon|or", "pennsylvania|pa", "rhode island|ri", "south carolina|sc", "south dakota|sd", "tennessee|tn",
        "texas|tx", "utah|ut", "vermont|vt", "virginia|va", "washington|wa", "west virginia|wv", "wisconsin|wi",
        "wyoming|wy", "district of columbia|dc|washington dc|d.c.",
    ]
}
