/// How PostgreSQL writes what other databases write in their own way.
enum OtherDialects {
    /// Nil for a name that no other dialect is known to have.
    static func advice(on function: String) -> String? {
        ways[function].map { "In PostgreSQL write \($0)." }
    }

    /// Nil for an error that no other dialect explains.
    ///
    /// - Parameter position: of the character that was not understood, counted from 1.
    static func advice(onErrorAt position: Int?, in sql: String) -> String? {
        guard !sql.utf8.contains(UInt8(ascii: "`")) else { return "PostgreSQL puts names in double quotes, not in `." }
        guard let position, position > 0 else { return nil }
        let before = sql.unicodeScalars.prefix(position - 1).reversed().drop { $0.properties.isWhitespace }
        if before.isEmpty {
            let command = sql.unicodeScalars.prefix(while: \.properties.isAlphabetic)
            return ["describe", "desc"].contains(String(command).lowercased())
                ? "Use introspect_schema, or information_schema.columns." : nil
        }
        switch String(String.UnicodeScalarView(before.prefix(while: \.properties.isAlphabetic).reversed())).lowercased()
        {
        case "top": return "In PostgreSQL write LIMIT 5 at the end of the query."
        case "interval": return "In PostgreSQL write interval '1 day', with quotes."
        default: return nil
        }
    }

    private static let difference =
        "later - earlier for days between dates, extract(epoch FROM later - earlier) for seconds"
    private static let shift = "a_date + interval '1 day' or a_date - interval '1 month'"
    private static let text = "to_char(value, 'YYYY-MM-DD')"
    private static let part = "extract(year FROM value)"
    private static let choice = "CASE WHEN condition THEN a ELSE b END"
    private static let cast = "CAST(value AS type)"
    private static let rounding = "date_trunc('month', value)"
    private static let fallback = "coalesce(a, b)"

    private static let ways: [String: String] = [
        "datediff": difference, "date_diff": difference, "timestampdiff": difference, "timestamp_diff": difference,
        "datediff_big": difference, "julianday": difference, "months_between": "age(later, earlier)",
        "dateadd": shift, "date_add": shift, "date_sub": shift, "timestampadd": shift, "adddate": shift,
        "subdate": shift, "add_months": shift,
        "last_day": "date_trunc('month', value) + interval '1 month - 1 day'",
        "eomonth": "date_trunc('month', value) + interval '1 month - 1 day'",
        "date_format": text, "strftime": text, "format_date": text, "time_format": text,
        "getdate": "now()", "sysdate": "now()", "getutcdate": "now()", "sysdatetime": "now()",
        "curdate": "current_date",
        "curtime": "localtime", "current_datetime": "now()", "utc_timestamp": "now()",
        "unix_timestamp": "extract(epoch FROM value)", "from_unixtime": "to_timestamp(seconds)",
        "year": part, "quarter": "extract(quarter FROM value)", "month": "extract(month FROM value)",
        "week": "extract(week FROM value)", "weekofyear": "extract(week FROM value)",
        "day": "extract(day FROM value)", "dayofmonth": "extract(day FROM value)",
        "dayofweek": "extract(dow FROM value)", "weekday": "extract(isodow FROM value)",
        "dayofyear": "extract(doy FROM value)", "hour": "extract(hour FROM value)",
        "minute": "extract(minute FROM value)", "second": "extract(second FROM value)",
        "datename": "to_char(value, 'FMMonth')", "monthname": "to_char(value, 'FMMonth')",
        "dayname": "to_char(value, 'FMDay')", "datepart": part, "trunc_date": rounding, "datetrunc": rounding,
        "timestamp_trunc": rounding, "str_to_date": "to_date(text, 'YYYY-MM-DD')",
        "datefromparts": "make_date(year, month, day)",
        "ifnull": fallback, "nvl": fallback, "isnull": fallback, "zeroifnull": fallback,
        "nvl2": "CASE WHEN a IS NOT NULL THEN b ELSE c END", "if": choice, "iif": choice, "try_cast": cast,
        "try_convert": cast, "safe_cast": cast, "to_varchar": cast,
        "len": "length(text)", "datalength": "octet_length(text)", "instr": "strpos(text, part)",
        "charindex": "strpos(text, part)", "locate": "strpos(text, part)", "ucase": "upper(text)",
        "lcase": "lower(text)", "mid": "substr(text, start, length)", "space": "repeat(' ', count)",
        "group_concat": "string_agg(value::text, ', ')", "listagg": "string_agg(value::text, ', ')",
        "stringagg": "string_agg(value::text, ', ')", "rand": "random()", "truncate": "trunc(value, digits)",
        "countif": "count(*) FILTER (WHERE condition)", "count_if": "count(*) FILTER (WHERE condition)",
        "sumif": "sum(value) FILTER (WHERE condition)", "median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY value)",
        "approx_count_distinct": "count(DISTINCT value)", "array_size": "cardinality(array)",
        "json_extract": "column -> 'key' or column ->> 'key'", "json_value": "column ->> 'key'",
        "get_json_object": "column ->> 'key'", "safe_divide": "a / nullif(b, 0)", "div0": "a / nullif(b, 0)",
        "regexp_contains": "text ~ 'pattern'", "rlike": "text ~ 'pattern'", "uuid": "gen_random_uuid()",
        "newid": "gen_random_uuid()",
    ]
}
