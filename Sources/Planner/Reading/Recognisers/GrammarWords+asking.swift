/// How a question begins, and what asks for something else than numbers or rows.
extension GrammarWords {
    static func addAsking(_ table: inout GrammarTable) {
        table.add(
            .show, "show", "show me", "list", "list out", "list down", "return", "give", "give me", "display", "get",
            "get me", "find", "find me", "tell me", "tell", "provide", "fetch", "report", "i want", "i want to know",
            "i need", "i would like", "i want to see", "show us", "give us", "include", "output", "retrieve",
            "identify", "determine", "calculate", "compute", "let me know", "break down", "break", "split up", "split",
            "how high is", "how large is", "how big is", "how high are", "how big are", "give me a breakdown of",
            "look at", "i d like to see", "can you show", "could you show", "pull", "pull up", "return only",
            "only return", "select", "print", "what about", "how about", "i d like to know", "see", "tell us",
            "let us know", "we want to know", "we need", "we would like to know", "please list", "please show",
            "please give", "along with", "together with", "as well as", "could you list", "can you list", "name the",
            "name all", "name each", "name every", "please name", "please return", "please show me", "please give me",
            "please list all", "i d like", "we d like to see", "i d like a list of")
        table.add(.which, "which", "what", "whats", "what are", "what is", "what was", "what were", "who was", "what s")
        table.add(
            .define, "define", "definition of", "what does", "what do you mean by", "mean by", "meaning of",
            "how do you define", "how do we define", "how do we calculate", "how do you calculate", "how is",
            "what counts as", "what exactly counts as", "what exactly is", "how do we measure", "what do we mean by",
            "what is the meaning of", "what is the definition of", "what s the definition of", "explain what",
            "what is meant by", "the definition of")
        table.add(
            .describe, "what can you answer about", "what can i ask about", "what do you know about",
            "what data do you have about", "describe", "what can you tell me about", "what data do you have on",
            "what is in", "what columns", "what fields", "tell me about", "what do we know about",
            "what information do you have about")
        table.add(
            .explain, "why", "how come", "what caused", "what drives", "what drove", "what explains", "because",
            "reason for", "reasons for", "root cause")
        table.add(
            .chart, "as a chart", "as chart", "chart", "plot", "graph", "as a graph", "visualize", "as a bar chart",
            "as a line chart", "chart of", "graph of", "plot of", "draw", "visualise")
        table.add(.table, "as a table", "in a table", "as table", "tabulate", "table of")
        table.add(
            .unsupported, "forecast", "predict", "prediction", "projected", "project", "should we", "should i",
            "recommend", "will be", "expected to", "how can", "how could", "how should", "how would", "how do i",
            "delete", "drop", "insert", "update", "remove all", "create", "correlation between", "correlation",
            "correlated", "what if", "probability", "anomalies", "likely", "trending", "moving average", "rank of",
            "percentile", "rolling average", "consecutive", "in a row", "streak", "retention", "cohort", "growth rate",
            "year over year growth")
        table.add(
            .remark, "respectively", "respective", "the result", "the results", "results", "result", "please",
            "overall", "exactly", "also", "their respective", "the following", "following", "in the results",
            "in the result", "in your answer", "in the answer", "on the list", "in the list", "altogether",
            "of all time", "thanks", "thank you", "currently", "now", "right now", "at the moment", "at present",
            "as of now", "to date", "so far", "as an integer", "as a number", "as a date", "as date", "as a decimal",
            "as a percentage", "as percentage", "as percentages", "as percent", "as a percent", "in percentages",
            "case insensitive", "case insensitively", "match case insensitively",
            "case-insensitively", "in order", "just", "only", "ever", "first of all", "combinations of",
            "combination of", "pairs of")
        table.add(.remark, AskingWords.ourselves)
        table.add(.remark, RemarkWords.phrases)
    }
}
