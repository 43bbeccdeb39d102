import ServiceRuntime

/// The text exposition format as Prometheus's own Python library reads it.
package struct PrometheusText: Sendable {
    package struct Sample: Sendable, Equatable {
        package var name: String
        package var labels: [String: String]
        package var value: Double
    }

    package struct Family: Sendable, Equatable {
        /// Without `_total`.
        package var name: String
        package var type: String
        package var help: String
        package var samples: [Sample]
    }

    package var families: [Family]

    /// Whether the library is there; `deploy/install test` installs it.
    @Sendable package static func isReadable() async throws -> Bool {
        try await Command(python, ["-c", "import prometheus_client"]).run(timeout: .seconds(60)).isSuccess
    }

    /// Throws where the library does not take the text.
    package init(reading text: String) async throws {
        let outcome = try await Command(Self.python, ["-c", Self.program], input: Array(text.utf8))
            .run(timeout: .seconds(60), outputLimit: 16 << 20)
        guard outcome.isSuccess else { throw Unreadable(description: outcome.errorText) }
        families = (try JSONValue(parsing: outcome.output).array ?? []).map { family in
            Family(
                name: family["name"]?.string ?? "", type: family["type"]?.string ?? "",
                help: family["help"]?.string ?? "",
                samples: (family["samples"]?.array ?? []).map { sample in
                    Sample(
                        name: sample["name"]?.string ?? "",
                        labels: (sample["labels"]?.object ?? [:]).compactMapValues(\.string),
                        value: Double(sample["value"]?.string ?? "") ?? .nan)
                })
        }
    }

    package struct Unreadable: Error, CustomStringConvertible {
        package var description: String
    }

    package func family(_ name: String) -> Family? { families.first { $0.name == name } }

    /// The sample of that name whose labels hold the given ones; nil where there is none.
    package func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        families.lazy.flatMap(\.samples).first { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }?.value
    }

    /// All samples of that name together.
    package func total(_ name: String) -> Double {
        families.flatMap(\.samples).filter { $0.name == name }.reduce(0) { $0 + $1.value }
    }

    private static let python = "/usr/bin/python3"

    /// Numbers as texts, since JSON has no infinity.
    private static let program = """
        import json, sys
        from prometheus_client.parser import text_string_to_metric_families
        print(json.dumps([
            {"name": f.name, "type": f.type, "help": f.documentation,
             "samples": [{"name": s.name, "labels": s.labels, "value": repr(float(s.value))} for s in f.samples]}
            for f in text_string_to_metric_families(sys.stdin.buffer.read().decode())]))
        """
}
