-- What a statement can leave to the next one of its session. Everybody may run it.
SELECT 'transaction' AS part, CASE WHEN now() = statement_timestamp() THEN 'none' ELSE now()::text END AS value
UNION ALL
SELECT 'settings', string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings
WHERE name NOT IN ('transaction_read_only', 'transaction_isolation', 'application_name', 'in_hot_standby')
UNION ALL
SELECT 'transaction is read only', current_setting('transaction_read_only')
UNION ALL
SELECT 'role', current_user || ' ' || session_user
UNION ALL
SELECT 'prepared', string_agg(name, ',' ORDER BY name) FROM pg_prepared_statements WHERE from_sql
UNION ALL
SELECT 'cursors', string_agg(name, ',' ORDER BY name) FROM pg_cursors WHERE name <> ''
UNION ALL
SELECT 'listening', string_agg(c, ',' ORDER BY c) FROM pg_listening_channels() c
UNION ALL
SELECT 'own', current_setting('a.b', true)
UNION ALL
SELECT 'advisory locks', count(*)::text FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
UNION ALL
SELECT 'identity used up', (pg_current_xact_id_if_assigned() IS NOT NULL)::text
