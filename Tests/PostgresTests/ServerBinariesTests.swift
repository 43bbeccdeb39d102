import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite struct ServerBinariesTests {
    @Test("The newest version wins, by number and not by letters, where it is complete")
    func newest() throws {
        let folder = try TestFolders.make("binaries")
        for version in ["9", "15", "17"] { try Self.makeBinaries(folder + "/\(version)/bin") }
        try FileManager.default.createDirectory(atPath: folder + "/18/bin", withIntermediateDirectories: true)
        #expect(try Self.find(folder).folder == folder + "/17/bin")
        #expect(try Self.find(folder, version: "15").folder == folder + "/15/bin")
    }

    @Test("Without any, the error names the package to install")
    func none() throws {
        let folder = try TestFolders.make("binaries")
        let error = #expect(throws: ServerError.self) { try Self.find(folder, version: "14") }
        #expect(error?.description.contains("apt-get install postgresql-14") == true)
    }

    @Test("PATH is searched last, and a given folder must be complete")
    func givenAndPath() throws {
        let folder = try TestFolders.make("binaries")
        try Self.makeBinaries(folder + "/elsewhere")
        let found = try ServerBinaries.find(
            given: nil, debianFolder: folder + "/none", environment: ["PATH": "/nowhere:\(folder)/elsewhere"])
        #expect(found.path("initdb") == folder + "/elsewhere/initdb")
        #expect(throws: ServerError.self) { try ServerBinaries.find(given: folder) }
    }

    private static func find(_ folder: String, version: String? = nil) throws -> ServerBinaries {
        try ServerBinaries.find(given: nil, version: version, debianFolder: folder, environment: [:])
    }

    private static func makeBinaries(_ folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for program in ["initdb", "pg_ctl", "postgres"] {
            let path = "\(folder)/\(program)"
            try Data().write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
    }
}
