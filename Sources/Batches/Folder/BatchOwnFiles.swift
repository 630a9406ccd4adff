import Diagnostics
import Files
import Packets

extension BatchFileName {
  /// How the files begin that say what a batch made; what begins otherwise is somebody else's.
  static let heads: [(name: String, bytes: [UInt8])] = [
    (manifest, Array("{\n  \"format\": \"tokki-run-".utf8)),
    (verifyPage, Array(VerifyPage.html.prefix { $0 != UInt8(ascii: "{") })),
  ]
}

extension OutputFolder {
  /// Writes a file of the batch itself.
  func write(_ bytes: [UInt8], to name: String, syncs: Bool) throws(FileSystem.Failure) {
    if FileSystem.isFile(place(of: name)), FileSystem.holds(bytes, in: place(of: name)) { return }
    let staged = staging + "/" + name
    try FileSystem.write(bytes, to: staged, mode: rights.file, syncs: false)
    try publish(name, syncs: syncs)
  }

  /// Puts a file or a folder of the batch itself, which lies staged, in its place in one step.
  ///
  /// What holds these bytes already is not touched.
  func publish(_ name: String, syncs: Bool) throws(FileSystem.Failure) {
    let (staged, place) = (staging + "/" + name, place(of: name))
    if case .success(let bytes) = FileSystem.read(staged, atMost: 64 << 20),
      FileSystem.isFile(place), FileSystem.holds(bytes, in: place)
    {
      return try FileSystem.remove(staged)
    }
    for file in try FileSystem.names(in: staged) ?? [] {
      try FileSystem.setMode(rights.file, of: staged + "/" + file)
    }
    try FileSystem.setMode(
      FileSystem.isFolder(staged) ? rights.folder : rights.file,
      of: staged
    )
    if syncs { try syncEverything() }
    // A rename replaces a file in one step, but no folder.
    if FileSystem.isFolder(place) {
      try FileSystem.remove(try exchange(staged, for: name))
    } else {
      try FileSystem.rename(staged, place)
    }
    if syncs { try FileSystem.sync(path) }
  }

  /// Takes a file of the batch away, if there is one.
  func remove(_ name: String, syncs: Bool) throws(FileSystem.Failure) {
    guard FileSystem.exists(place(of: name)) else { return }
    try FileSystem.remove(place(of: name))
    if syncs { try FileSystem.sync(path) }
  }

  /// Whether a file may be written over: there is none, or it begins as a batch's does.
  func mayReplace(_ name: String, beginning head: [UInt8]) throws(FileSystem.Failure) -> Bool {
    switch try FileSystem.kind(of: place(of: name)) {
    case nil: return true
    case .folder, .link, .other: return false
    case .file:
      var bytes: [UInt8] = []
      _ = try InputFile(place(of: name)).read(head.count, at: 0, into: &bytes)
      return bytes == head
    }
  }

  /// Whether a list of rejects was written by a batch here, and has not changed since; true if there is none.
  func mayReplaceRejects(_ name: String) throws(FileSystem.Failure) -> Bool {
    guard try FileSystem.kind(of: place(of: name)) != nil else { return true }
    // What no list is made of, such as a folder in a folder, is a person's.
    guard let digest = try? Digest(ofList: place(of: name)) else { return false }
    return try knownRejects().contains(digest)
  }

  /// Gives a list of rejects another name, `rejects.1.csv` or the next that is free; answers with its path.
  func keepRejects(_ name: String) throws(FileSystem.Failure) -> String {
    let other = try FileSystem.freePlace(beside: place(of: name))
    try FileSystem.rename(place(of: name), other)
    return other
  }

  /// Notes a list of rejects that is about to be published.
  func noteRejects(_ staged: String) throws(FileSystem.Failure) {
    let digest = try Digest(ofList: staged)
    let known = try knownRejects()
    guard !known.contains(digest) else { return }
    let text = (known + [digest]).map { $0.hexadecimal + "\n" }.joined()
    try FileSystem.remove(rejects)
    try FileSystem.write(Array(text.utf8), to: rejects, mode: rights.file, syncs: false)
  }

  func knownRejects() throws(FileSystem.Failure) -> [Digest] {
    switch FileSystem.read(rejects, atMost: 1 << 20, followsLinks: false) {
    case .success(let bytes):
      return bytes.split(separator: 0x0A).compactMap { Digest(hexadecimal: $0) }
    case .failure(.notFound): return []
    case .failure(let failure): throw failure
    }
  }
}
