import CPreviewPage
import Files

/// A file of the page, which is part of the program: nothing is read from the disk.
struct Asset {
  private let bytes: [UInt8]
  private let type: Reply.MediaType

  /// `path` is that of the file below the folder Page.
  init?(_ path: String) {
    guard let ending = path.split(separator: ".").last,
      let type = Reply.MediaType(ending: ending), let bytes = Self.bytes(ofFile: path)
    else { return nil }
    self.bytes = bytes
    self.type = type
  }

  /// What a file of the folder Page holds; nil if there is none at that path.
  static func bytes(ofFile path: String) -> [UInt8]? {
    // C sees no more of a path than what stands before a NUL.
    guard !path.utf8.contains(0) else { return nil }
    let file = tokki_page_file(path)
    return file.start.map { [UInt8](copying: $0, count: file.count) }
  }

  var reply: Reply { Reply(type: type, body: .bytes(bytes)) }
}

extension Reply.MediaType {
  fileprivate init?(ending: Substring) {
    switch ending {
    case "css": self = .css
    case "js": self = .javaScript
    case "svg": self = .svg
    case "png": self = .png
    case _: return nil
    }
  }
}
