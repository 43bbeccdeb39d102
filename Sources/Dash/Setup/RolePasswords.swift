package import ServiceRuntime

/// The passwords of the login roles: given, or derived from the administrator's so that replicas share no file.
package struct RolePasswords: Sendable {
    private let passwords: [String: Secret]
    private let given: Set<String>

    /// A password that is neither given nor derivable, because there is no administrator password, stays nil.
    package init(
        roles: RoleNames, administrator: Secret?, app: Secret? = nil, analyst: Secret? = nil, engineer: Secret? = nil
    ) {
        var passwords: [String: Secret] = [:]
        var named: Set<String> = []
        for (role, given) in [(roles.app, app), (roles.analyst, analyst), (roles.engineer, engineer)] {
            if given != nil { named.insert(role) }
            passwords[role] = given ?? administrator.flatMap { Self.derive(from: $0, role: role) }
        }
        self.passwords = passwords
        self.given = named
    }

    package subscript(role: String) -> Secret? { passwords[role] }

    /// Whether the password was given, and does not change with the administrator.
    func isGiven(_ role: String) -> Bool { given.contains(role) }

    /// HMAC-SHA256 over the role's name under the administrator's password, as hexadecimal digits.
    private static func derive(from administrator: Secret, role: String) -> Secret? {
        guard !administrator.isEmpty else { return nil }
        return Secret(Hex.encode(SHA256.hmac(key: administrator, role.utf8)))
    }
}
