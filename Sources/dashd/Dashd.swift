import Glibc
import ServiceRuntime

/// Entry point: finds the command, runs it, turns what it throws into an exit code.
///
/// 0: fine. 1: it failed, for a reason printed on standard error. 2: it was called wrongly.
@main
enum Dashd {
    private static let table = CommandTable(commands: [
        ServeCommand.self, SetupCommand.self, AskCommand.self, PlanCommand.self, ChatCommand.self,
        KnowledgeLoadCommand.self,
        KnowledgeCheckCommand.self, KnowledgeInitCommand.self, SampleLoadCommand.self, SampleRemoveCommand.self,
        PsqlCommand.self, SQLCommand.self, AuditCommand.self, LearningsListCommand.self, LearningsApproveCommand.self,
        LearningsRevertCommand.self, DoctorCommand.self, VersionCommand.self,
    ])

    static func main() async {
        CryptoLibrary.initialize()
        signal(SIGPIPE, SIG_IGN)
        exit(await run(Array(Swift.CommandLine.arguments.dropFirst())))
    }

    private static func run(_ words: [String]) async -> Int32 {
        do {
            switch try table.match(words) {
            case .help(let text):
                Terminal.write(text)
            case .command(let command, let rest):
                let arguments = try Arguments(rest, for: command.usage)
                if arguments.wantsHelp {
                    Terminal.write(command.usage.help)
                } else {
                    let command = try command.init(arguments)
                    try await Interruption.cancelling(on: type(of: command).cancellingSignals) {
                        try await command.run()
                    }
                }
            }
            return 0
        } catch let error as UsageError {
            Terminal.writeError("\(error)\n")
            return 2
        } catch is CancellationError {
            Terminal.writeError("dashd: interrupted\n")
            return 1
        } catch {
            Terminal.writeError("dashd: \(error)\n")
            return 1
        }
    }
}
