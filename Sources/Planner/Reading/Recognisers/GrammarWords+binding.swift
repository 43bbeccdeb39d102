/// The little words that bind one thing to another, and those that deny it or leave it out.
extension GrammarWords {
    static func addBinding(_ table: inout GrammarTable) {
        table.add(.and, "and", "plus", "&", "and also", "then", "and then", "both")
        table.add(.or, "or", "either", "and or")
        table.add(.of, "of", "of all", "of the")
        table.add(
            .within, "in", "at", "within", "inside", "into", "under", "during", "among", "amongst", "for", "about",
            "as of", "when", "via", "through", "using", "regarding", "concerning", "there")
        table.add(
            .with, "with", "having", "where", "that have", "that has", "who have", "who has", "which have", "which has",
            "that had", "who had", "which had", "such that", "for which", "in which", "given")
        table.add(.by, "by")
        table.add(.on, "on", "upon")
        table.add(.from, "from")
        table.add(.to, "to", "towards", "versus the")
        table.add(
            .outOf, "out of", "among all", "out of all", "of total", "of the total", "as a percentage of",
            "as a share of", "as a fraction of", "relative to", "divided by", "over the total")
        table.add(
            .relative, "who", "that", "which are", "that are", "who are", "that were", "who were", "that was",
            "that is", "who is", "which is", "which were", "which was", "whom")
        table.add(.whose, "whose")
        table.add(
            .have, "have", "has", "had", "have had", "has had", "have been", "has been", "had been", "have ever",
            "has ever", "do have", "does have", "did have", "got", "hold", "holds", "held", "possess", "own", "owns")
        table.add(
            .be, "is", "are", "was", "were", "be", "being", "been", "equals", "equal to", "is equal to", "=", "does",
            "do", "did", "am", "there are", "are there", "there is", "is there", "were there", "was there", "equal",
            "set to", "marked as", "classified as", "called", "named", "labeled", "labelled", "known as",
            "can be found", "are found", "is found", "were found", "can be seen")
        table.add(.than, "than", "compared to the", "compared with the")
        table.add(.their, "their", "its", "his", "her", "our", "my", "your")
        table.add(.comma, "but only", "but just")
    }

    /// That something is not so, is not there, or is left out; and that what has none shows all the same.
    static func addDenials(_ table: inout GrammarTable) {
        table.add(
            .not, "not", "never", "nor", "neither", "have not", "has not", "did not", "do not", "does not",
            "have never", "has never", "is not", "are not", "was not", "were not", "had not", "never been",
            "have not been", "not been", "has never been", "have never been", "had never", "who have not", "cannot",
            "isnt", "arent", "that have not", "that has not", "have never had", "has never had", "had no", "have no",
            "has no", "had never been")
        table.add(
            .without, "without", "no", "with no", "with zero", "lacking", "that have no", "who have no", "without any",
            "without a", "that lack", "zero", "that had no", "who had no", "which have no", "not any", "none",
            "with none", "having no", "lack", "lacks", "lack a", "lacks a", "lack any", "without an", "do not have any",
            "have not any", "with no known", "without a known", "without known", "without any known", "no known",
            "with no recorded")
        table.add(
            .except, "except", "excluding", "exclude", "except for", "other than", "apart from", "but not", "besides",
            "ignoring", "leaving out", "not including", "leave out", "leave off", "leaving off", "omit", "omitting",
            "skip", "skipping", "not counting", "excludes", "with the exception of", "disregard", "disregarding",
            "but exclude", "but leave out", "ignore", "aside from", "filter out", "filtering out", "minus the")
        table.add(
            .empty, "missing", "is null", "is empty", "null", "empty", "are null", "are empty", "blank", "is missing",
            "are missing", "unspecified", "not set", "not specified", "not recorded", "is unknown", "is blank",
            "was not recorded")
        table.add(
            .nonEmpty, "is not null", "not null", "non-null", "known", "is set", "is known", "filled in", "recorded",
            "specified", "is not empty", "on file", "available", "on record")
        table.add(
            .includeEmpty, "including those with none", "including those without", "including those without any",
            "including those with zero", "even those without", "even if none", "even if zero", "including zero",
            "including those with no", "include those with no", "include those without", "including those with 0",
            "even those with none", "including ones without", "also those without", "include those with none",
            "include those that have none", "include those who have none", "include zeros",
            "also include those with none", "including those that have none", "including those who have none",
            "include the ones with none", "include those with zero", "even those that have none")
    }

    /// One thing held against another, and texts by a part of them.
    static func addComparisons(_ table: inout GrammarTable) {
        table.add(
            .versus, "vs", "versus", "against", "compared to", "compared with", "in comparison to",
            "in comparison with", "as opposed to", "rather than")
        table.add(.compare, "compare", "comparing", "comparison of", "compare the", "comparison between")
        table.add(
            .matches(.startsWith), "starts with", "start with", "starting with", "begins with", "begin with",
            "beginning with", "starts with the letter", "starting with the letter", "start with the letter",
            "begins with the letter")
        table.add(
            .matches(.endsWith), "ends with", "end with", "ending with", "ends in", "ending in",
            "ending with the letter", "ends with the letter", "end with the letter", "end in")
        table.add(
            .matches(.contains), "contains", "contain", "containing", "contains the word", "containing the word",
            "includes the word", "with the word", "that contain", "like", "contains the text", "includes the text",
            "includes", "containing the text", "contain the word")
    }
}
