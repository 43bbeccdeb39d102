package import Postgres

/// The tables of the Slack surface. They need those of `Jobs`.
package enum SlackBotMigrations {
    package static let all = [
        Migration(
            target: "SlackBot", number: 1, name: "events and outbox",
            sql: #"""
                CREATE TABLE ai.slack_events (
                    event_id text PRIMARY KEY,
                    team text NOT NULL,
                    channel text NOT NULL,
                    ts text NOT NULL,
                    thread text NOT NULL,
                    asker text NOT NULL,
                    kind text NOT NULL,
                    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    UNIQUE (team, channel, ts)
                );
                CREATE INDEX slack_events_received ON ai.slack_events (received_at);
                COMMENT ON TABLE ai.slack_events IS
                    'Questions that were accepted: a delivery with the same id, or of the same message, is a duplicate';

                CREATE TABLE ai.slack_threads (
                    team text NOT NULL,
                    channel text NOT NULL,
                    thread text NOT NULL,
                    first_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    PRIMARY KEY (team, channel, thread)
                );
                COMMENT ON TABLE ai.slack_threads IS 'Threads Dash takes part in: replies need no mention there';

                CREATE TABLE ai.slack_outbox (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    answer_key text NOT NULL,
                    seq integer NOT NULL,
                    step text NOT NULL CHECK (step IN ('post', 'update')),
                    target_seq integer,
                    is_repeat boolean NOT NULL DEFAULT false,
                    team text NOT NULL,
                    channel text NOT NULL,
                    thread text NOT NULL,
                    message jsonb NOT NULL,
                    state text NOT NULL DEFAULT 'ready'
                        CHECK (state IN ('ready', 'intent', 'posted', 'dropped', 'gave_up')),
                    run_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    owner uuid,
                    tries integer NOT NULL DEFAULT 0,
                    first_intent_at timestamptz,
                    intent_at timestamptz,
                    ts text,
                    last_error text,
                    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    finished_at timestamptz,
                    UNIQUE (answer_key, seq),
                    CHECK (step = 'post' OR target_seq IS NOT NULL)
                ) WITH (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 80);
                CREATE INDEX slack_outbox_due ON ai.slack_outbox (run_at) WHERE state IN ('ready', 'intent');
                CREATE INDEX slack_outbox_thread ON ai.slack_outbox (team, channel, thread, id)
                    WHERE state IN ('ready', 'intent');
                CREATE INDEX slack_outbox_pacing ON ai.slack_outbox (team, channel, intent_at) WHERE step = 'post';
                CREATE INDEX slack_outbox_finished ON ai.slack_outbox (finished_at) WHERE finished_at IS NOT NULL;
                COMMENT ON TABLE ai.slack_outbox IS
                    'Messages to be sent, in order within a thread; state intent means that a post may have been made';
                """#),
        Migration(
            target: "SlackBot", number: 2, name: "refusals",
            sql: #"""
                CREATE TABLE ai.slack_refusals (
                    team text NOT NULL,
                    channel text NOT NULL,
                    asker text NOT NULL,
                    told_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    PRIMARY KEY (team, channel, asker)
                );
                CREATE INDEX slack_refusals_told ON ai.slack_refusals (told_at);
                COMMENT ON TABLE ai.slack_refusals IS 'Who was told when that they may not ask';
                """#),
        Migration(
            target: "SlackBot", number: 3, name: "confirmations",
            sql: #"""
                CREATE TABLE ai.slack_confirmations (
                    confirmation_id uuid PRIMARY KEY,
                    team text NOT NULL,
                    channel text NOT NULL,
                    thread text NOT NULL,
                    answer_key text NOT NULL,
                    seq integer NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
                );
                COMMENT ON TABLE ai.slack_confirmations IS
                    'Which message of the outbox asks for which confirmation, and where it may be answered';
                """#),
        Migration(
            target: "SlackBot", number: 4, name: "runs of messages",
            sql: #"""
                ALTER TABLE ai.slack_outbox ADD COLUMN run_id uuid;
                COMMENT ON COLUMN ai.slack_outbox.run_id IS 'The run whose answer it is part of, as in the log';
                """#),
        Migration(
            target: "SlackBot", number: 5, name: "pace shared by replicas",
            sql: #"""
                CREATE TABLE ai.slack_pace (
                    team text NOT NULL,
                    step text NOT NULL,
                    channel text NOT NULL,
                    next_at timestamptz NOT NULL,
                    limited_until timestamptz,
                    PRIMARY KEY (team, step, channel)
                ) WITH (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 50);
                COMMENT ON TABLE ai.slack_pace IS
                    'When the next message may be sent, for a channel, or for a workspace where channel is empty';
                COMMENT ON COLUMN ai.slack_pace.limited_until IS 'Until when Slack itself asked to wait';

                ALTER TABLE ai.slack_outbox
                    ADD COLUMN waits_for_slack boolean NOT NULL DEFAULT false,
                    ADD COLUMN is_apology boolean NOT NULL DEFAULT false;
                COMMENT ON COLUMN ai.slack_outbox.waits_for_slack IS
                    'Slack could not be reached: due again as soon as another message to the workspace arrives';
                COMMENT ON COLUMN ai.slack_outbox.is_apology IS 'Stands in the place of an answer that was given up';
                CREATE INDEX slack_outbox_waiting ON ai.slack_outbox (team, id) WHERE waits_for_slack;
                """#),
        Migration(
            target: "SlackBot", number: 6, name: "how far history was read",
            sql: #"""
                CREATE TABLE ai.slack_catch_up (
                    team text PRIMARY KEY,
                    since timestamptz NOT NULL DEFAULT clock_timestamp(),
                    round_at timestamptz,
                    thorough_at timestamptz,
                    requested_at timestamptz
                );
                COMMENT ON TABLE ai.slack_catch_up IS
                    'When history was last looked through for questions whose events never came; nothing before since is';

                CREATE TABLE ai.slack_history (
                    team text NOT NULL,
                    channel text NOT NULL,
                    read_until timestamptz NOT NULL,
                    read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    PRIMARY KEY (team, channel)
                );
                COMMENT ON TABLE ai.slack_history IS 'Up to when a conversation was read';
                """#),
    ]
}
