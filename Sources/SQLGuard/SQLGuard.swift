import ServiceRuntime

/// Decides by its parse tree whether a statement may reach the database.
///
/// Everything is refused that is not on a list: kinds of statements, of nodes and of their parts, schemas, functions,
/// types, options. It is one of several layers: what a view of the company or an operator does inside, it cannot see.
/// The session must have `standard_conforming_strings` on, UTF-8 as its encoding, and the policy's schemas as its path.
package struct SQLGuard: Sendable {
    /// What the parser and the walker need for the longest statement, with room to spare: neither stops by itself.
    package static let stackBytes = 64 << 20
    private static let threads = ThreadPoolExecutor(name: "sql-guard", threads: 2, stackBytes: stackBytes)

    private let policy: GuardPolicy
    private let functions: FunctionCatalog
    private let types: TypeCatalog

    package init(policy: GuardPolicy, functions: FunctionCatalog, types: TypeCatalog) {
        self.policy = policy
        self.functions = functions
        self.types = types
    }

    /// Takes well under a millisecond for a usual statement; not interrupted by cancellation.
    package func check(_ sql: String) async throws(GuardRefusal) -> StatementSummary {
        try await check(utf8: Array(sql.utf8))
    }

    /// As `check(_:)`, for a text that nobody has looked at yet.
    package func check(utf8 bytes: [UInt8]) async throws(GuardRefusal) -> StatementSummary {
        let result: Result<StatementSummary, GuardRefusal>
        do {
            result = try await Self.threads.run {
                do throws(GuardRefusal) {
                    return .success(try checkOnThisThread(bytes))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw GuardRefusal(
                .construct, "the statement", because: "it could not be checked", instead: "Send it again.")
        }
        return try result.get()
    }

    /// The whole decision, on a thread that has `stackBytes` of stack.
    package func checkOnThisThread(_ bytes: [UInt8]) throws(GuardRefusal) -> StatementSummary {
        let text = try StatementText(bytes)
        return try ParseTree.withRoot(of: text) { root throws(GuardRefusal) in
            var walker = StatementWalker(policy: policy, functions: functions, types: types, text: text)
            return try walker.summary(of: root)
        }
    }

    /// What a SELECT reads and under which conditions; nil for anything else and for what cannot be read. Nothing is decided
    /// here, and nothing refused.
    package static func outline(of sql: String) async -> SelectOutline? {
        let bytes = Array(sql.utf8)
        return try? await threads.run { () -> SelectOutline? in
            do throws(GuardRefusal) {
                return try ParseTree.withRoot(of: try StatementText(bytes)) { root throws(GuardRefusal) in
                    OutlineReader.outline(of: root)
                }
            } catch {
                return nil
            }
        }
    }
}
