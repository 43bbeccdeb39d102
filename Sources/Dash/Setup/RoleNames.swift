/// The names of Dash's own database roles, all with one prefix so that several Dashes can share a server.
package struct RoleNames: Sendable, Equatable {
    package let prefix: String
    /// The daemon: works in schema `ai`, where it owns its tables; reads the catalogs.
    package var app: String { prefix + "_app" }
    /// The analyst's statements: reads company data and schema `dash`.
    package var analyst: String { prefix + "_analyst" }
    /// The engineer's statements: reads company data, builds in schema `dash`.
    package var engineer: String { prefix + "_engineer" }
    /// Owns what neither the daemon nor an agent may drop: schemas `ai` and `dash`, the audit log; cannot log in.
    package var owner: String { prefix + "_owner" }

    package init(prefix: String = "dash") {
        self.prefix = prefix
    }

    /// The two roles that run statements which somebody else wrote.
    var sandbox: [String] { [analyst, engineer] }
}
