import ServiceRuntime
import Testing

@testable import Dash

// One at a time: generating the company keeps a thread busy, and tests share few.
@Suite(.serialized) struct SampleCompanyTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var company: SampleCompany
        var records: SampleRecords

        var testDescription: String { "seed \(company.seed), as of \(company.asOf)" }
    }

    /// The first and last day of a month, a leap day, an ordinary one.
    static let samples = [
        ("2026-11-21", 42), ("2026-11-01", 42), ("2025-01-02", 7), ("2024-02-29", 1), ("2020-12-31", 99),
    ].compactMap { text, seed -> Sample? in
        guard let date = CivilDate(text) else { return nil }
        let company = SampleCompany(seed: UInt64(seed), asOf: date)
        return Sample(company: company, records: company.records())
    }

    @Test("The same seed and date give the same bytes, today and in every later build")
    func isReproducible() throws {
        let date = try #require(CivilDate("2026-11-21"))
        let tables = SampleCompany(seed: 42, asOf: date).tables()
        #expect(tables == SampleCompany(seed: 42, asOf: date).tables())
        #expect(tables != SampleCompany(seed: 43, asOf: date).tables())
        #expect(tables != SampleCompany(seed: 42, asOf: date.adding(days: 1)).tables())
        // FNV-1a over all tables. A change of the generator changes it; then it is to be written down anew on purpose.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for table in tables { for byte in table.copyText { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 } }
        #expect(String(hash, radix: 16) == "2f00e8abeab26a8f")
    }

    @Test("About 900 customers over 24 whole months and the days of the running one", arguments: samples)
    func hasTheAskedSize(sample: Sample) throws {
        let (company, records) = (sample.company, sample.records)
        #expect((820...980).contains(records.customers.count))
        let start = company.asOf.firstOfMonth.adding(months: -24)
        let signups = records.customers.map(\.signupDate)
        #expect(try #require(signups.min()) < start.adding(days: 15))
        #expect(try #require(signups.min()) >= start)
        #expect(try #require(records.usage.map(\.date).max()) == company.asOf.adding(days: -1))
        #expect(Set(records.customers.map(\.companyName)).count == records.customers.count)
    }

    @Test("Nothing happens on the date or later, nor before the sign-up", arguments: samples)
    func staysInItsTime(sample: Sample) throws {
        let (company, records) = (sample.company, sample.records)
        let end = company.asOf.secondsSince1970
        let signups = Dictionary(uniqueKeysWithValues: records.customers.map { ($0.id, $0.signupDate) })
        func isInTime(_ moment: Int?, _ customer: Int) -> Bool {
            guard let moment, let signup = signups[customer] else { return moment == nil }
            return moment >= signup.secondsSince1970 && moment < end
        }
        #expect(records.customers.allSatisfy { $0.signupDate < company.asOf })
        #expect(
            records.subscriptions.allSatisfy {
                isInTime($0.startedAt, $0.customerID) && isInTime($0.endedAt, $0.customerID)
            })
        #expect(records.planChanges.allSatisfy { isInTime($0.changedAt, $0.customerID) })
        #expect(
            records.invoices.allSatisfy { isInTime($0.issuedAt, $0.customerID) && isInTime($0.paidAt, $0.customerID) })
        #expect(
            records.tickets.allSatisfy {
                isInTime($0.createdAt, $0.customerID) && isInTime($0.resolvedAt, $0.customerID)
            })
        #expect(records.usage.allSatisfy { isInTime($0.date.secondsSince1970, $0.customerID) })
    }

    @Test("Ids count from 1 in order of time, and every reference leads somewhere", arguments: samples)
    func numbersItsRows(sample: Sample) {
        let records = sample.records
        #expect(records.customers.map(\.id) == Array(1...records.customers.count))
        #expect(records.subscriptions.map(\.id) == Array(1...records.subscriptions.count))
        #expect(records.invoices.map(\.id) == Array(1...records.invoices.count))
        #expect(records.planChanges.map(\.id) == Array(1...records.planChanges.count))
        #expect(records.usage.map(\.id) == Array(1...records.usage.count))
        #expect(records.tickets.map(\.id) == Array(1...records.tickets.count))
        #expect(records.customers.map(\.signupDate) == records.customers.map(\.signupDate).sorted())
        #expect(records.subscriptions.map(\.startedAt) == records.subscriptions.map(\.startedAt).sorted())
        #expect(
            records.invoices.allSatisfy { records.subscriptions[$0.subscriptionID - 1].customerID == $0.customerID })
    }

    @Test(
        "A customer's status says what the subscriptions say; rows follow each other without gap", arguments: samples)
    func keepsStatusesConsistent(sample: Sample) {
        let records = sample.records
        let subscriptions = Dictionary(grouping: records.subscriptions, by: \.customerID)
        let changes = Dictionary(grouping: records.planChanges, by: \.customerID)
        for customer in records.customers {
            let own = subscriptions[customer.id, default: []].sorted { $0.startedAt < $1.startedAt }
            let log = changes[customer.id, default: []].sorted { $0.changedAt < $1.changedAt }
            switch customer.status {
            case .trial: #expect(own.isEmpty)
            case .active: #expect(own.last?.status == .active)
            case .churned: #expect(own.last?.status == .cancelled)
            }
            #expect(own.dropLast().allSatisfy { $0.status == .upgraded || $0.status == .downgraded })
            #expect(own.allSatisfy { ($0.status == .active) == ($0.endedAt == nil) })
            #expect(own.allSatisfy { ($0.status == .cancelled) == ($0.cancellationReason != nil) })
            #expect(own.allSatisfy { $0.endedAt ?? .max > $0.startedAt })
            #expect(zip(own, own.dropFirst()).allSatisfy { $0.endedAt == $1.startedAt })
            // The log tells the same story.
            #expect(log.map(\.changedAt) == own.compactMap(\.endedAt))
            #expect(log.map(\.previousMRR) == own.filter { $0.endedAt != nil }.map(\.mrr))
            #expect(log.map(\.previousPlan) == own.filter { $0.endedAt != nil }.map(\.plan))
            #expect(log.compactMap(\.newPlan) == own.dropFirst().map(\.plan))
            for change in log {
                switch change.changeType {
                case .upgrade: #expect(change.newMRR > change.previousMRR)
                case .downgrade: #expect(change.newMRR < change.previousMRR)
                case .cancellation: #expect(change.newMRR == 0 && change.newPlan == nil)
                }
            }
            #expect(own.allSatisfy { $0.plan.seats.contains($0.seats) && $0.mrr > 0 })
        }
    }

    @Test("Nothing happens after a customer has left", arguments: samples)
    func endsWithChurn(sample: Sample) {
        let records = sample.records
        var left: [Int: Int] = [:]
        for subscription in records.subscriptions where subscription.status == .cancelled {
            left[subscription.customerID] = subscription.endedAt
        }
        #expect(left.count > 50)
        func isBefore(_ moment: Int?, _ customer: Int) -> Bool {
            guard let moment, let end = left[customer] else { return true }
            return moment <= end
        }
        #expect(
            records.invoices.allSatisfy { isBefore($0.issuedAt, $0.customerID) && isBefore($0.paidAt, $0.customerID) })
        #expect(
            records.tickets.allSatisfy {
                isBefore($0.createdAt, $0.customerID) && isBefore($0.resolvedAt, $0.customerID)
            })
        #expect(records.usage.allSatisfy { isBefore($0.date.secondsSince1970, $0.customerID) })
    }

    @Test("Every billing period has its invoice: MRR, or a year of it less 10 %", arguments: samples)
    func billsEveryPeriod(sample: Sample) {
        let records = sample.records
        let invoices = Dictionary(grouping: records.invoices, by: \.customerID)
        let first = Dictionary(grouping: records.subscriptions, by: \.customerID).compactMapValues {
            $0.map(\.startedAt).min()
        }
        for invoice in records.invoices {
            let subscription = records.subscriptions[invoice.subscriptionID - 1]
            let year = subscription.billingCycle == .annual ? 12 * 0.9 : 1
            let isRight =
                invoice.issuedAt >= subscription.startedAt && invoice.issuedAt < subscription.endedAt ?? .max
                && abs(Double(invoice.amount) - Double(subscription.mrr) * year) <= 0.5
                && (invoice.paidAt != nil) == (invoice.status == .paid || invoice.status == .refunded)
                && invoice.paidAt ?? .max >= invoice.issuedAt
            if !isRight { Issue.record("\(invoice) does not fit \(subscription)") }
        }
        for (customer, own) in invoices {
            let own = own.sorted { $0.issuedAt < $1.issuedAt }
            #expect(own.first?.issuedAt == first[customer])
            #expect(zip(own, own.dropFirst()).allSatisfy { $0.periodEnd.adding(days: 1) == $1.periodStart })
            #expect(own.allSatisfy { $0.periodStart == CivilDate(secondsSince1970: $0.issuedAt) })
        }
        #expect(Set(invoices.keys) == Set(first.keys))
    }

    @Test("Usage is measured on 3 to 5 days of a whole month, never twice on a day", arguments: samples)
    func samplesUsage(sample: Sample) {
        let (company, records) = (sample.company, sample.records)
        struct Month: Hashable {
            var customer: Int
            var first: CivilDate
        }
        let months = Dictionary(grouping: records.usage) { Month(customer: $0.customerID, first: $0.date.firstOfMonth) }
        let subscriptions = Dictionary(grouping: records.subscriptions, by: \.customerID)
        for (customer, own) in subscriptions {
            guard let start = own.map(\.startedAt).min() else { continue }
            let end =
                own.contains { $0.endedAt == nil }
                ? company.asOf.secondsSince1970 : own.compactMap(\.endedAt).max() ?? 0
            var month = CivilDate(secondsSince1970: start).firstOfMonth.adding(months: 1)
            while month.adding(months: 1).secondsSince1970 <= end {
                let days = months[Month(customer: customer, first: month), default: []].map(\.date)
                if !(3...5).contains(days.count) || Set(days).count != days.count {
                    Issue.record("customer \(customer) was measured on \(days) in \(month)")
                }
                month = month.adding(months: 1)
            }
        }
        let seats = Dictionary(grouping: records.subscriptions, by: \.customerID).compactMapValues {
            $0.map(\.seats).max()
        }
        #expect(records.usage.allSatisfy { $0.activeUsers <= seats[$0.customerID] ?? .max && $0.activeUsers >= 0 })
        for own in Dictionary(grouping: records.usage, by: \.customerID).values {
            let stored = own.sorted { $0.date < $1.date }.map(\.storage)
            #expect(stored == stored.sorted())
        }
    }

    @Test(
        "The company looks like one: it grows, loses a few per cent a month, and small plans leave sooner",
        arguments: samples)
    func isPlausible(sample: Sample) throws {
        let (company, records) = (sample.company, sample.records)
        func active(at moment: Int) -> [SampleRecords.Subscription] {
            records.subscriptions.filter { $0.startedAt < moment && $0.endedAt ?? .max >= moment }
        }
        let moments = (1...24).map { company.asOf.firstOfMonth.adding(months: $0 - 24).secondsSince1970 }
        let revenue = moments.map { active(at: $0).reduce(0) { $0 + $1.mrr } }
        #expect(zip(revenue.dropFirst(5), revenue.dropFirst(6)).allSatisfy { Double($1) > Double($0) * 0.97 })
        #expect(try #require(revenue.last) > revenue[11] * 3 / 2)

        func churn(_ plan: SamplePlan) -> Double {
            var months = 0
            var lost = 0
            for (start, end) in zip(moments.suffix(13), moments.suffix(12)) {
                let own = active(at: start).filter { $0.plan == plan }
                months += own.count
                lost += own.count { $0.status == .cancelled && ($0.endedAt ?? .max) < end }
            }
            return Double(lost) / Double(months)
        }
        #expect((0.025...0.08).contains(churn(.starter)))
        #expect(churn(.starter) > churn(.business))
        #expect(churn(.professional) > churn(.enterprise))
        #expect(churn(.enterprise) < 0.025)

        let resolved = records.tickets.filter { $0.resolvedAt != nil }
        let unrated = Double(resolved.count { $0.satisfaction == nil }) / Double(resolved.count)
        #expect((0.25...0.35).contains(unrated))
        #expect(records.tickets.allSatisfy { $0.resolvedAt != nil || $0.satisfaction == nil })
        let trials = Double(records.customers.count { $0.status == .trial }) / Double(records.customers.count)
        #expect((0.04...0.13).contains(trials))
        #expect(Set(records.invoices.map(\.status)).count == 4)
        #expect(Set(records.planChanges.map(\.changeType)).count == 3)
    }

    @Test("Usage falls before customers leave", arguments: samples)
    func linksChurnToUsage(sample: Sample) {
        let (company, records) = (sample.company, sample.records)
        let usage = Dictionary(grouping: records.usage, by: \.customerID)
        /// Calls per day in the 30 days before, against the 60 days before those.
        func change(_ customer: Int, before day: CivilDate) -> Double? {
            let own = usage[customer, default: []]
            let later = own.filter { $0.date < day && $0.date >= day.adding(days: -30) }.map { Double($0.apiCalls) }
            let earlier = own.filter { $0.date < day.adding(days: -30) && $0.date >= day.adding(days: -90) }.map {
                Double($0.apiCalls)
            }
            guard later.count > 1, earlier.count > 3, earlier.reduce(0, +) > 0 else { return nil }
            return (later.reduce(0, +) / Double(later.count)) / (earlier.reduce(0, +) / Double(earlier.count)) - 1
        }
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        let leaving = records.subscriptions.compactMap { subscription in
            subscription.status == .cancelled
                ? subscription.endedAt.flatMap {
                    change(subscription.customerID, before: CivilDate(secondsSince1970: $0))
                } : nil
        }
        let staying = records.subscriptions.compactMap { subscription in
            subscription.status == .active ? change(subscription.customerID, before: company.asOf) : nil
        }
        // December is quieter for everybody.
        #expect(median(leaving) < median(staying) - 0.2)
        #expect(median(leaving) < -0.25)
    }
}
