extension Answer {
    /// Its definitions, each once: of what stands in its words already only the name.
    package var shownDefinitions: [String] {
        (provenance?.definitions ?? []).map { definition in
            let isSaid = [headline, meaning ?? ""].contains { $0.contains(definition.text) }
            return isSaid ? "\(definition.name), see above" : "\(definition.name): \(definition.text)"
        }
    }

    /// Whether its words are where an earlier answer comes from, so that nothing is to be said about that below them.
    package var saysItsProvenance: Bool {
        guard kind == .message, let provenance, let meaning else { return false }
        return meaning == Explanation.lines(provenance)
    }
}

extension Provenance {
    /// Without the schema that PostgreSQL assumes anyway.
    package static func short(_ table: String) -> String {
        table.hasPrefix("public.") ? String(table.dropFirst("public.".count)) : table
    }
}
