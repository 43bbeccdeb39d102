/// Names of the team's tools, as models see them.
enum ToolName {
    static let delegate = "delegate"
    static let searchKnowledge = "search_knowledge"
    static let searchLearnings = "search_learnings"
    static let planQuestion = "plan_question"
    static let runSQL = "run_sql"
    static let introspectSchema = "introspect_schema"
    static let saveValidatedQuery = "save_validated_query"
    static let saveLearning = "save_learning"
    static let giveAnswer = "give_answer"
    static let updateKnowledge = "update_knowledge"
}
