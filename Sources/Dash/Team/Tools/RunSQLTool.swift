import Agents
import LanguageModels
import Planner
import SQLGuard
import ServiceRuntime

/// `run_sql`: one statement through a role's runner; the result stays in the run under an id.
struct RunSQLTool: Tool {
    let role: SQLRole
    let run: Run
    let warehouse: Warehouse
    let knowledge: KnowledgeStore
    let learnings: LearningStore
    var probes = ProbeLimits()
    let logger: Logger
    /// What a model gets to read of a result; the run keeps all of it.
    private static let shownRows = 200
    private static let shownBytes = 40_000
    private static let attemptsWhileAway = 4

    var definition: ToolDefinition {
        let what =
            switch role {
            case .analyst: "Runs one read-only SELECT."
            case .engineer:
                "Runs one statement: a SELECT, or CREATE, ALTER, DROP, INSERT or REFRESH in schema dash only."
            }
        return ToolDefinition(
            name: ToolName.runSQL,
            description: """
                \(what) Returns a result id, columns with types, rows, row count, whether rows are missing, and the time taken. \
                After an error or an empty result: its class, the attempt, past corrections and a suggestion. `checks` says \
                what to beware of; the answer gets those sentences by itself.
                """,
            parameters: .schema(
                [
                    "sql": .property("string", "Exactly one statement in PostgreSQL's dialect."),
                    "query_name": .property(
                        "string", "The name of the validated query that this statement is, word for word."),
                ], required: ["sql"]))
    }

