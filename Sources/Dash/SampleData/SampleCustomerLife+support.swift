import ServiceRuntime

extension SampleCustomerLife {
    mutating func openTickets(from first: CivilDate, to last: CivilDate, plan: SamplePlan, isOnboarding: Bool) {
        let share = Double(last.daysSinceEpoch - first.daysSinceEpoch) / Double(first.daysInMonth)
        let probability = plan.monthlyTickets * (isLosingInterest ? 2.6 : isOnboarding ? 1.7 : 1) * share
        var opened = 0
        while opened < 4, random.chance(probability) {
            opened += 1
            openTicket(from: first, to: last, isOnboarding: isOnboarding)
        }
    }

    private mutating func openTicket(from first: CivilDate, to last: CivilDate, isOnboarding: Bool) {
        let day = CivilDate(daysSinceEpoch: random.integer(in: first.daysSinceEpoch...last.daysSinceEpoch - 1))
        let createdAt = max(day.secondsSince1970 + random.integer(in: Self.businessHours), signupAt)
        let category: SampleRecords.SupportTicket.Category = random.element(of: [
            (.billing, isLosingInterest ? 0.30 : 0.20), (.technical, isLosingInterest ? 0.48 : 0.38),
            (.featureRequest, isOnboarding ? 0.12 : 0.32), (.onboarding, isOnboarding ? 0.50 : 0.05),
        ])
        let priority: SampleRecords.SupportTicket.Priority = random.element(of: [
            (.low, 0.24), (.medium, 0.46), (.high, isLosingInterest ? 0.34 : 0.22),
            (.critical, isLosingInterest ? 0.14 : 0.07),
        ])
        let usualHours: Double =
            switch priority {
            case .low: 70
            case .medium: 42
            case .high: 20
            case .critical: 7
            }
        var hours = usualHours * random.number(in: 0.15...2.2) * (category == .technical ? 1.4 : 1)
        if random.chance(0.05) { hours *= 4 }
        let isConfirmed = random.chance(0.75)
        let isRated = random.chance(0.7)
        let mood = 4.8 - min(1.8, hours / 70) - (isLosingInterest ? 0.9 : 0) + random.number(in: -1.1...1.1)
        tickets.append(
            .init(
                id: 0, customerID: customer.id, priority: priority, category: category,
                status: isConfirmed ? .closed : .resolved, createdAt: createdAt,
                resolvedAt: createdAt + Int(hours * 3_600),
                satisfaction: isRated ? max(1, min(5, Int(mood.rounded()))) : nil))
    }

    /// As `settleInvoices`, for tickets.
    mutating func settleTickets() {
        for index in tickets.indices {
            guard let resolvedAt = tickets[index].resolvedAt.map({ min($0, settledBy) }) else { continue }
            if resolvedAt < end.secondsSince1970 {
                tickets[index].resolvedAt = resolvedAt
            } else {
                tickets[index].resolvedAt = nil
                tickets[index].satisfaction = nil
                let age = end.secondsSince1970 - tickets[index].createdAt
                tickets[index].status = age < 86_400 ? .open : .inProgress
            }
        }
    }
}
