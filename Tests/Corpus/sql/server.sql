-- What a statement can change and no rollback undoes, one row a part. Run as superuser.
SELECT 'sequence ' || s.schemaname || '.' || s.sequencename AS part, s.last_value::text AS value
FROM pg_sequences s WHERE s.schemaname <> 'dash'
UNION ALL
SELECT 'locks', string_agg(concat_ws(' ', l.locktype, l.mode, l.classid, l.objid, l.relation::regclass), ', '
    ORDER BY l.locktype, l.mode, l.classid, l.objid, l.relation::regclass::text)
FROM pg_locks l
WHERE l.granted AND (l.locktype = 'advisory'
    OR l.locktype = 'relation' AND l.mode <> 'AccessShareLock' AND l.relation >= 16384
        AND l.relation < :newest::bigint
        AND EXISTS (SELECT FROM pg_class c WHERE c.oid = l.relation AND c.relkind <> 'S'
            AND c.relnamespace <> coalesce(to_regnamespace('dash')::oid, 0::oid)))
UNION ALL
SELECT 'sessions', count(*)::text FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%canary_victim%'
    AND pid <> pg_backend_pid()
UNION ALL
SELECT 'notifications', (blks_zeroed + blks_hit + blks_read)::text FROM pg_stat_slru WHERE name = 'Notify'
UNION ALL
SELECT 'prepared transactions', count(*)::text FROM pg_prepared_xacts
UNION ALL
SELECT 'slots', count(*)::text FROM pg_replication_slots
UNION ALL
SELECT 'statistics', concat_ws(' ', (SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()))
UNION ALL
SELECT 'configuration', md5(pg_read_file('postgresql.auto.conf')) || ' ' || pg_conf_load_time()
UNION ALL
SELECT 'files', (SELECT string_agg(f, ',' ORDER BY f) FROM pg_ls_dir('corpus/a') f) || ';'
    || (SELECT string_agg(f, ',' ORDER BY f) FROM pg_ls_dir('.') f WHERE f NOT LIKE 'current_logfiles%')
    || ';' || (SELECT count(*) FROM pg_ls_dir('pg_snapshots'))
UNION ALL
SELECT 'checkpoint', redo_lsn::text FROM pg_control_checkpoint()
UNION ALL
SELECT 'WAL file', pg_walfile_name(pg_current_wal_insert_lsn())
