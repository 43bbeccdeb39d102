import BenchmarkSupport
import FoundationEssentials
import Glibc
import ServiceRuntime

/// The server's disk is full for a time.
let diskFull = Scenario(
    name: "disk-full",
    obstacle: { _ in
        guard let disk = try? await SmallDisk.mount() else { return "mounting a small disk needs more rights" }
        await SmallDisk.unmount(disk)
        return nil
    },
    prepare: { world, traffic, _ in
        world.databaseFolder = try await SmallDisk.mount() + "/postgres"
        world.serverSettings["max_wal_size"] = "64MB"
        traffic.retryDelays += Array(repeating: .seconds(5), count: 10)
    },
    play: { stage in
        let server = stage.world.server
        let disk = String(server.folder.dropLast("/postgres".count))
        // What is asked with its text stored needs room: there is none.
        let filler = disk + "/filler"
        try await SmallDisk.fill(filler)
        let refused = try await stage.require("deliveries are answered with 503", within: 60) {
            try await SmallDisk.fill(filler)
            return (stage.traffic.statuses["503"] ?? 0) > 0
        }
        try await stage.pause(5)
        for replica in stage.world.replicas {
            stage.expect(replica.current?.isRunning == true, "replica \(replica.number) has ended")
        }
        unlink(filler)
        // A server that could not write its log has ended; whoever runs it starts it again.
        try await server.start()
        let healthy = try await stage.requireHealthy()
        let answers = try await stage.requireAnswers()
        return ["refused_after_s": refused, "healthy_after_s": healthy, "answers_after_s": answers]
    })

/// A file system in memory that is soon full.
enum SmallDisk {
    private static let size = "160m"

    /// The folder where it is now.
    static func mount() async throws -> String {
        let folder = "/tmp/dash-chaos-disk-\(Hex.encode(RandomBytes.generate(3)))"
        guard mkdir(folder, 0o711) == 0 else { throw SystemError(call: "mkdir \(folder)") }
        let outcome = try await Command(
            "/bin/mount", ["-t", "tmpfs", "-o", "size=\(size),mode=0711", "tmpfs", folder]
        ).run(timeout: .seconds(10))
        guard outcome.isSuccess else {
            rmdir(folder)
            throw BenchmarkError("mount: \(outcome.errorText)")
        }
        return folder
    }

    static func unmount(_ folder: String) async {
        _ = try? await Command("/bin/umount", ["-l", folder]).run(timeout: .seconds(10))
        rmdir(folder)
    }

    /// Writes the file on until there is no room.
    static func fill(_ path: String) async throws {
        try await SystemThread.run(name: "fill") {
            let file = open(path, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0o600)
            guard file >= 0 else { return }
            defer { close(file) }
            for size in [64 << 10, 4 << 10] {
                let block = [UInt8](repeating: 1, count: size)
                while write(file, block, size) == size {}
            }
        }
    }
}
