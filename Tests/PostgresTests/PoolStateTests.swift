import ServiceRuntime
import Testing

@testable import Postgres

@Suite struct PoolStateTests {
    typealias Machine = PoolState<String>

    private let start = ContinuousClock.now

    @Test("Connections are opened up to the maximum, then tasks wait in order")
    func waiting() {
        var pool = Machine(maximumConnections: 2)
        let step1 = pool.lease(1)
        #expect(step1.isOpen)
        let step2 = pool.lease(2)
        #expect(step2.isOpen)
        let step3 = pool.lease(3)
        #expect(step3.isWait)
        let step4 = pool.lease(4)
        #expect(step4.isWait)
        let first = pool.giveBack("a", now: start)
        #expect(first.wake?.waiter == 3)
        #expect(first.wake?.grant.connection == "a")
        let second = pool.giveBackSlot()
        #expect(second.wake?.waiter == 4)
        #expect(second.wake?.grant.isOpen == true)
        let step5 = pool.giveBack("a", now: start)
        #expect(step5.wake == nil)
        let step6 = pool.giveBack("b", now: start)
        #expect(step6.wake == nil)
        #expect((pool.leasedCount, pool.idleCount, pool.waiterCount) == (0, 2, 0))
    }

    @Test("The connection used last is used next, and the others grow old")
    func lastInFirstOut() {
        var pool = Machine(maximumConnections: 3)
        for id in 1...3 as ClosedRange<UInt64> { _ = pool.lease(id) }
        for (offset, name) in ["a", "b", "c"].enumerated() {
            _ = pool.giveBack(name, now: start + .seconds(offset))
        }
        let step7 = pool.lease(4)
        #expect(step7.connection == "c")
        let step8 = pool.prune(idleSinceBefore: start + .seconds(1))
        #expect(step8 == ["a"])
        let step9 = pool.prune(idleSinceBefore: start + .seconds(1))
        #expect(step9.isEmpty)
        let step10 = pool.lease(5)
        #expect(step10.connection == "b")
        let step11 = pool.lease(6)
        #expect(step11.isOpen)
    }

    @Test("A waiter that gave up is never woken, and its turn goes to the next")
    func abandoned() {
        var pool = Machine(maximumConnections: 1)
        for id in 1...3 as ClosedRange<UInt64> { _ = pool.lease(id) }
        let step12 = pool.abandon(2)
        #expect(step12)
        let step13 = pool.abandon(2)
        #expect(!step13)
        let step14 = pool.giveBack("a", now: start)
        #expect(step14.wake?.waiter == 3)
        let step15 = pool.abandon(3)
        #expect(!step15, "it has the connection already and gives it back itself")
        let step16 = pool.giveBack("a", now: start)
        #expect(step16.wake == nil)
        #expect((pool.leasedCount, pool.idleCount) == (0, 1))
    }

    @Test("Shutting down refuses those who wait, closes what comes back and is over with the last lease")
    func shutDown() {
        var pool = Machine(maximumConnections: 2)
        for id in 1...3 as ClosedRange<UInt64> { _ = pool.lease(id) }
        let action = pool.shutDown()
        #expect(action.refuse == [3])
        #expect(action.close.isEmpty)
        #expect(!action.isDrained)
        let step17 = pool.lease(4)
        #expect(step17.isRefuse)
        let first = pool.giveBack("a", now: start)
        #expect(first.close == "a")
        #expect(!first.isDrained)
        let step18 = pool.giveBackSlot()
        #expect(step18.isDrained)
        #expect(pool.isDrained)
    }

    @Test("An unused pool is drained at once and closes its idle connections")
    func shutDownIdle() {
        var pool = Machine(maximumConnections: 2)
        _ = pool.lease(1)
        _ = pool.giveBack("a", now: start)
        let action = pool.shutDown()
        #expect(action.close == ["a"])
        #expect(action.isDrained)
        let step19 = pool.shutDown()
        #expect(step19.close.isEmpty)
    }

    @Test("No sequence of events loses a slot, exceeds the maximum or forgets a waiter", arguments: 1...20)
    func randomWalk(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let maximum = Int.random(in: 1...5, using: &generator)
        var pool = Machine(maximumConnections: maximum)
        var waiting: [UInt64] = []
        var holders: Set<UInt64> = []
        for id in 1...2000 as ClosedRange<UInt64> {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0, 1:
                switch pool.lease(id) {
                case .grant: holders.insert(id)
                case .wait: waiting.append(id)
                case .refuse: Issue.record("refused while open")
                }
            case 2, 3:
                guard let holder = holders.min() else { continue }
                holders.remove(holder)
                let isLost = Bool.random(using: &generator)
                let action = isLost ? pool.giveBackSlot() : pool.giveBack("c\(id)", now: start)
                if let waiter = action.wake?.waiter {
                    #expect(waiting.first == waiter)
                    waiting.removeFirst()
                    holders.insert(waiter)
                }
            default:
                guard let waiter = waiting.randomElement(using: &generator) else { continue }
                let step20 = pool.abandon(waiter)
                #expect(step20)
                waiting.removeAll { $0 == waiter }
            }
            #expect(pool.leasedCount == holders.count)
            #expect(pool.leasedCount + pool.idleCount <= maximum)
            #expect(pool.waiterCount == waiting.count)
            #expect(waiting.isEmpty || pool.leasedCount == maximum)
        }
    }
}

extension PoolState.LeaseAction {
    fileprivate var isOpen: Bool { if case .grant(.open) = self { true } else { false } }
    fileprivate var isWait: Bool { if case .wait = self { true } else { false } }
    fileprivate var isRefuse: Bool { if case .refuse = self { true } else { false } }
    fileprivate var connection: Connection? { if case .grant(let grant) = self { grant.connection } else { nil } }
}

extension PoolState.Grant {
    fileprivate var isOpen: Bool { if case .open = self { true } else { false } }
    fileprivate var connection: Connection? { if case .reuse(let connection) = self { connection } else { nil } }
}
