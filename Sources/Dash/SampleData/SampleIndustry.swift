/// What the sample's customers do, with the endings of their names.
package enum SampleIndustry: String, Sendable, CaseIterable {
    case technology, healthcare, finance, retail, education

    var weight: Double {
        switch self {
        case .technology: 0.34
        case .healthcare: 0.18
        case .finance: 0.20
        case .retail: 0.17
        case .education: 0.11
        }
    }

    var nameEndings: [String] {
        switch self {
        case .technology:
            ["Labs", "Systems", "Software", "Works", "Digital", "Robotics", "Networks", "Cloud", "Dynamics", "Studio"]
        case .healthcare:
            ["Health", "Care", "Clinics", "Medical", "Biotech", "Therapeutics", "Diagnostics", "Wellness"]
        case .finance: ["Capital", "Finance", "Payments", "Insurance", "Advisors", "Lending", "Ventures", "Ledger"]
        case .retail: ["Goods", "Market", "Outfitters", "Foods", "Supply", "Home", "Trading", "Brands"]
        case .education: ["Academy", "Learning", "Institute", "Campus", "Tutors", "Press"]
        }
    }

    static let nameBeginnings = [
        "Alder", "Amber", "Anchor", "Arbor", "Ashford", "Aspen", "Atlas", "Aurora", "Basalt", "Beacon", "Birch",
        "Bluebell",
        "Bramble", "Bright", "Brook", "Canyon", "Cardinal", "Cedar", "Cinder", "Clover", "Cobalt", "Compass", "Copper",
        "Coral", "Crescent", "Cypress", "Dahlia", "Delta", "Drift", "Ember", "Evergreen", "Falcon", "Fern", "Fjord",
        "Flint",
        "Foxglove", "Garnet", "Glacier", "Granite", "Grove", "Harbor", "Hawthorn", "Hazel", "Heron", "Hollow", "Indigo",
        "Iris", "Ivory", "Jasper", "Juniper", "Kestrel", "Kite", "Lantern", "Larch", "Laurel", "Lighthouse", "Linden",
        "Loom", "Lotus", "Maple", "Marigold", "Meadow", "Meridian", "Mistral", "Moss", "Nimbus", "North", "Oakridge",
        "Obsidian", "Opal", "Orchard", "Osprey", "Otter", "Pebble", "Pine", "Plover", "Poppy", "Prairie", "Quarry",
        "Quartz",
        "Quill", "Raven", "Reed", "Ridge", "River", "Robin", "Rowan", "Saffron", "Sage", "Sequoia", "Slate", "Solstice",
        "Sparrow", "Spruce", "Sterling", "Summit", "Swift", "Tamarack", "Teal", "Thistle", "Timber", "Topaz", "Trellis",
        "Tundra", "Valley", "Vantage", "Verdant", "Vista", "Walnut", "Willow", "Wren", "Yarrow", "Zephyr", "Zinnia",
    ]
}
