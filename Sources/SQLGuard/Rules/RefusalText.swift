/// Names and commands as they appear in a refusal: bounded, without control characters, quoted where SQL needs it.
enum RefusalText {
    static func name(_ name: String) -> String {
        let scalars = name.unicodeScalars.prefix(63).map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: "?"
            default: Character(scalar)
            }
        }
        let isPlain = name.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
        }
        return isPlain ? String(scalars) : "\"\(String(scalars))\""
    }

    static func name(_ schema: String?, _ name: String) -> String {
        schema.map { "\(self.name($0)).\(self.name(name))" } ?? self.name(name)
    }

    /// `CreateFunctionStmt` as CREATE FUNCTION.
    static func statement(_ name: TreeName) -> String {
        let kind = name.description
        if let command = commands[kind] { return command }
        return words(kind.hasSuffix("Stmt") ? kind.dropLast(4) : Substring(kind))
    }

    /// `AT_ChangeOwner` as CHANGE OWNER.
    static func words(_ name: Substring) -> String {
        var words = ""
        for character in name {
            if character.isUppercase, !words.isEmpty { words.append(" ") }
            words.append(character)
        }
        return words.uppercased()
    }

    private static let commands = [
        "VariableSetStmt": "SET or RESET", "VariableShowStmt": "SHOW", "TransactionStmt": "transaction control",
        "CreateRoleStmt": "CREATE ROLE", "AlterRoleSetStmt": "ALTER ROLE … SET", "DefineStmt": "CREATE of this kind",
        "CreateTrigStmt": "CREATE TRIGGER", "CreatePLangStmt": "CREATE LANGUAGE", "CreatedbStmt": "CREATE DATABASE",
        "DropdbStmt": "DROP DATABASE", "CreateSeqStmt": "CREATE SEQUENCE", "AlterSeqStmt": "ALTER SEQUENCE",
        "CreateEnumStmt": "CREATE TYPE", "CompositeTypeStmt": "CREATE TYPE", "CreateRangeStmt": "CREATE TYPE",
        "SecLabelStmt": "SECURITY LABEL", "RuleStmt": "CREATE RULE", "CheckPointStmt": "CHECKPOINT",
        "ConstraintsSetStmt": "SET CONSTRAINTS", "DeclareCursorStmt": "DECLARE CURSOR", "ClosePortalStmt": "CLOSE",
        "GrantStmt": "GRANT or REVOKE", "GrantRoleStmt": "GRANT or REVOKE", "VacuumStmt": "VACUUM or ANALYZE",
        "RefreshMatViewStmt": "REFRESH MATERIALIZED VIEW", "AlterObjectSchemaStmt": "ALTER … SET SCHEMA",
        "AlterOwnerStmt": "ALTER … OWNER TO", "CreateFdwStmt": "CREATE FOREIGN DATA WRAPPER",
        "CreateTableAsStmt": "CREATE TABLE AS", "CreateStmt": "CREATE TABLE", "ViewStmt": "CREATE VIEW",
        "IndexStmt": "CREATE INDEX", "RenameStmt": "ALTER … RENAME", "AlterTableStmt": "ALTER TABLE",
        "CurrentOfExpr": "WHERE CURRENT OF", "CreateStatsStmt": "CREATE STATISTICS",
    ]
}
