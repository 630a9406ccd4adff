import HTTPTypes

/// A line of the table of all that can be asked of the server: numbers and closed names, never a path to anything.
struct Route: Sendable {
  typealias Answer = @Sendable (Incoming) async throws -> Reply

  /// What comes with a request beside its target.
  struct Incoming: Sendable {
    let body: Upload
    /// What stands in the fields that name a file.
    let fileNames: [String]
  }

  let method: HTTPRequest.Method
  /// Its name in the access log, which shows nothing that was asked about: `/paper/#`.
  let pattern: String
  /// How many bytes may come with it.
  let bodyLimit: Int
  /// How the route answers a target; nil for one that is not its own.
  let answer: @Sendable (Target) -> Answer?
}

extension Route {
  /// In `pattern` each # stands for a number of the answer: `/paper/#`, `/rows?from=#&count=#`.
  static func get(
    _ pattern: String,
    _ answer: @escaping @Sendable ([Int]) async throws -> Reply
  ) -> Self {
    Self(method: .get, pattern: pattern, bodyLimit: 0) { target in
      guard let numbers = target.numbers(of: pattern) else { return nil }
      return { _ in try await answer(numbers) }
    }
  }

  /// What lies below a folder, by its path there.
  static func get(below folder: String, _ reply: @escaping @Sendable (String) -> Reply?) -> Self {
    Self(method: .get, pattern: folder, bodyLimit: 0) { target in
      guard target.query.isEmpty, target.path.hasPrefix(folder),
        let reply = reply(String(target.path.dropFirst(folder.count)))
      else { return nil }
      return { _ in reply }
    }
  }

  /// A body that is held in memory as a whole.
  static func post(
    body pattern: String,
    _ answer: @escaping @Sendable ([UInt8]) async throws -> Reply
  ) -> Self {
    post(pattern, atMost: mostBytes) { try await answer(try await $0.body.collected()) }
  }

  /// A file, whose name stands in the head.
  ///
  /// What its upload throws (too large, cut off) is to be thrown on.
  static func post(
    file pattern: String,
    atMost limit: Int = mostBytes,
    _ answer: @escaping @Sendable (String, Upload) async throws -> Reply
  ) -> Self {
    post(pattern, atMost: limit) { incoming in
      guard let name = FileName(headers: incoming.fileNames) else { return .unnamedFile }
      return try await answer(name.text, incoming.body)
    }
  }

  private static let mostBytes = 2 << 20

  private static func post(_ pattern: String, atMost limit: Int, _ answer: @escaping Answer) -> Self
  {
    Self(method: .post, pattern: pattern, bodyLimit: limit) { target in
      target.numbers(of: pattern).map { _ in answer }
    }
  }
}
