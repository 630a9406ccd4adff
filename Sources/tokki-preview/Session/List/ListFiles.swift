import Files
import Tables

/// The files of a list on their way into the session's own folder.
struct ListFiles {
  private let folder: String
  /// The list itself, if it did not come in files.
  private var copy: String?
  private(set) var names: [ListFileName] = []
  /// Whether they are a folder, however few they are.
  private let isFolder: Bool

  private static let mostFiles = 200

  /// Why a file cannot be part of the list.
  struct Refusal: Error {
    let message: String
    let hint: String?
  }

  /// A list of which nothing has come yet; `folder` is where a folder for it is made.
  init(in folder: String, called name: String?) throws(FileSystem.Failure) {
    isFolder = name != nil
    self.folder = folder + "/" + (name ?? "契約・委託先一覧")
    try FileSystem.makeFolders(self.folder)
  }

  /// A list that is there already.
  init(at path: String) {
    folder = path
    copy = path
    isFolder = FileSystem.isFolder(path)
  }

  /// The folder in which its files lie, or would if it were one.
  var place: String {
    guard let copy, !isFolder, let slash = copy.lastIndex(of: "/") else { return folder }
    return String(copy[..<slash])
  }

  /// The path of the list; nil while there is none.
  var path: String? {
    if let copy { return copy }
    guard let first = names.first else { return nil }
    return isFolderOfTables ? folder : folder + "/" + first.text
  }

  var isFolderOfTables: Bool { isFolder || names.count > 1 }

  /// Takes note of a file that is to come, if one of that name may come.
  mutating func announce(_ text: String) throws(Refusal) -> ListFileName {
    let name: ListFileName
    do throws(ListFileName.Refusal) { name = try ListFileName(text) } catch {
      switch error {
      case .notAName:
        throw Refusal(message: "このファイル名は使えません。", hint: "短い、普通の名前に変えてから、もう一度置いてください。")
      case .unknownKind:
        throw Refusal(
          message: "一覧として読めない種類のファイルです。",
          hint: "CSV、TSV、Excel（xlsx）、又はCSVを入れたフォルダーを置いてください。"
        )
      }
    }
    guard names.count < Self.mostFiles else {
      throw Refusal(message: "ファイルが多すぎます（\(Self.mostFiles)個まで）。", hint: nil)
    }
    guard !names.contains(where: { $0.text.utf8.elementsEqual(text.utf8) }) else {
      throw Refusal(message: "同じ名前のファイルが二つあります。", hint: nil)
    }
    let others = names + [name]
    guard !isFolder && others.count == 1 || others.allSatisfy(\.isTable) else {
      throw Refusal(
        message: "一度に読み込めるのは、一つのファイルか、CSVを入れたフォルダーです。",
        hint: "Excelの一覧は一つだけ置いてください。"
      )
    }
    names = others
    return name
  }

  /// Takes note that an announced file does not come.
  mutating func withdraw(_ name: ListFileName) {
    names.removeAll { $0.text.utf8.elementsEqual(name.text.utf8) }
  }

  /// Writes a file as it comes; what its upload throws is thrown on, and nothing of it stays.
  func receive(_ name: ListFileName, from upload: Upload) async throws {
    let path = folder + "/" + name.text
    do {
      let file = try OutputFile(path)
      for try await piece in upload {
        try file.write(piece)
      }
      try file.finish()
    } catch {
      try? FileSystem.remove(path)
      throw error
    }
  }
}
