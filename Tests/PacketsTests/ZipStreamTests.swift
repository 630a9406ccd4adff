import Batches
import Files
import Foundation
import Testing

/// A zip that is made as it is asked for; Python and unzip judge it.
struct ZipStreamTests {
  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path(percentEncoded: false))
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: url)
  }

  /// All pieces together, and how long the longest is.
  private func zip(_ run: String, prefix: String = "") throws -> (bytes: [UInt8], longest: Int) {
    var stream = try ZipStream(BatchFiles(run, prefix: prefix))
    var bytes: [UInt8] = []
    var longest = 0
    while let piece = try stream.next() {
      #expect(!piece.isEmpty)
      bytes += piece
      longest = max(longest, piece.count)
    }
    return (bytes, longest)
  }

  /// What Python reads in a zip: each file's name, its CRC and the SHA-256 of its bytes, after its own checks and those of unzip.
  private func judged(_ zip: [UInt8], in folder: String) throws -> [String] {
    try write(zip, to: folder + "/judged.zip")
    let script = """
      import hashlib, struct, subprocess, sys, zipfile
      path = sys.argv[1]
      with zipfile.ZipFile(path) as file:
          assert file.testzip() is None
          for info in file.infolist():
              assert info.date_time == (1980, 1, 1, 0, 0, 0), info
              assert info.external_attr >> 16 == 0o100644, info
              assert info.flag_bits == 1 << 3 | 1 << 11, info
              # For whoever reads it from a pipe.
              file.fp.seek(info.header_offset + 30 + len(info.filename.encode()) + info.compress_size)
              sizes = info.CRC, info.compress_size, info.file_size
              assert struct.unpack("<4s3L", file.fp.read(16)) == (b"PK\\7\\10", *sizes), info
              print(info.filename, hashlib.sha256(file.read(info)).hexdigest())
      subprocess.run(["unzip", "-tqq", path], check=True, stdout=subprocess.DEVNULL)
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, folder + "/judged.zip"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map { String($0) }
  }

  /// What nothing packs.
  private static func noise(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* $0 &* 2_654_435_761) >> 13) }
  }

  private func line(_ name: String, _ bytes: [UInt8]) -> String {
    "\(name) \(Digest(of: bytes).hexadecimal)"
  }

  @Test func aRunIsPackedAsItStands() throws {
    try withFolder { folder in
      let run = folder + "/run"
      let noise = Self.noise(300_000)
      let files: [(String, [UInt8])] = [
        ("0040012/V001/packet.html", Array(String(repeating: "書類", count: 200_000).utf8)),
        ("0040012/V001/空.html", []), ("0040013/業者/noise", noise),
        ("rejects.csvs/一覧.csv", Array("a,b\r\n".utf8)), ("run.json", Array("{}".utf8)),
        ("verify.html", [0x41]),
      ]
      for (name, bytes) in files { try write(bytes, to: run + "/" + name) }
      try write([1], to: run + "/.tokki/journal")
      try write([1], to: run + "/print-vendor.html")
      let (bytes, longest) = try zip(run)
      #expect(longest < 1 << 20)
      #expect(try judged(bytes, in: folder) == files.map(line))
      #expect(try zip(run).bytes == bytes)
      let named = try judged(zip(run, prefix: "書類一式/").bytes, in: folder)
      #expect(named == files.map { line("書類一式/" + $0.0, $0.1) })
    }
  }

  @Test func aFileThatIsWrittenIntoMeanwhileIsRefused() throws {
    try withFolder { folder in
      let file = folder + "/packet.html"
      try write(Self.noise(1 << 20), to: file)
      var stream = try ZipStream(BatchFiles(folder))
      _ = try stream.next()
      try write(Self.noise(1 << 19), to: file)
      #expect(throws: FileSystem.Failure.changed(path: file)) {
        while try stream.next() != nil {}
      }
    }
  }

  @Test func nothingFromElsewhereGetsIn() throws {
    try withFolder { folder in
      let run = folder + "/run"
      try write(Array("秘密".utf8), to: folder + "/secret/packet.html")
      for (name, target) in [("link", "/secret/packet.html"), ("folder", "/secret")] {
        try write([1], to: run + "/0040012/V001/a.html")
        let link = run + "/0040012/V001/\(name)"
        try FileManager.default.createSymbolicLink(
          atPath: link,
          withDestinationPath: folder + target
        )
        #expect(throws: FileSystem.Failure.self) { try zip(run) }
        try FileManager.default.removeItem(atPath: run)
      }
    }
  }

  /// More files than the older kind of zip can count.
  @Test func aZipHasAnyNumberOfFiles() throws {
    struct Many: ZipEntries {
      var number = 0

      mutating func next() throws(FileSystem.Failure) -> ZipEntry? {
        number += 1
        return number <= 70_000 ? ZipEntry("契約/\(number)", [UInt8(number & 0xFF)]) : nil
      }
    }
    try withFolder { folder in
      var stream = try ZipStream(Many())
      var bytes: [UInt8] = []
      while let piece = try stream.next() { bytes += piece }
      let lines = try judged(bytes, in: folder)
      #expect(lines == (1...70_000).map { line("契約/\($0)", [UInt8($0 & 0xFF)]) })
    }
  }
}
