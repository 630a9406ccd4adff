// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// For the modules that touch C memory.
let pointerSettings: [SwiftSetting] = swiftSettings + [.strictMemorySafety()]

/// Tests are compiled once and run once: to optimise them takes longer than to run them as they are.
let testSettings: [SwiftSetting] = swiftSettings + [.unsafeFlags(["-Onone"])]

/// The programs bring Swift's libraries with them: they start in half the time, on machines without Swift, too.
///
/// The libraries are what Foundation is made of, which only modules compiled for static linking would name.
///
/// Without their tables of symbols, which no run reads, they are half as large.
let staticLibraries: [LinkerSetting] =
  [
    .unsafeFlags(["-static-stdlib"]),
    .unsafeFlags(["-Xlinker", "--strip-all"], .when(configuration: .release)),
  ]
  + ["CoreFoundation", "_FoundationCShims", "_FoundationCollections", "_FoundationICU"].map {
    .linkedLibrary($0)
  }

let package = Package(
  name: "tokki",
  products: [
    .executable(name: "tokki", targets: ["tokki"]),
    .executable(name: "tokki-preview", targets: ["tokki-preview"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    // What Hummingbird is made of, where our guards stand between its parts.
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.0.0"),
  ],
  targets: [
    .systemLibrary(name: "Libnettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "Libxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "Libyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "Libz", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "Libzip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .target(name: "CLibxml2", dependencies: ["Libxml2"]),
    .target(name: "CLibyaml", dependencies: ["Libyaml"]),
    .target(name: "CFileSystem"),
    .target(name: "CTemplates"),
    .target(name: "CPreviewPage", dependencies: ["CPreviewPageFiles"]),
    .target(name: "CPreviewPageFiles"),
    .target(name: "CSHA256"),
    .target(name: "CVerifyPage", dependencies: ["CVerifyPageFiles"]),
    .target(name: "CVerifyPageFiles"),
    .target(name: "Diagnostics", swiftSettings: swiftSettings),
    .target(
      name: "Markup",
      dependencies: ["CLibxml2", "Diagnostics"],
      swiftSettings: pointerSettings
    ),
    .target(name: "Records", dependencies: ["Diagnostics"], swiftSettings: swiftSettings),
    .target(name: "TemplateRuntime", dependencies: ["Records"], swiftSettings: pointerSettings),
    .target(
      name: "TemplateCompiler",
      dependencies: ["Diagnostics", "Markup", "Records", "TemplateRuntime"],
      swiftSettings: swiftSettings
    ),
    .target(
      name: "Files",
      dependencies: ["CFileSystem", "CSHA256", "Diagnostics", "Libnettle"],
      swiftSettings: pointerSettings
    ),
    .target(
      name: "DataFiles",
      dependencies: ["CLibyaml", "Diagnostics", "Files", "Records"],
      swiftSettings: pointerSettings
    ),
    .target(
      name: "DataEditing",
      dependencies: ["DataFiles", "Diagnostics", "Files", "Records"],
      swiftSettings: swiftSettings
    ),
    .target(
      name: "Tables",
      dependencies: ["Diagnostics", "Files", "Libzip", "Markup", "Records"],
      swiftSettings: pointerSettings
    ),
    .target(
      name: "Guides",
      dependencies: [
        "DataFiles", "Diagnostics", "Files", "Records", "Tables", "TemplateCompiler",
        "TemplateRuntime",
      ],
      swiftSettings: swiftSettings
    ),
    .target(
      name: "Packets",
      dependencies: [
        "CFileSystem", "CTemplates", "DataFiles", "Diagnostics", "Files", "Markup", "Records",
        "TemplateCompiler", "TemplateRuntime",
      ],
      swiftSettings: pointerSettings
    ),
    .target(
      name: "Rosters",
      dependencies: ["DataFiles", "Diagnostics", "Files", "Guides", "Records", "Tables"],
      swiftSettings: swiftSettings
    ),
    .target(
      name: "Batches",
      dependencies: [
        "CFileSystem", "CVerifyPage", "DataFiles", "Diagnostics", "Files", "Libz", "Packets",
        "Records", "Rosters", "Tables", "TemplateCompiler", "TemplateRuntime",
      ],
      exclude: ["Folder/Page"],
      swiftSettings: pointerSettings
    ),
    .target(
      name: "ListReview",
      dependencies: ["Batches", "Diagnostics", "Files", "Packets", "Records", "Rosters", "Tables"],
      swiftSettings: swiftSettings
    ),
    .target(
      name: "AnnexImport",
      dependencies: ["Diagnostics", "Files", "Markup", "Tables"],
      swiftSettings: swiftSettings
    ),
    .target(
      name: "AnnexComparison",
      dependencies: [
        "AnnexImport", "DataFiles", "Diagnostics", "Files", "Records", "TemplateCompiler",
      ],
      swiftSettings: swiftSettings
    ),
    .target(
      name: "PreviewArguments",
      dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: swiftSettings
    ),
    .executableTarget(
      name: "tokki",
      dependencies: [
        "AnnexComparison", "AnnexImport", "Batches", "Diagnostics", "Files", "Guides", "Packets",
        "PreviewArguments", "Records", "TemplateCompiler", "TemplateRuntime",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings,
      linkerSettings: staticLibraries
    ),
    .executableTarget(
      name: "tokki-preview",
      dependencies: [
        "Batches", "CPreviewPage", "DataEditing", "DataFiles", "Diagnostics", "Files", "Guides",
        "ListReview", "Packets", "PreviewArguments", "Records", "Rosters", "Tables",
        "TemplateCompiler", "TemplateRuntime",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      exclude: ["Page"],
      swiftSettings: swiftSettings,
      linkerSettings: staticLibraries
    ),
    .target(
      name: "Fixtures",
      dependencies: ["Diagnostics", "Records", "TemplateRuntime"],
      path: "Tests/Fixtures",
      swiftSettings: swiftSettings
    ),
    .testTarget(name: "ArchitectureTests", swiftSettings: testSettings),
    .testTarget(
      name: "MarkupTests",
      dependencies: ["Diagnostics", "Fixtures", "Markup"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "DiagnosticsTests",
      dependencies: ["Diagnostics"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "TemplateRuntimeTests",
      dependencies: ["Diagnostics", "Fixtures", "Markup", "Records", "TemplateRuntime"],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "PacketsTests",
      dependencies: [
        "AnnexComparison", "Batches", "DataEditing", "DataFiles", "Diagnostics", "Files",
        "Fixtures", "Guides",
        "ListReview", "Packets", "Records", "Rosters", "Tables", "TemplateCompiler",
        "TemplateRuntime",
      ],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "AnnexImportTests",
      dependencies: [
        "AnnexImport", "Diagnostics", "Files", "Fixtures", "Tables", "TemplateCompiler",
      ],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "AnnexComparisonTests",
      dependencies: [
        "AnnexComparison", "AnnexImport", "Diagnostics", "Fixtures", "Packets", "TemplateCompiler",
      ],
      swiftSettings: testSettings
    ),
    .testTarget(
      name: "TemplateCompilerTests",
      dependencies: [
        "AnnexComparison", "AnnexImport", "Batches", "DataFiles", "Diagnostics", "Files",
        "Fixtures",
        "Markup", "Packets",
        "Records", "TemplateCompiler", "TemplateRuntime",
      ],
      swiftSettings: testSettings
    ),
  ],
  // For #embed.
  cLanguageStandard: .gnu2x
)

// Nobody who builds tokki builds these.
if Context.environment["TOKKI_BENCHMARKS"] != nil {
  package.targets += [
    .target(name: "Counters", path: "Tests/Benchmarks/Counters"),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Batches", "CFileSystem", "Counters", "DataFiles", "Diagnostics", "Files", "Packets",
        "Records", "Rosters", "TemplateCompiler", "TemplateRuntime",
      ],
      path: "Tests/Benchmarks/Swift",
      swiftSettings: swiftSettings,
      linkerSettings: staticLibraries
        + ["swift_retain", "swift_retain_n", "swift_bridgeObjectRetain"].map {
          .unsafeFlags(["-Xlinker", "--wrap=\($0)"])
        }
    ),
  ]
}
