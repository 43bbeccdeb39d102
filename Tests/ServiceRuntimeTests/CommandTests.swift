import FoundationEssentials
import Glibc
import ServiceRuntime
import Testing

@Suite struct CommandTests {
    @Test("A program's output, errors and exit status come back, and it reads what it is given")
    func run() async throws {
        let outcome = try await Command(
            "/bin/sh", ["-c", "cat; echo to the other >&2; exit 7"], input: Array("hello".utf8)
        ).run(timeout: .seconds(60))
        #expect(outcome.ending == .exited(7))
        #expect(outcome.outputText == "hello")
        #expect(outcome.errorText == "to the other\n")
        #expect(!outcome.isSuccess)
    }

    @Test("More than a pipe holds passes both ways, and more than the limit is dropped")
    func big() async throws {
        let input = [UInt8](repeating: 65, count: 1 << 20)
        let whole = try await Command("/bin/cat", input: input).run(timeout: .seconds(60))
        #expect(whole.output == input)
        let cut = try await Command("/bin/cat", input: input).run(timeout: .seconds(60), outputLimit: 1000)
        #expect(cut.output.count == 1000)
        #expect(cut.isSuccess)
    }

    @Test("A program that does not want its input is no error")
    func unreadInput() async throws {
        let input = [UInt8](repeating: 65, count: 1 << 20)
        let outcome = try await Command("/bin/true", input: input).run(timeout: .seconds(60))
        #expect(outcome.isSuccess)
    }

    @Test("A program that takes too long is killed with its children")
    func timeout() async throws {
        await #expect(throws: CommandError.self) {
            try await Command("/bin/sh", ["-c", "sleep 600 & sleep 600"]).run(timeout: .milliseconds(50))
        }
    }

    @Test("Cancelling the task kills the program")
    func cancel() async throws {
        let task = Task { try await Command("/bin/sleep", ["600"]).run(timeout: .seconds(600)) }
        await Task.yield()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("A child left behind with the output open does not hold up the end")
    func leftBehind() async throws {
        let outcome = try await Command("/bin/sh", ["-c", "sleep 600 & echo $!"]).run(timeout: .seconds(60))
        #expect(outcome.isSuccess)
        let child = try #require(pid_t(outcome.outputText.trimmed))
        #expect(kill(child, SIGKILL) == 0)
    }

    @Test("A program ended by a signal says by which")
    func signal() async throws {
        let outcome = try await Command("/bin/sh", ["-c", "kill -TERM $$"]).run(timeout: .seconds(60))
        #expect(outcome.ending == .killed(signal: SIGTERM))
    }

    @Test("Environment and folder are as given, and no other descriptor is inherited")
    func surroundings() async throws {
        let secret = open("/etc/hostname", O_RDONLY)
        defer { close(secret) }
        let outcome = try await Command(
            "/bin/sh", ["-c", "echo \"$A|${HOME-none}|$(pwd)\"; ls /proc/self/fd | wc -l"], environment: ["A": "b c"],
            directory: "/usr"
        ).run(timeout: .seconds(60))
        // The fourth is the one that ls reads the folder with.
        #expect(outcome.outputText == "b c|none|/usr\n4\n")
    }

    @Test("A program that does not exist is named")
    func missing() async throws {
        let error = await #expect(throws: SystemError.self) {
            try await Command("/no/such/program").run(timeout: .seconds(60))
        }
        #expect(error?.description.contains("/no/such/program") == true)
    }
}
