extension Period {
    /// How another period stands to this one, where a plan can say it: "this month vs last month" is `previousPeriod`.
    package func comparison(with other: Period) -> Plan.Comparison? { nil }
}
