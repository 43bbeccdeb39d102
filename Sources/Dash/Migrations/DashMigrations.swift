package import Postgres

/// The product's own tables in schema `ai`. Extension `pg_trgm` must already stand in that schema.
package enum DashMigrations {
    package static let all: [Migration] = [
        knowledge, learnings, conversations, runs, turnKeys, usage, learningPlaces, confirmations,
        teachings, tableProfiles,
    ]

    /// `search` holds everything an entry says, `head` only what names it (name, synonyms, questions): common words find
    /// candidates through the narrow one. Both stand in a table of their own, uncompressed, so that ranking many candidates
    /// reads few pages and unpacks nothing.
    private static let knowledge = Migration(
        target: "Dash", number: 1, name: "knowledge",
        sql: #"""
            CREATE TABLE ai.knowledge (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                kind text NOT NULL,
                name text NOT NULL,
                name_hash bytea NOT NULL,
                source text NOT NULL,
                content jsonb NOT NULL,
                content_hash bytea NOT NULL,
                labels text[] NOT NULL,
                created_at timestamptz NOT NULL DEFAULT now(),
                updated_at timestamptz NOT NULL DEFAULT now(),
                UNIQUE (kind, name_hash)
            );
            CREATE INDEX knowledge_source ON ai.knowledge (source);
            COMMENT ON TABLE ai.knowledge IS 'What Dash knows from curated files and from its own work.';

            CREATE TABLE ai.knowledge_index (
                entry_id bigint PRIMARY KEY REFERENCES ai.knowledge (id) ON DELETE CASCADE,
                kind text NOT NULL,
                head tsvector NOT NULL,
                search tsvector NOT NULL
            );
            ALTER TABLE ai.knowledge_index ALTER COLUMN search SET STORAGE EXTERNAL;
            CREATE INDEX knowledge_index_head ON ai.knowledge_index USING gin (head) WITH (fastupdate = off);
            CREATE INDEX knowledge_index_search ON ai.knowledge_index USING gin (search) WITH (fastupdate = off);
            COMMENT ON TABLE ai.knowledge_index IS 'The words of each knowledge entry, by weight.';

            CREATE TABLE ai.knowledge_words (
                word text PRIMARY KEY,
                lexeme text NOT NULL
            );
            CREATE INDEX knowledge_words_lexeme ON ai.knowledge_words (lexeme);
            CREATE INDEX knowledge_words_similar ON ai.knowledge_words USING gin (word ai.gin_trgm_ops);
            COMMENT ON TABLE ai.knowledge_words IS 'Every word of the knowledge, to find what a misspelled one means.';
            """#)

    private static let learnings = Migration(
        target: "Dash", number: 2, name: "learnings",
        sql: #"""
            CREATE TABLE ai.learnings (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                warehouse text NOT NULL,
                is_automatic boolean NOT NULL,
                title text NOT NULL,
                body text NOT NULL,
                original text,
                error text,
                corrected text,
                question text,
                correction_key bytea,
                scope text NOT NULL CHECK (scope IN ('asker', 'everyone')),
                state text NOT NULL CHECK (state IN ('active', 'proposed', 'reverted')),
                author text NOT NULL,
                search tsvector NOT NULL,
                created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                last_used_at timestamptz,
                uses bigint NOT NULL DEFAULT 0,
                UNIQUE (warehouse, correction_key)
            );
            CREATE INDEX learnings_search ON ai.learnings USING gin (search);
            CREATE INDEX learnings_automatic ON ai.learnings (warehouse, id) WHERE is_automatic AND state = 'active';
            COMMENT ON TABLE ai.learnings IS 'Corrections by Dash itself and by people; never deleted.';

            CREATE TABLE ai.learning_decisions (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                learning_id bigint NOT NULL REFERENCES ai.learnings (id),
                decision text NOT NULL CHECK (decision IN ('approved', 'reverted', 'evicted', 'returned')),
                person text NOT NULL,
                decided_at timestamptz NOT NULL DEFAULT clock_timestamp()
            );
            CREATE INDEX learning_decisions_learning ON ai.learning_decisions (learning_id, id);
            COMMENT ON TABLE ai.learning_decisions IS 'Who approved or reverted which learning, and when.';

            CREATE TABLE ai.query_candidates (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                warehouse text NOT NULL,
                sql_hash bytea NOT NULL,
                sql text NOT NULL,
                questions text[] NOT NULL,
                tables text[] NOT NULL,
                uses bigint NOT NULL DEFAULT 1,
                created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                promoted_at timestamptz,
                UNIQUE (warehouse, sql_hash)
            );
            CREATE INDEX query_candidates_used ON ai.query_candidates (warehouse, last_used_at, id);
            COMMENT ON TABLE ai.query_candidates IS 'Statements that answered once; promoted when they answer again.';
            """#)

    private static let conversations = Migration(
        target: "Dash", number: 3, name: "conversations",
        sql: #"""
            CREATE TABLE ai.conversations (
                id text PRIMARY KEY,
                turns bigint NOT NULL,
                created_at timestamptz NOT NULL DEFAULT now(),
                updated_at timestamptz NOT NULL DEFAULT now()
            );
            CREATE TABLE ai.turns (
                conversation_id text NOT NULL REFERENCES ai.conversations (id) ON DELETE CASCADE,
                number bigint NOT NULL,
                author text NOT NULL,
                content jsonb NOT NULL,
                created_at timestamptz NOT NULL,
                PRIMARY KEY (conversation_id, number)
            );
            COMMENT ON TABLE ai.turns IS 'What was said, in order; the author is kept with each turn.';
            """#)

    private static let runs = Migration(
        target: "Dash", number: 4, name: "runs",
        sql: #"""
            CREATE TABLE ai.runs (
                id uuid PRIMARY KEY,
                conversation_id text NOT NULL,
                asker text NOT NULL,
                question text NOT NULL,
                asked_at timestamptz NOT NULL,
                started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                finished_at timestamptz,
                kind text,
                badge text,
                answer jsonb
            );
            CREATE INDEX runs_conversation ON ai.runs (conversation_id, started_at);
            CREATE INDEX runs_started ON ai.runs (started_at);
            CREATE TABLE ai.run_events (
                run_id uuid NOT NULL,
                sequence bigint NOT NULL,
                time timestamptz NOT NULL,
                event jsonb NOT NULL,
                PRIMARY KEY (run_id, sequence)
            );
            COMMENT ON TABLE ai.run_events IS 'The trace of each run, readable by every replica.';
            """#)

    private static let turnKeys = Migration(
        target: "Dash", number: 5, name: "turn keys",
        sql: #"""
            ALTER TABLE ai.turns ADD COLUMN question_key text;
            CREATE UNIQUE INDEX turns_question ON ai.turns (conversation_id, question_key, (author = 'dash'));
            COMMENT ON COLUMN ai.turns.question_key IS
                'The same for every attempt to answer a question: an attempt replaces the turns of the one before.';
            """#)

    private static let usage = Migration(
        target: "Dash", number: 6, name: "usage",
        sql: #"""
            CREATE TABLE ai.usage (
                day date PRIMARY KEY,
                tokens bigint NOT NULL DEFAULT 0,
                model_calls bigint NOT NULL DEFAULT 0
            ) WITH (fillfactor = 50);
            COMMENT ON TABLE ai.usage IS 'What language models took on each day, over all replicas.';

            CREATE TABLE ai.questions_asked (
                key text PRIMARY KEY,
                asker text NOT NULL,
                place text,
                asked_at timestamptz NOT NULL DEFAULT clock_timestamp()
            );
            CREATE INDEX questions_asked_by ON ai.questions_asked (asker, asked_at);
            CREATE INDEX questions_asked_in ON ai.questions_asked (place, asked_at) WHERE place IS NOT NULL;
            COMMENT ON TABLE ai.questions_asked IS 'Questions that count towards the limits of an hour, each once.';
            """#)

    private static let learningPlaces = Migration(
        target: "Dash", number: 7, name: "places of learnings",
        sql: #"""
            ALTER TABLE ai.learnings ADD COLUMN place text,
                ADD COLUMN is_for_place boolean NOT NULL DEFAULT false;
            COMMENT ON COLUMN ai.learnings.is_for_place IS
                'Approved for everybody in the channel where it was said; scope stays asker, as versions before this read it.';
            """#)

    private static let teachings = Migration(
        target: "Dash", number: 9, name: "what corrections teach",
        sql: #"""
            ALTER TABLE ai.learnings ADD COLUMN teaching jsonb;
            COMMENT ON COLUMN ai.learnings.teaching IS
                'What a correction changes for the planner, and a question with the plan that it must have.';
            """#)

    /// `state` is the suspended run, `outcome` what the confirmed statement gave; both are gone once the run has ended.
    private static let confirmations = Migration(
        target: "Dash", number: 8, name: "confirmations",
        sql: #"""
            CREATE TABLE ai.confirmations (
                id uuid PRIMARY KEY,
                run_id uuid NOT NULL,
                conversation_id text NOT NULL,
                asker text NOT NULL,
                agent text NOT NULL,
                action jsonb NOT NULL,
                action_hash bytea NOT NULL,
                state jsonb,
                created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                expires_at timestamptz NOT NULL,
                decision text CHECK (decision IN ('approved', 'declined', 'expired')),
                decided_by text,
                decided_at timestamptz,
                used_at timestamptz,
                outcome jsonb,
                CHECK ((decision IS NULL) = (decided_at IS NULL)),
                CHECK (used_at IS NULL OR decision = 'approved')
            );
            CREATE INDEX confirmations_run ON ai.confirmations (run_id);
            CREATE INDEX confirmations_created ON ai.confirmations (created_at);
            COMMENT ON TABLE ai.confirmations IS
                'What people were asked before it was done: each is decided once and used once.';
            """#)

    /// `changes` is what the server had counted when the table was read: as long as it is the same, so are the texts.
    private static let tableProfiles = Migration(
        target: "Dash", number: 10, name: "table profiles",
        sql: #"""
            CREATE TABLE ai.table_profiles (
                warehouse text NOT NULL,
                relation text NOT NULL,
                changes bigint,
                content jsonb NOT NULL,
                milliseconds integer NOT NULL,
                read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                PRIMARY KEY (warehouse, relation)
            );
            COMMENT ON TABLE ai.table_profiles IS
                'The distinct texts and newest days of the company''s tables, as the analyst may read them, for the planner.';
            """#)
}
