import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

@testable import Agents

@Suite(.timeLimit(.minutes(20))) struct BudgetLedgerTests {
    @Test("Each count allows exactly as many as it says", arguments: [0, 1, 3])
    func exactCounts(maximum: Int) throws {
        let ledger = BudgetLedger(
            budget {
                $0.modelCalls = maximum
                $0.statements = maximum
                $0.toolCalls = maximum
            })
        for _ in 0..<maximum {
            try ledger.takeModelCall()
            try ledger.takeStatement()
            try ledger.takeToolCalls(1)
        }
        #expect(throws: BudgetReached(.modelCalls)) { try ledger.takeModelCall() }
        #expect(throws: BudgetReached(.statements)) { try ledger.takeStatement() }
        #expect(throws: BudgetReached(.toolCalls)) { try ledger.takeToolCalls(1) }
        #expect(ledger.used(.statements) == maximum)
    }

    @Test("The calls of a turn are taken all or not at all")
    func allOrNone() throws {
        let ledger = BudgetLedger(budget { $0.toolCalls = 3 })
        try ledger.takeToolCalls(2)
        #expect(throws: BudgetReached(.toolCalls)) { try ledger.takeToolCalls(2) }
        try ledger.takeToolCalls(1)
        #expect(throws: BudgetReached(.toolCalls)) { try ledger.takeToolCalls(Int.max) }
    }

    @Test("Used-up tokens refuse the next model call, but not what a turn asked for")
    func tokens() throws {
        let ledger = BudgetLedger(budget { $0.tokens = 100 })
        ledger.charge(Usage(input: 60, output: 39))
        try ledger.takeModelCall()
        ledger.charge(Usage(input: 1))
        #expect(throws: BudgetReached(.tokens)) { try ledger.takeModelCall() }
        try ledger.takeToolCalls(1)
        try ledger.takeStatement()
        #expect(ledger.used(.tokens) == 100)
    }

    @Test("The time that has passed refuses whatever comes next")
    func seconds() throws {
        let clock = JumpingClock()
        let ledger = BudgetLedger(budget { $0.seconds = 10 }, clock: clock)
        clock.advance(by: .seconds(9))
        try ledger.takeStatement()
        clock.advance(by: .seconds(1))
        #expect(throws: BudgetReached(.seconds)) { try ledger.takeStatement() }
        #expect(ledger.elapsed == .seconds(10))
    }

    @Test("Concurrent takers never get more than there is")
    func concurrentTakers() async {
        let ledger = BudgetLedger(budget { $0.statements = 50 })
        let granted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<20).count { _ in (try? ledger.takeStatement()) != nil }
                }
            }
            var sum = 0
            for await count in group { sum += count }
            return sum
        }
        #expect(granted == 50)
    }

    @Test("At the deadline the work is cancelled and the limit is thrown")
    func deadlineCancels() async {
        let clock = JumpingClock()
        let ledger = BudgetLedger(budget { $0.seconds = 10 }, clock: clock)
        let wasCancelled = Locked(false)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: BudgetReached(.seconds)) {
                    try await ledger.withDeadline {
                        do {
                            try await clock.sleep(for: .seconds(1000))
                        } catch {
                            wasCancelled.withLock { $0 = true }
                            throw error
                        }
                    }
                }
            }
            await clock.sleepers(atLeast: 2)
            clock.advance(by: .seconds(10))
        }
        #expect(wasCancelled.withLock { $0 })
    }

    @Test("Work that ends in time returns its value, or its own error")
    func workInTime() async throws {
        let ledger = BudgetLedger(clock: JumpingClock())
        #expect(try await ledger.withDeadline { 7 } == 7)
        await #expect(throws: BudgetReached(.statements)) {
            try await ledger.withDeadline { throw BudgetReached(.statements) }
        }
    }

    @Test("A limit is announced once")
    func announcedOnce() {
        let ledger = BudgetLedger()
        #expect(BudgetLimit.allCases.map(ledger.announce) == [true, true, true, true, true])
        #expect(BudgetLimit.allCases.map(ledger.announce) == [false, false, false, false, false])
    }

    @Test("Every limit has a sentence with its number")
    func sentences() {
        #expect(RunBudget().sentence(for: .statements) == "the run's limit of 20 SQL statements was reached")
        for limit in BudgetLimit.allCases {
            #expect(RunBudget().sentence(for: limit).contains("\(RunBudget()[limit])"))
        }
    }
}
