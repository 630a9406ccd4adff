import CPreviewPage
import Packets

/// A file of the page, which is part of the program: nothing is read from the disk.
struct Asset: Equatable {
  private let bytes: [UInt8]
  private let type: Reply.MediaType

  init?(_ name: String) {
    guard let ending = name.split(separator: ".").last,
      let type = Reply.MediaType(ending: ending), let bytes = Self.bytes(ofFile: name)
    else { return nil }
    self.bytes = bytes
    self.type = type
  }

  /// What a file of the folder Page holds; nil if there is none of that name.
  static func bytes(ofFile name: String) -> [UInt8]? {
    // C sees no more of a name than what stands before a NUL.
    guard !name.utf8.contains(0) else { return nil }
    let file = tokki_page_file(name)
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
