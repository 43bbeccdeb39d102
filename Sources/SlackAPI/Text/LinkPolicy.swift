import FoundationEssentials

/// Which addresses may be clicked in what Dash writes. Everything else is shown as text with a broken scheme.
package struct LinkPolicy: Sendable, Equatable {
    /// No address at all.
    package static let none = LinkPolicy(hosts: [])

    private let exact: Set<String>
    /// With the dot before them.
    private let suffixes: [String]

    /// Host names without a scheme or port; `*.example.org` allows every name below `example.org`.
    package init(hosts: some Sequence<String>) {
        let names = hosts.map { $0.lowercased() }
        exact = Set(names.filter { !$0.hasPrefix("*.") })
        suffixes = names.filter { $0.hasPrefix("*.") }.map { String($0.dropFirst()) }
    }

    /// Whether the text is a host name as the setting has it.
    package static func isHost(_ text: String) -> Bool {
        let name = text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return name.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
    }

    /// Whether the address may be a link: http or https, to an allowed host, with nothing before the host that could
    /// make it look like another one.
    func allows(_ address: String) -> Bool {
        guard !exact.isEmpty || !suffixes.isEmpty, address.utf8.count <= 2_000,
            address.utf8.allSatisfy({
                (33...126).contains($0) && ![34, 60, 62, 92, 94, 96, 123, 124, 125].contains($0)
            })
        else { return false }
        let lowered = address.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) else { return false }
        let authority = lowered.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else { return false }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first.map(String.init), !host.isEmpty else { return false }
        if parts.count == 2, UInt16(parts[1]) == nil { return false }
        return exact.contains(host) || suffixes.contains { host.hasSuffix($0) && host.count > $0.count }
    }
}