    var annotations: ToolAnnotations { ToolAnnotations(isReadOnly: role == .analyst, isDestructive: false) }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let sql = arguments.text("sql") else { return ToolOutput(wrongArguments: "`sql` is empty.") }
        let attempt = run.nextAttempt
        guard attempt <= run.attempts else {
            return ToolOutput(
                content: JSONValue.object([
                    "error": "no_attempts_left",
                    "message": .string(
                        "\(run.attempts) statements in a row gave no rows. Do not run another: answer from what you have, or say what is missing."
                    ),
                ]).encoded(), isError: true, summary: "no attempts left")
        }
        try run.ledger.takeStatement()
        let runner = role == .analyst ? warehouse.analyst : warehouse.engineer
        let table: ResultTable
        do {
            table = try await result(of: sql, by: runner)
        } catch let failure as SQLFailure {
            return await output(of: failure, sql, attempt)
        }
        let evidence = await evidence(of: sql, named: arguments.text("query_name"))
        run.keep(table, evidence)
        if let change = table.change {
            run.changed(sql)
            if change.drops { await forgetDropped() }
        } else if table.rows.isEmpty {
            return await emptyOutput(table, attempt, try await findings(of: table))
        }
        await close(run.succeeded(), with: sql)
        return Self.output(of: table, try await findings(of: table))
    }

    /// Kept in the run, from which the answer takes them.
    private func findings(of table: ResultTable) async throws -> [ResultFinding] {
        guard role == .analyst else { return [] }
        let checks = ResultChecks(
            run: run, warehouse: warehouse, knowledge: knowledge, limits: probes, logger: logger)
        run.note(try await checks.findings(of: table), about: table.id)
        return run.findings(about: table.id)
    }

    /// A statement that only reads is repeated where the server is away: one that restarts costs the question a moment and not
    /// its answer. Throws `WarehouseAway` in the end.
    private func result(of sql: String, by runner: any SQLRunner) async throws -> ResultTable {
        let backoff = Backoff(initial: .milliseconds(200), maximum: .seconds(2))
        var attempt = 0
        while true {
            do {
                return try await runner.run(sql, keepingAs: run.nextResultID()).withoutSecrets
            } catch let failure as SQLFailure where failure.errorClass == .connection && !failure.isBusy {
                attempt += 1
                guard role == .analyst, attempt < Self.attemptsWhileAway else { throw WarehouseAway() }
                try await Task.sleep(for: backoff.delay(afterAttempt: attempt))
            }
        }
    }

    // MARK: - Success

    private static func output(of table: ResultTable, _ findings: [ResultFinding]) -> ToolOutput {
        ToolOutput(
            content: JSONValue.object(members(of: table, findings)).encoded(),
            summary:
                "\(table.rows.count)\(table.isTruncated ? "+" : "") \(table.rows.count == 1 ? "row" : "rows") in \(table.milliseconds) ms"
        )
    }

    private static func members(of table: ResultTable, _ findings: [ResultFinding]) -> [String: JSONValue] {
        var rows: [JSONValue] = []
        var size = 0
        for row in table.rows.prefix(shownRows) {
            let record = JSONValue.array(row.map { $0.map(JSONValue.string) ?? .null })
            size += record.encoded().utf8.count
            guard size <= shownBytes else { break }
            rows.append(record)
        }
        var members: [String: JSONValue] = [
            "result_id": .string(table.id),
            "columns": .array(table.columns.map { ["name": .string($0.name), "type": .string($0.type.rawValue)] }),
            "rows": .array(rows), "row_count": .integer(Int64(table.rows.count)), "truncated": .bool(table.isTruncated),
            "milliseconds": .integer(Int64(table.milliseconds)),
        ]
        if rows.count < table.rows.count {
            members["note"] = .string(
                "Only the first \(rows.count) of \(table.rows.count) rows are shown here; the answer's table has all of them."
            )
        }
        if !findings.isEmpty { members["checks"] = .array(findings.map { .string($0.text) }) }
        if table.isTruncated {
            members["truncation"] = .string("The statement had more rows than are kept. Aggregate or narrow it.")
        }
        return members
    }

    private func evidence(of sql: String, named name: String?) async -> Evidence {
        // Byte for byte: the server tells texts apart that Swift calls equal.
        let planned = run.planned.filter { $0.statement.sql.utf8.elementsEqual(sql.utf8) }
        if let planned = planned.first(where: { $0.isReworded != true }) ?? planned.first { return .plan(planned) }
        if let bound = run.bound(sql) { return bound }
        var entries = run.knowledge
        if let name {
            do {
                if let entry = try await knowledge.entry(kind: .query, name: name) { entries.insert(entry, at: 0) }
            } catch {
                logger.warning("knowledge could not be read for an answer's evidence")
            }
        }
        for entry in entries {
            if case .query(let query) = entry.content, SQLOutline.same(query.sql, sql) {
                return .query(query, isCurated: entry.source != KnowledgeEntry.savedSource)
            }
        }
        return run.isGrounded ? .derived : .generated
    }

    /// A statement that works after others did not is a lesson for everybody.
    private func close(_ failure: Run.Failure?, with sql: String) async {
        guard let failure, !run.question.isByOutsider, !SQLOutline.same(failure.sql, sql) else { return }
        // Another question to other tables mends no empty result.
        if failure.isEmptyResult, SQLOutline(failure.sql).relations != SQLOutline(sql).relations { return }
        do {
            try await learnings.record(
                Learning.Correction(original: failure.sql, error: failure.error, corrected: sql))
        } catch {
            logger.warning("a correction could not be kept", ["run": run.id.short])
        }
    }

    /// What agents noted about objects that this run may have dropped would send the analyst to nothing.
    private func forgetDropped() async {
        do {
            let catalog = try await warehouse.introspection.catalog(refresh: true)
            try await knowledge.forgetBuilt(except: Set(catalog.relations.map(\.qualifiedName)))
        } catch {
            logger.warning("knowledge about dropped objects could not be removed", ["run": run.id.short])
        }
    }

    // MARK: - Failure

    private func output(of failure: SQLFailure, _ sql: String, _ attempt: Int) async -> ToolOutput {
        run.failed(sql, failure.message, isEmptyResult: false)
        var members = await trouble(sql, failure.errorClass.rawValue, failure.message, attempt)
        if let hint = failure.hint { members["hint"] = .string(hint) }
        if let position = failure.position { members["position"] = .integer(Int64(position)) }
        if let catalog = try? await warehouse.introspection.catalog(refresh: failure.errorClass == .missingTable) {
            members["suggestion"] = .string(SQLAdvice(catalog: catalog).advice(for: failure, in: sql))
        }
        return ToolOutput(
            content: JSONValue.object(members).encoded(), isError: true,
            summary: "attempt \(attempt) of \(run.attempts): \(failure.message)")
    }

    private func emptyOutput(
        _ table: ResultTable, _ attempt: Int, _ findings: [ResultFinding]
    ) async -> ToolOutput {
        run.failed(table.sql, "no rows", isEmptyResult: true)
        var members = Self.members(of: table, findings)
        let advice = await emptyAdvice(table.sql)
        members.merge(await trouble(table.sql, "empty_result", "The statement ran and returned no rows.", attempt)) {
            $1
        }
        members["suggestion"] = .string(advice)
        return ToolOutput(
            content: JSONValue.object(members).encoded(), summary: "attempt \(attempt) of \(run.attempts): no rows")
    }

    private func trouble(
        _ sql: String, _ errorClass: String, _ message: String, _ attempt: Int
    ) async -> [String: JSONValue] {
        let past = (try? await learnings.corrections(similarTo: sql, error: message, limit: 3)) ?? []
        return [
            "error": .string(errorClass), "message": .string(message), "attempt": .integer(Int64(attempt)),
            "attempts": .integer(Int64(run.attempts)),
            "similar_corrections": .array(
                past.map {
                    ["original": .string($0.original), "error": .string($0.error), "corrected": .string($0.corrected)]
                }),
        ]
    }

    private func emptyAdvice(_ sql: String) async -> String {
        let relations = SQLOutline(sql).relations
        let tables = (try? await knowledge.tables(named: relations)) ?? []
        var ends: [String] = []
        for table in tables {
            guard let column = table.timeColumn,
                let latest = try? await warehouse.introspection.latestValue(of: column, in: table.name)
            else { continue }
            ends.append("\(table.name).\(column) ends at \(latest)")
        }
        return SQLAdvice.advice(forEmpty: sql, tables: tables, ends: ends)
    }
}
