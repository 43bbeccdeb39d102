/// What one server should look like for Dash.
package struct SetupPlan: Sendable {
    package enum Server: Sendable {
        /// Dash's own: nothing else lives there, so everything that PUBLIC may do is taken away.
        case embedded
        /// The company's: only Dash's own roles, schemas and grants; never a REVOKE from PUBLIC.
        case given
    }

    /// Which of Dash's halves live in this database.
    package struct Parts: OptionSet, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Schema `ai`.
        package static let state = Parts(rawValue: 1)
        /// The company schemas and `dash`.
        package static let warehouse = Parts(rawValue: 2)
        package static let all: Parts = [.state, .warehouse]
    }

    package var roles: RoleNames
    package var passwords: RolePasswords
    package var dataSchemas: [String]
    /// Which tables and views of the company schemas Dash's roles may read.
    package var allowedTables: AllowedTables
    package var server: Server
    package var parts: Parts
    /// Sessions that all replicas together may hold as these roles.
    package var analystConnections = 24
    package var engineerConnections = 8
    /// Whether passwords that another administrator's set-up has set are set anew.
    package var takesOverPasswords = false

    package init(
        roles: RoleNames, passwords: RolePasswords, dataSchemas: [String] = ["public"],
        allowedTables: AllowedTables = .everything, server: Server, parts: Parts = .all
    ) {
        self.roles = roles
        self.passwords = passwords
        self.dataSchemas = dataSchemas
        self.allowedTables = allowedTables
        self.server = server
        self.parts = parts
    }

    var loginRoles: [String] { parts.contains(.warehouse) ? [roles.app] + roles.sandbox : [roles.app] }
    var allRoles: [String] { loginRoles + [roles.owner] }
    /// Schemas that exist or must exist here, company data first.
    var schemas: [String] {
        (parts.contains(.warehouse) ? dataSchemas + ["dash"] : []) + (parts.contains(.state) ? ["ai"] : [])
    }

    /// Throws where the company schemas are not a list that setup can work with.
    func validate() throws(SetupError) {
        guard parts.contains(.warehouse) else { return }
        guard !dataSchemas.isEmpty else {
            throw SetupError("DASH_DATA_SCHEMAS names no schema; name at least one, for example public")
        }
        for schema in dataSchemas
        where ["ai", "dash", "information_schema"].contains(schema) || schema.hasPrefix("pg_") {
            throw SetupError("DASH_DATA_SCHEMAS names \(schema), which is not a company schema; take it out")
        }
        for name in allowedTables.names where name.schema.map({ !dataSchemas.contains($0) }) == true {
            throw SetupError(
                "DASH_ALLOWED_TABLES names \(name.text), whose schema is not in DASH_DATA_SCHEMAS; add it there or take "
                    + "the table out")
        }
    }
}
