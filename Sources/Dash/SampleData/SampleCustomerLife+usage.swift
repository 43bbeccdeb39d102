import ServiceRuntime

extension SampleCustomerLife {
    mutating func recordTrial(plan: SamplePlan, seats: Int) {
        let last = min(customer.signupDate.adding(days: Self.trialDays), end)
        var first = customer.signupDate
        while first < last {
            let next = min(last, first.firstOfMonth.adding(months: 1))
            measure(from: first, to: next, plan: plan, seats: seats, isNew: true)
            first = next
        }
    }

    /// Measures 3 to 5 days of a whole month and proportionally fewer of a part of one.
    mutating func measure(from first: CivilDate, to last: CivilDate, plan: SamplePlan, seats: Int, isNew: Bool) {
        let length = last.daysSinceEpoch - first.daysSinceEpoch
        let whole = random.integer(in: 3...5)
        let share = Double(whole * length) / Double(first.daysInMonth)
        let count = Int(share) + (random.chance(share - share.rounded(.down)) ? 1 : 0)
        let growth = Double(seats) * random.number(in: 15...45) * 100 * engagement
        let before = storage
        for day in random.sample(count, of: first.daysSinceEpoch..<last.daysSinceEpoch) {
            let date = CivilDate(daysSinceEpoch: day)
            let season: Double =
                switch date.month {
                case 7, 8: 0.92
                case 12: 0.88
                default: 1
                }
            let activity = engagement * season * (date.isWeekend ? 0.75 : 1) * (isNew ? 0.75 : 1)
            let users = min(seats, Int(Double(seats) * activity * random.number(in: 0.9...1.15) + random.fraction()))
            let scale = Double(seats) / Double(plan.seats.lowerBound)
            storage = before + Int(growth * Double(day - first.daysSinceEpoch) / Double(first.daysInMonth))
            usage.append(
                .init(
                    id: 0, customerID: customer.id, date: date,
                    apiCalls: Int(plan.dailyCalls * scale * activity * random.number(in: 0.85...1.15)),
                    activeUsers: users,
                    storage: storage, reports: Int(Double(users) * random.number(in: 0.3...1.6)),
                    integrations: integrations))
        }
        storage = before + Int(growth * Double(length) / Double(first.daysInMonth))
    }
}
