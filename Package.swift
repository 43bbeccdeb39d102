// swift-tools-version: 6.3
import PackageDescription

// C libraries: one target each; only the wrapper named in the comment imports it.
let cTargets: [Target] = [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),  // Postgres
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),  // ServiceRuntime
    .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),  // dashd
    .systemLibrary(name: "CCurlSystem", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
        name: "CMicroHTTPDSystem", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CPgQuery", providers: [.apt(["libpg-query-dev"])]),  // SQLGuard
    .target(name: "CCurl", dependencies: ["CCurlSystem"]),  // HTTP/Client
    .target(name: "CMicroHTTPD", dependencies: ["CMicroHTTPDSystem"]),  // HTTP/Server
    .target(name: "CSystem"),  // ServiceRuntime: system calls that Glibc's module map leaves out
]

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + (name == "ServiceRuntime" ? [] : ["ServiceRuntime"]) + dependencies,
        swiftSettings: strict)
}

func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: "\(name)Benchmark", dependencies: ["ServiceRuntime"] + dependencies, path: "Benchmarks/\(name)",
        swiftSettings: strict)
}

/// They have no entry point of their own: `deploy/fuzz` builds them with the fuzzing engine's.
let fuzzers: [Target] =
    Context.environment["DASH_FUZZERS"] == nil
    ? []
    : [
        .executableTarget(
            name: "SQLGuardFuzzer", dependencies: ["ServiceRuntime", "SQLGuardTestSupport"],
            path: "Tests/SQLGuardFuzzer",
            swiftSettings: strict)
    ]

let package = Package(
    name: "dash",
    products: [.executable(name: "dashd", targets: ["dashd"])],
    targets: cTargets + fuzzers + [
        module("ServiceRuntime", ["COpenSSL", "CSystem"]),
        module("HTTP", ["ServiceRuntime", "CCurl", "CMicroHTTPD"]),
        module("Postgres", ["ServiceRuntime", "CLibPQ"]),
        module("LanguageModels", ["ServiceRuntime", "HTTP"]),
        module("SlackAPI", ["ServiceRuntime", "HTTP"]),
        module("Agents", ["ServiceRuntime", "LanguageModels"]),
        module("Jobs", ["ServiceRuntime", "Postgres"]),
        module("SQLGuard", ["ServiceRuntime", "CPgQuery"]),
        module("Planner", ["ServiceRuntime"]),
        module("Dash", ["ServiceRuntime", "Postgres", "LanguageModels", "Agents", "SQLGuard", "Planner"]),
        module("SlackBot", ["ServiceRuntime", "HTTP", "Postgres", "SlackAPI", "Jobs", "Agents", "Dash"]),
        .executableTarget(
            name: "dashd",
            dependencies: [
                "ServiceRuntime", "HTTP", "Postgres", "LanguageModels", "SlackAPI", "Agents", "Jobs", "SQLGuard",
                "Planner", "Dash", "SlackBot", "CEdit",
            ],
            swiftSettings: strict),

        benchmark("KnowledgeSearch", ["Postgres", "Dash", "BenchmarkSupport"]),
        benchmark("Planning", ["Planner", "BenchmarkSupport"]),
        benchmark("Statements", ["Postgres", "SQLGuard", "Dash", "BenchmarkSupport"]),

        .target(
            name: "BenchmarkSupport", dependencies: ["ServiceRuntime", "HTTP", "Postgres", "RawHTTP"],
            path: "Benchmarks/Support", swiftSettings: strict),
        benchmark("Acknowledge", ["HTTP", "Postgres", "BenchmarkSupport"]),
        benchmark("Answer", ["BenchmarkSupport"]),
        benchmark("Queue", ["Jobs", "Postgres", "BenchmarkSupport"]),
        benchmark("StartUp", ["Postgres", "BenchmarkSupport"]),
        benchmark("Chaos", ["HTTP", "Postgres", "BenchmarkSupport"]),
        benchmark("Load", ["HTTP", "Postgres", "BenchmarkSupport"]),
        tests("BenchmarkSupport", ["HTTP", "RawHTTP"]),

        .target(
            name: "RawHTTP", dependencies: ["ServiceRuntime", "HTTP"], path: "Tests/RawHTTP", swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["ServiceRuntime", "Postgres", "HTTP", "RawHTTP", "LanguageModels"],
            path: "Tests/TestSupport",
            swiftSettings: strict),
        tests("ServiceRuntime"),
        tests("HTTP", ["TestSupport"]),
        tests("Postgres", ["TestSupport"]),
        tests("LanguageModels", ["HTTP", "RawHTTP", "TestSupport"]),
        tests("SlackAPI", ["HTTP", "TestSupport"]),
        tests("Agents", ["LanguageModels", "TestSupport"]),
        tests("Jobs", ["Postgres", "TestSupport"]),
        .target(
            name: "SQLGuardTestSupport", dependencies: ["ServiceRuntime", "SQLGuard", "CPgQuery"],
            path: "Tests/SQLGuardTestSupport", swiftSettings: strict),
        tests("SQLGuard", ["SQLGuardTestSupport"]),
        tests("Planner"),
        tests(
            "Dash",
            ["Postgres", "LanguageModels", "Agents", "SQLGuard", "Planner", "SQLGuardTestSupport", "TestSupport"]),
        tests("SlackBot", ["HTTP", "Postgres", "SlackAPI", "Jobs", "Agents", "Dash", "TestSupport"]),
        tests("dashd", ["Postgres", "Dash", "SlackBot", "TestSupport"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "ServiceRuntime", "HTTP", "Postgres", "LanguageModels", "TestSupport", "BenchmarkSupport", "dashd",
            ],
            swiftSettings: strict),
    ]
)
