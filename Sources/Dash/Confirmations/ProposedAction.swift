import ServiceRuntime

/// Something that only a person may let an agent do: what is asked, and what the answer is bound to.
package struct ProposedAction: Sendable, Codable, Equatable {
    /// What the statement does beyond making something new.
    package struct Effect: Sendable, Codable, Hashable {
        package enum Kind: String, Sendable, Codable {
            case drop, replace
            /// All rows of a table go.
            case empty
            /// A column goes, with its data.
            case dropColumn
            /// It would run for long.
            case run
        }

        package var kind: Kind
        /// For example `dash.monthly_mrr`; empty where the effect is about no object.
        package var object: String
        /// For example `view`.
        package var objectKind: String

        package init(_ kind: Kind, object: String = "", objectKind: String = "") {
            self.kind = kind
            self.object = object
            self.objectKind = objectKind
        }
    }

    /// Something that uses what is dropped or replaced.
    package struct Dependant: Sendable, Codable, Hashable {
        package var name: String
        /// For example `view`, or `query of the knowledge`.
        package var kind: String
        /// Whether it goes as well.
        package var isLost: Bool

        package init(name: String, kind: String, isLost: Bool) {
            self.name = name
            self.kind = kind
            self.isLost = isLost
        }
    }

    /// One plain sentence, for example `Drop the view dash.monthly_mrr, and with it 2 others.`
    package var sentence: String
    /// What is lost for good, in a sentence; nil where it can be made again.
    package var risk: String?
    /// The role the statement runs as.
    package var role: String
    package var sql: String
    package var effects: [Effect]
    package var dependants: [Dependant]

    package init(
        sentence: String, risk: String? = nil, role: String, sql: String, effects: [Effect],
        dependants: [Dependant] = []
    ) {
        self.sentence = sentence
        self.risk = risk
        self.role = role
        self.sql = sql
        self.effects = effects
        self.dependants = dependants
    }

    /// SHA-256 over the role and the statement: a decision holds for exactly these.
    package var hash: [UInt8] { SHA256.hash("\(role)\u{0}\(sql)") }

    /// Whether who agreed to this has agreed to the other one: the same statement, which does no more than was said.
    package func covers(_ other: ProposedAction) -> Bool {
        hash == other.hash && Set(other.effects).isSubset(of: effects)
            && Set(other.dependants).isSubset(of: dependants)
    }
}
