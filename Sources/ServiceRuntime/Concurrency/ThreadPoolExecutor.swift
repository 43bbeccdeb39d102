import Glibc

/// A task executor on a fixed number of own threads, for C calls that block.
///
/// Threads start with the first job and end when the executor is released and its queue is empty.
package final class ThreadPoolExecutor: TaskExecutor {
    private let queue: JobQueue
    private let started: Locked<Bool>
    private let name: String
    private let threads: Int
    private let stackBytes: Int

    /// Does nothing yet; `stackBytes` is the stack of each thread.
    package init(name: String, threads: Int, stackBytes: Int = 8 << 20) {
        precondition(threads > 0, "a thread pool needs a thread")
        self.name = name
        self.threads = threads
        self.stackBytes = stackBytes
        queue = JobQueue()
        started = Locked(false)
    }

    deinit { queue.close() }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        // The executor is kept alive by the job: a task may be the last to hold it.
        queue.push { [self] in unowned.runSynchronously(on: asUnownedTaskExecutor()) }
        startThreads()
    }

    /// Runs one blocking call on a thread of the pool. The call itself is not interrupted by cancellation.
    package func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.push { continuation.resume(with: Swift.Result { try body() }) }
            startThreads()
        }
    }

    private func startThreads() {
        let isFirst = started.withLock { started in
            defer { started = true }
            return !started
        }
        guard isFirst else { return }
        for index in 0..<threads {
            SystemThread.start(name: "\(name)-\(index)", stackBytes: stackBytes) { [queue] in
                while let job = queue.pop() { job() }
            }
        }
    }
}

/// Jobs waiting for a thread.
private final class JobQueue: @unchecked Sendable {
    // @unchecked: `jobs`, `head` and `isClosed` are only touched between lock and unlock of `mutex`.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [@Sendable () -> Void] = []
    private var head = 0
    private var isClosed = false

    init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func push(_ job: @escaping @Sendable () -> Void) {
        pthread_mutex_lock(mutex)
        jobs.append(job)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Waits for a job; nil when the queue is closed and empty.
    func pop() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while head == jobs.count {
            if isClosed { return nil }
            pthread_cond_wait(condition, mutex)
        }
        let job = jobs[head]
        head += 1
        if head == jobs.count || head > 1024 {
            jobs.removeFirst(head)
            head = 0
        }
        return job
    }

    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }
}
