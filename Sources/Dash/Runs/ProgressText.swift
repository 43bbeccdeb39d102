package import Agents

/// What people are told while a run is on: what is being done, never how, with which statement or by which part of Dash.
package enum ProgressText {
    package static let waiting = "Looking into it…"
    package static let status = "is looking into it…"

    /// nil where an event is nothing to tell.
    package static func text(for event: RunEvent) -> String? {
        switch event.kind {
        case .toolStarted(_, _, let tool): text(forTool: tool)
        case .toolFinished(_, _, "run_sql", isError: true, _, _): "That query did not work; trying another way…"
        case .budgetReached: "Wrapping up…"
        case .started, .modelCalled, .modelAnswered, .toolFinished, .delegated, .finished, .failed: nil
        }
    }

    private static func text(forTool tool: String) -> String? {
        switch tool {
        case "search_knowledge": "Looking for a checked query and definitions…"
        case "search_learnings": "Checking what was learned before…"
        case "plan_question": "Working out how to compute it…"
        case "run_sql": "Asking the database…"
        case "introspect_schema", "get_table_stats": "Looking at the tables…"
        case "get_sample_data", "get_column_distribution": "Looking at the data…"
        case "save_validated_query", "save_learning", "update_knowledge": "Writing down what was learned…"
        case "give_answer": "Checking the result…"
        default: nil
        }
    }
}
