package import Postgres

/// The queue's tables.
package enum JobsMigrations {
    package static let all = [
        Migration(
            target: "Jobs", number: 1, name: "queue",
            sql: #"""
                CREATE TABLE ai.jobs (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    kind text NOT NULL,
                    lane text,
                    payload jsonb NOT NULL,
                    state text NOT NULL DEFAULT 'ready'
                        CHECK (state IN ('ready', 'running', 'done', 'failed', 'cancelled')),
                    attempt integer NOT NULL DEFAULT 0,
                    max_attempts integer NOT NULL,
                    claim bigint NOT NULL DEFAULT 0,
                    owner uuid,
                    lease_until timestamptz,
                    run_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    cancel_requested_at timestamptz,
                    last_error text,
                    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    finished_at timestamptz,
                    CHECK ((state = 'running') = (owner IS NOT NULL AND lease_until IS NOT NULL))
                ) WITH (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 80);

                COMMENT ON TABLE ai.jobs IS 'Work to be done once, in order within a lane';
                COMMENT ON COLUMN ai.jobs.claim IS
                    'Counts claims and is never turned back: together with owner it fences off whoever lost the job';

                CREATE INDEX jobs_unfinished ON ai.jobs (run_at, id) WHERE state IN ('ready', 'running');
                CREATE INDEX jobs_unfinished_lane ON ai.jobs (lane, id) WHERE state IN ('ready', 'running');
                CREATE UNIQUE INDEX jobs_one_running_per_lane ON ai.jobs (lane) WHERE state = 'running';
                CREATE INDEX jobs_finished ON ai.jobs (finished_at) WHERE finished_at IS NOT NULL;
                """#),
        Migration(
            target: "Jobs", number: 2, name: "shares",
            sql: #"""
                ALTER TABLE ai.jobs ADD COLUMN share text;
                COMMENT ON COLUMN ai.jobs.share IS
                    'For whom the work is: whoever has less running comes first, however much others have put in';
                CREATE INDEX jobs_running_share ON ai.jobs (share) WHERE state = 'running';
                """#),
        // The version before may run at the same time. It leaves these columns as they are: what it claims is suspect to
        // nobody, since `suspect_claim` is of an earlier claim; it runs a job that is to run alone among others, and
        // counts its crash as an attempt, which ends a poison job as well.
        Migration(
            target: "Jobs", number: 3, name: "crashes",
            sql: #"""
                ALTER TABLE ai.jobs
                    ADD COLUMN crashes integer NOT NULL DEFAULT 0,
                    ADD COLUMN interruptions integer NOT NULL DEFAULT 0,
                    ADD COLUMN suspect_claim bigint;
                COMMENT ON COLUMN ai.jobs.crashes IS 'How often a process died of which this job may be the cause';
                COMMENT ON COLUMN ai.jobs.interruptions IS
                    'How often its process died while it ran: where it did, the job is to run alone in a process';
                COMMENT ON COLUMN ai.jobs.suspect_claim IS
                    'Equal to claim while the death of the process counts against the job';
                CREATE INDEX jobs_interrupted ON ai.jobs (run_at) WHERE interruptions > 0 AND state = 'ready';
                """#),
        Migration(
            target: "Jobs", number: 4, name: "leases",
            sql: #"""
                CREATE TABLE ai.leases (
                    name text PRIMARY KEY,
                    holder uuid,
                    term bigint NOT NULL,
                    until timestamptz NOT NULL
                ) WITH (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 50);

                COMMENT ON TABLE ai.leases IS 'What one replica at a time may do, and which one';
                COMMENT ON COLUMN ai.leases.term IS 'Counts changes of the holder: fences off whoever lost the lease';
                """#),
    ]
}
