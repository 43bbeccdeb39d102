/// The statement that takes privileges from exactly those through whom a role has them, as an expression over the
/// catalogs in which `r` is the role of `pg_roles`.
///
/// Others keep what they have, unless the role has it because everybody does, or passed it on itself; the statement
/// says so then. Where no grant is the cause, it names what is: ownership, an attribute, a membership.
struct Revocation {
    /// Expressions: the object's list of grants and its owner.
    var acl: String
    var owner: String
    /// As `acldefault` names the kind of object.
    var kind: String
    /// An expression: the object as REVOKE and ALTER name it.
    var object: String
    var privileges: [String]
    /// Expression: the relation whose columns may have grants of their own.
    var relation: String?
    /// Expression: the roles in question.
    var grantees = "ARRAY[r.oid]"
    /// Whether what everybody has matters too.
    var includesEverybody = true

    static let forEverybody = "/* everybody loses this: grant it first to the roles that need it */"
    static let forOthers = "/* and from the roles that it was passed on to */"

    /// Text; never null.
    var sql: String { "coalesce(\(grants), \(otherCause))" }

    /// Whether everybody has one of the privileges.
    var isForEverybody: String {
        """
        EXISTS (SELECT FROM aclexplode(coalesce(\(acl), acldefault('\(kind)', \(owner)))) x
            WHERE x.grantee = 0 AND \(isMeant))
        """
    }

    private var isMeant: String {
        "x.privilege_type IN (\(privileges.map { "'\($0)'" }.joined(separator: ", ")))"
    }

    /// Null where nobody granted anything.
    private var grants: String {
        let lists = [
            list(
                "string_agg(DISTINCT x.privilege_type, ', ')",
                "aclexplode(coalesce(\(acl), acldefault('\(kind)', \(owner)))) x"),
            relation.map {
                list(
                    "string_agg(format('%s (%I)', x.privilege_type, t.attname), ', ' ORDER BY x.privilege_type, t.attname)",
                    "pg_catalog.pg_attribute t, aclexplode(t.attacl) x",
                    "t.attrelid = \($0) AND NOT t.attisdropped AND ")
            },
        ].compactMap(\.self)
        return """
            (SELECT string_agg(s.statement, '; ' ORDER BY s.grantee, s.grantor, s.statement)
                FROM (\(lists.joined(separator: " UNION ALL "))) AS s)
            """
    }

    /// A grant can be taken back only in the name of who made it, which by default is the owner.
    private func list(_ privileges: String, _ source: String, _ condition: String = "") -> String {
        """
        SELECT x.grantee, x.grantor, CASE WHEN x.grantor = \(owner) THEN ''
                ELSE format('SET ROLE %I; ', pg_get_userbyid(x.grantor)) END
            || format('REVOKE %s ON %s FROM %s', \(privileges), \(object),
                CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END)
            || CASE WHEN x.grantee <> 0 AND bool_or(x.is_grantable) THEN ' CASCADE \(Self.forOthers)' ELSE '' END
            || CASE x.grantee WHEN 0 THEN ' \(Self.forEverybody)' ELSE '' END
            || CASE WHEN x.grantor = \(owner) THEN '' ELSE '; RESET ROLE' END AS statement
        FROM \(source)
        WHERE \(condition)\(isMeant) AND (\(includesEverybody) AND x.grantee = 0 OR x.grantee = ANY(\(grantees))) AND x.grantee <> \(owner)
        GROUP BY x.grantee, x.grantor
        """
    }

    private var otherCause: String {
        """
        CASE WHEN \(owner) = r.oid THEN format('ALTER %s OWNER TO CURRENT_USER', \(object))
            WHEN r.rolsuper THEN format('ALTER ROLE %I NOSUPERUSER', r.rolname)
            ELSE coalesce((SELECT string_agg(format('REVOKE %I FROM %I', g.rolname, r.rolname), '; ' ORDER BY g.rolname)
                    FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
                    WHERE m.member = r.oid), format('ALTER ROLE %I NOINHERIT', r.rolname)) END
        """
    }
}
