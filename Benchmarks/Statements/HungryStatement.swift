/// A statement that wants more time, memory or disk than anybody may have.
struct HungryStatement {
    let name: String
    let sql: String

    static let all = [
        HungryStatement(
            name: "cross join", sql: "SELECT count(*) FROM usage_metrics a, usage_metrics b, usage_metrics c"),
        HungryStatement(name: "cross join, all rows", sql: "SELECT * FROM usage_metrics a, usage_metrics b"),
        HungryStatement(
            name: "cross join, sorted", sql: "SELECT a.id FROM usage_metrics a, usage_metrics b ORDER BY a.id * b.id"),
        HungryStatement(
            name: "recursion without end",
            sql: "WITH RECURSIVE r(n) AS (SELECT 1::numeric UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r"),
        HungryStatement(
            name: "recursion with wide rows",
            sql: """
                WITH RECURSIVE r(n, t) AS (SELECT 1::numeric, repeat('x', 100000)
                    UNION ALL SELECT n + 1, t || 'y' FROM r) SELECT count(t) FROM r
                """),
        HungryStatement(
            name: "string doubling",
            sql: """
                WITH RECURSIVE r(n, t) AS (SELECT 1, 'x' UNION ALL SELECT n + 1, t || t FROM r WHERE n < 60)
                SELECT max(length(t)) FROM r
                """),
        HungryStatement(name: "one huge cell", sql: "SELECT repeat('x', 900000000)"),
        HungryStatement(name: "many large cells", sql: "SELECT repeat('x', 100000000) FROM generate_series(1, 1000)"),
        HungryStatement(
            name: "a thousand long cells a row",
            sql: "SELECT " + (0..<1000).map { "repeat('x', 1000000) AS c\($0)" }.joined(separator: ", ")),
        HungryStatement(
            name: "array_agg", sql: "SELECT array_length(array_agg(i), 1) FROM generate_series(1, 300000000) i"),
        HungryStatement(
            name: "array_agg, returned", sql: "SELECT array_agg(i) FROM generate_series(1, 30000000) i"),
        HungryStatement(
            name: "string_agg", sql: "SELECT string_agg(repeat('x', 1000), '') FROM generate_series(1, 10000000)"),
        HungryStatement(
            name: "jsonb_agg", sql: "SELECT jsonb_agg(jsonb_build_object('i', i)) FROM generate_series(1, 100000000) i"),
        HungryStatement(
            name: "sort on disk", sql: "SELECT i FROM generate_series(1, 500000000) i ORDER BY md5(i::text) DESC"),
        HungryStatement(
            name: "distinct on disk", sql: "SELECT count(DISTINCT md5(i::text)) FROM generate_series(1, 500000000) i"),
        HungryStatement(
            name: "hash join on disk",
            sql: """
                SELECT count(*) FROM generate_series(1, 200000000) a JOIN generate_series(1, 200000000) b
                    ON md5(a::text) = md5(b::text)
                """),
        HungryStatement(name: "long series", sql: "SELECT sum(i) FROM generate_series(1, 100000000000) i"),
        HungryStatement(name: "many rows", sql: "SELECT i, i::text FROM generate_series(1, 2000000000) i"),
        HungryStatement(
            name: "slow pattern", sql: "SELECT repeat('a', 100000) ~ '(a*)*(a*)*(a*)*b' FROM generate_series(1, 100000)"
        ),
        HungryStatement(
            name: "large power", sql: "SELECT length((9::numeric ^ 99999 ^ 1)::text) FROM generate_series(1, 100000)"),
        HungryStatement(name: "array_fill", sql: "SELECT array_fill(0, ARRAY[10000, 10000])"),
        HungryStatement(
            name: "window over everything",
            sql: "SELECT sum(i) OVER (ORDER BY md5(i::text)) FROM generate_series(1, 300000000) i"),
        HungryStatement(name: "sleep", sql: "SELECT pg_sleep(3600)"),
    ]
}
