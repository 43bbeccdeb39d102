import FoundationEssentials
import Glibc
import ServiceRuntime

/// What an embedded server keeps on disk, and where.
///
/// `data` and `run` (log) belong to the server's account; the password, the port and the locks to us.
struct ServerFolder: Sendable {
    let path: String

    var data: String { path + "/data" }
    var run: String { path + "/run" }
    var log: String { run + "/server.log" }
    var startLock: String { path + "/start.lock" }
    var usersLock: String { path + "/users.lock" }
    private var passwordFile: String { path + "/password" }
    private var portFile: String { path + "/port" }

    init(_ path: String) {
        var path = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// Makes the folder; others may pass through it only where another account must.
    func create(for account: ServerAccount) throws {
        let mode = geteuid() == 0 ? 0o711 : 0o700
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
        } catch {
            throw ServerError("cannot create \(path): check the permissions of its parent, or set DASH_HOME elsewhere")
        }
        try makeOwned(run, by: account)
    }

    /// A folder of the account's own, 0700; one that exists already is left as it is.
    func makeOwned(_ folder: String, by account: ServerAccount) throws {
        guard mkdir(folder, 0o700) == 0 else {
            if errno == EEXIST { return }
            throw SystemError(call: "mkdir \(folder)")
        }
        try account.own(folder)
    }

    /// The major version of the data, nil before there is any.
    var dataVersion: String? {
        (try? String(contentsOfFile: data + "/PG_VERSION", encoding: .utf8)).map {
            String($0.prefix { !$0.isWhitespace })
        }
    }

    /// The administrator's password; generated the first time.
    func password() throws -> Secret {
        if FileManager.default.fileExists(atPath: passwordFile) {
            guard let text = try? String(contentsOfFile: passwordFile, encoding: .utf8), !text.isEmpty else {
                throw ServerError("cannot read \(passwordFile): run dashd as the user that created it")
            }
            return Secret(String(text.prefix { !$0.isNewline }))
        }
        guard dataVersion == nil else {
            throw ServerError(
                """
                \(passwordFile) is gone, but \(data) holds data that needs it: \
                restore the file, or move \(path) away to start anew
                """)
        }
        let password = Hex.encode(RandomBytes.generate(24))
        try write(password + "\n", to: passwordFile)
        return Secret(password)
    }

    /// The port of the last start, nil before the first.
    var port: Int? {
        (try? String(contentsOfFile: portFile, encoding: .utf8)).flatMap { Int($0.prefix { $0.isNumber }) }
    }

    func keep(port: Int) throws {
        try write("\(port)\n", to: portFile)
    }

    /// The last lines of the server's log, for an error's message.
    var logTail: String {
        guard let text = try? String(contentsOfFile: log, encoding: .utf8) else { return "the server wrote no log" }
        return text.suffix(4000).split(separator: "\n").suffix(5).joined(separator: " | ")
    }

    var logSize: Int {
        var status = stat()
        return lstat(log, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Removes what interrupted initialisations left behind.
    func removeLeftovers() {
        for (folder, prefix) in [(path, "data.new-"), (run, "password-")] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names where name.hasPrefix(prefix) {
                try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
        }
    }

    /// Replaces the file as a whole, readable by us alone.
    func write(_ text: String, to file: String) throws {
        let temporary = "\(file).new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemError(call: "creating \(temporary)") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw SystemError(call: "writing \(temporary)")
        }
        guard rename(temporary, file) == 0 else { throw SystemError(call: "rename \(temporary)") }
    }
}
