import FoundationEssentials
import Glibc
import ServiceRuntime

/// The account the server runs under: ours, or an unprivileged one when we are root, as which PostgreSQL refuses to run.
package struct ServerAccount: Sendable {
    private struct Identity: Sendable {
        var name: String
        var user: uid_t
        var group: gid_t
    }

    private static let setpriv = "/usr/bin/setpriv"

    private let identity: Identity?

    /// - Parameter name: the account to use when we are root.
    package static func resolve(_ name: String) throws -> ServerAccount {
        guard geteuid() == 0 else { return ServerAccount(identity: nil) }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil, entry.pw_uid != 0 else {
            throw ServerError(
                """
                PostgreSQL refuses to run as root, and there is no unprivileged account \(name) to run it under: \
                create one (adduser --system --group \(name)), run dashd as an ordinary user, or set DB_HOST
                """)
        }
        guard access(setpriv, X_OK) == 0 else {
            throw ServerError("\(setpriv) is missing: install the package util-linux, or run dashd as an ordinary user")
        }
        return ServerAccount(identity: Identity(name: name, user: entry.pw_uid, group: entry.pw_gid))
    }

    /// The command under this account, in an environment that holds nothing of ours.
    func command(_ executable: String, _ arguments: [String], directory: String = "/") -> Command {
        let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"]
        guard let identity else {
            return Command(executable, arguments, environment: environment, directory: directory)
        }
        let prefix = [
            "--reuid=\(identity.user)", "--regid=\(identity.group)", "--init-groups", "--inh-caps=-all",
            "--no-new-privs",
            "--", executable,
        ]
        return Command(Self.setpriv, prefix + arguments, environment: environment, directory: directory)
    }

    /// Gives a file or folder that we have just made to the account.
    func own(_ path: String) throws {
        guard let identity else { return }
        guard lchown(path, identity.user, identity.group) == 0 else { throw SystemError(call: "chown \(path)") }
    }

    /// Ends server processes that have outlived their postmaster: they keep the shared memory a new one needs. Every
    /// server process works in its data folder, which only its own account may see everywhere.
    func endOrphans(in data: String) async throws {
        let script = """
            folder=$(realpath "$1")
            for process in /proc/[0-9]*; do
              [ "$(readlink "$process/cwd" 2>/dev/null)" = "$folder" ] && kill -QUIT "${process#/proc/}"
            done
            true
            """
        _ = try await command("/bin/sh", ["-c", script, "sh", data]).run(timeout: .seconds(30))
    }

    /// Throws when a folder on the way cannot be entered by the account, and names it.
    func checkAccess(to folder: String) async throws {
        guard let identity, try await !canEnter(folder) else { return }
        var path = ""
        for part in folder.split(separator: "/") {
            path += "/\(part)"
            guard try await !canEnter(path) else { continue }
            throw ServerError(
                """
                the account \(identity.name), under which PostgreSQL runs, cannot enter \(path): \
                chmod o+x \(path), or set DASH_HOME to a folder it can reach, such as /var/lib/dash
                """)
        }
    }

    private func canEnter(_ folder: String) async throws -> Bool {
        try await command("/usr/bin/test", ["-x", folder]).run(timeout: .seconds(10)).isSuccess
    }
}
