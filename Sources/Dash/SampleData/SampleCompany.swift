package import ServiceRuntime

/// A made-up software company: its customers, contracts, invoices, usage and support over two years.
///
/// The same seed and date give the same bytes on every machine. The data covers 24 whole months and the days of the month
/// of `asOf` before it; nothing happens on `asOf` itself or later, so that every day in the data is complete.
package struct SampleCompany: Sendable {
    package let seed: UInt64
    package let asOf: CivilDate

    package static let defaultSeed: UInt64 = 42
    /// Sign-ups in the first and in the last whole month, before the season.
    private static let growth = 16.0...55.0
    private static let wholeMonths = 24

    package init(seed: UInt64 = defaultSeed, asOf: CivilDate) {
        self.seed = seed
        self.asOf = asOf
    }

    /// The rows of all tables, each sorted by time and numbered from 1.
    package func records() -> SampleRecords {
        var records = SampleRecords()
        for customer in customers() {
            let life = SampleCustomerLife(
                customer: customer, end: asOf, random: SeededGenerator(seed: seed, stream: customer.id))
            records.customers.append(life.customer)
            records.planChanges += life.planChanges
            records.usage += life.usage
            records.tickets += life.tickets
            // Until all are sorted, a subscription goes by its customer and its place in that customer's life.
            for (place, var subscription) in life.subscriptions.enumerated() {
                subscription.id = Self.provisionalID(customer: customer.id, place: place)
                records.subscriptions.append(subscription)
            }
            for var invoice in life.invoices {
                invoice.subscriptionID = Self.provisionalID(customer: customer.id, place: invoice.subscriptionID)
                records.invoices.append(invoice)
            }
        }
        number(&records)
        return records
    }

    private static func provisionalID(customer: Int, place: Int) -> Int { customer * 1_000 + place }

    private func number(_ records: inout SampleRecords) {
        records.subscriptions.sort { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
        var numbers: [Int: Int] = [:]
        for index in records.subscriptions.indices {
            numbers[records.subscriptions[index].id] = index + 1
            records.subscriptions[index].id = index + 1
        }
        records.planChanges.sort { ($0.changedAt, $0.customerID) < ($1.changedAt, $1.customerID) }
        for index in records.planChanges.indices { records.planChanges[index].id = index + 1 }
        records.invoices.sort { ($0.issuedAt, $0.subscriptionID) < ($1.issuedAt, $1.subscriptionID) }
        for index in records.invoices.indices {
            records.invoices[index].id = index + 1
            records.invoices[index].subscriptionID = numbers[records.invoices[index].subscriptionID] ?? 0
        }
        records.usage.sort { ($0.date, $0.customerID) < ($1.date, $1.customerID) }
        for index in records.usage.indices { records.usage[index].id = index + 1 }
        records.tickets.sort { ($0.createdAt, $0.customerID) < ($1.createdAt, $1.customerID) }
        for index in records.tickets.indices { records.tickets[index].id = index + 1 }
    }

    // MARK: - Sign-ups

    private func customers() -> [SampleRecords.Customer] {
        var random = SeededGenerator(seed: seed, stream: 0)
        var usedNames: Set<String> = []
        var customers: [SampleRecords.Customer] = []
        let start = asOf.firstOfMonth.adding(months: -Self.wholeMonths)
        for month in 0...Self.wholeMonths {
            let first = start.adding(months: month)
            for day in signupDays(month: month, first: first, random: &random) {
                let industry = random.element(of: SampleIndustry.allCases.map { (value: $0, weight: $0.weight) })
                customers.append(
                    .init(
                        id: customers.count + 1, companyName: name(in: industry, used: &usedNames, random: &random),
                        industry: industry, size: size(random: &random), country: country(random: &random),
                        signupDate: day, source: source(month: month, random: &random), status: .trial))
            }
        }
        return customers
    }

    /// The days of a month's sign-ups, ascending: more with every month, fewer in summer, in December and at weekends.
    private func signupDays(month: Int, first: CivilDate, random: inout SeededGenerator) -> [CivilDate] {
        let seasons = [1.08, 1.0, 1.1, 1.02, 1.05, 0.98, 0.86, 0.84, 1.12, 1.08, 1.0, 0.8]
        let length = month == Self.wholeMonths ? asOf.daysSinceEpoch - first.daysSinceEpoch : first.daysInMonth
        guard length > 0 else { return [] }
        let trend =
            Self.growth.lowerBound + (Self.growth.upperBound - Self.growth.lowerBound) * Double(month)
            / Double(Self.wholeMonths - 1)
        let expected =
            trend * seasons[first.month - 1] * random.number(in: 0.93...1.07) * Double(length)
            / Double(first.daysInMonth)
        var days: [CivilDate] = []
        for _ in 0..<Int(expected.rounded()) {
            var day = first.adding(days: random.integer(in: 0...length - 1))
            if day.isWeekend, random.chance(0.7) { day = first.adding(days: random.integer(in: 0...length - 1)) }
            days.append(day)
        }
        return days.sorted()
    }

    private func size(random: inout SeededGenerator) -> SampleRecords.Customer.Size {
        random.element(of: [(.startup, 0.34), (.smb, 0.31), (.midMarket, 0.21), (.enterprise, 0.14)])
    }

    private func country(random: inout SeededGenerator) -> String {
        random.element(of: [
            ("US", 0.40), ("UK", 0.18), ("DE", 0.12), ("CA", 0.10), ("AU", 0.07), ("FR", 0.07), ("IN", 0.06),
        ])
    }

    /// Advertising carries the first months, partners the later ones.
    private func source(month: Int, random: inout SeededGenerator) -> SampleRecords.Customer.Source {
        let age = Double(month) / Double(Self.wholeMonths)
        return random.element(of: [
            (.organic, 0.36), (.referral, 0.20), (.paid, 0.32 - 0.12 * age), (.partner, 0.12 + 0.12 * age),
        ])
    }

    private func name(
        in industry: SampleIndustry, used: inout Set<String>, random: inout SeededGenerator
    ) -> String {
        let beginnings = SampleIndustry.nameBeginnings
        let endings = industry.nameEndings
        let first = random.integer(in: 0...beginnings.count * endings.count - 1)
        for offset in 0..<beginnings.count * endings.count {
            let index = (first + offset) % (beginnings.count * endings.count)
            let name = "\(beginnings[index / endings.count]) \(endings[index % endings.count])"
            if used.insert(name).inserted { return name }
        }
        // Only an industry with more customers than names gets here.
        let name = "\(beginnings[first / endings.count]) \(endings[first % endings.count]) \(used.count)"
        used.insert(name)
        return name
    }
}
