package import Diagnostics
package import Files

/// A file of a kind that is no list, recognised by its bytes, whatever its name.
package enum ForeignFile: Equatable {
  case pdf, word, slides, openDocument, binaryWorkbook, archive, picture
  /// An HTML table or an XML spreadsheet that goes by the name of a workbook.
  case html, xml
  /// .xls.
  case oldWorkbook
  case encryptedWorkbook
  /// .xls or encrypted, which cannot be distinguished.
  case oldOrEncrypted
  case utf16, jis
  case semicolons

  /// Nil for what may be a list.
  package init?(_ head: [UInt8], _ file: InputFile) {
    let text = head.starts(with: TextEncoding.byteOrderMark) ? head.dropFirst(3) : head[...]
    let content = text.drop { $0 <= 0x20 }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      guard let kind = Self.ofZip(file) else { return nil }
      self = kind
    } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = Self.ofContainer(file)
    } else if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      self = .utf16
    } else if head.starts(with: "%PDF-".utf8) {
      self = .pdf
    } else if head.starts(with: "{\\rtf".utf8) {
      self = .word
    } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) || head.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .picture
    } else if head.starts(with: [0x1F, 0x8B]) || head.starts(with: [0x37, 0x7A, 0xBC, 0xAF])
      || head.starts(with: "Rar!".utf8)
    {
      self = .archive
    } else if content.first == UInt8(ascii: "<") {
      self = content.starts(with: "<?xml".utf8) ? .xml : .html
    } else if head.hasEscapes {
      self = .jis
    } else if head.isSeparatedBySemicolons {
      self = .semicolons
    } else {
      return nil
    }
  }

  private static func ofZip(_ file: InputFile) -> ForeignFile? {
    guard let archive = try? OfficeArchive(file, limits: WorkbookLimits()) else { return nil }
    func has(_ name: String) -> Bool { (try? archive.part(name)) != nil }
    if has("xl/workbook.xml") { return nil }
    if has("xl/workbook.bin") { return .binaryWorkbook }
    if has("word/document.xml") { return .word }
    if has("ppt/presentation.xml") { return .slides }
    if has("content.xml"), has("META-INF/manifest.xml") { return .openDocument }
    // A workbook may name its parts otherwise.
    return has("[Content_Types].xml") ? nil : .archive
  }

  /// By the names of the streams in the directory of an OLE container ([MS-CFB] 2.6).
  private static func ofContainer(_ file: InputFile) -> ForeignFile {
    var header: [UInt8] = []
    guard (try? file.read(512, at: 0, into: &header)) == true, header.count == 512,
      header[30] == 9 || header[30] == 12
    else { return .oldOrEncrypted }
    let sector = (0..<4).reduce(0) { $0 | Int(header[48 + $1]) << (8 * $1) }
    var directory: [UInt8] = []
    _ = try? file.read(4096, at: (sector + 1) << Int(header[30]), into: &directory)
    func has(_ name: String) -> Bool {
      // Names of letters alone, in UTF-16, ended by a NUL.
      let entry: [UInt8] = (name.utf8 + [0]).flatMap { (byte: UInt8) -> [UInt8] in [byte, 0] }
      return stride(from: 0, to: directory.count, by: 128).contains {
        directory[$0...].starts(with: entry)
      }
    }
    if has("EncryptedPackage") { return .encryptedWorkbook }
    if has("Workbook") || has("Book") { return .oldWorkbook }
    return has("WordDocument") ? .word : .oldOrEncrypted
  }

  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    let (ja, en) = sentence
    return Diagnostic(.unsupportedFile, at: location, ja: ja, en: en, hint: hint)
  }

  private var sentence: (ja: String, en: String) {
    switch self {
    case .pdf: ("PDFのファイルなので、一覧として読めません。", "This is a PDF and no list.")
    case .word: ("Wordの文書なので、一覧として読めません。", "This is a Word document and no list.")
    case .slides: ("PowerPointのファイルなので、一覧として読めません。", "This is a presentation and no list.")
    case .openDocument:
      ("OpenDocument形式（.odsなど）のファイルは読めません。", "OpenDocument files (.ods) are not read.")
    case .binaryWorkbook:
      ("Excelバイナリ形式（.xlsb）のファイルは読めません。", "Binary workbooks (.xlsb) are not read.")
    case .archive: ("圧縮ファイルなので、一覧として読めません。", "This is an archive and no list.")
    case .picture: ("画像のファイルなので、一覧として読めません。", "This is a picture and no list.")
    case .html:
      ("名前にかかわらず、中身はHTML（ウェブページの表）です。", "Whatever its name, this is HTML, a page's table.")
    case .xml:
      (
        "名前にかかわらず、中身はXML（XMLスプレッドシートなど）です。",
        "Whatever its name, this is XML, as an XML spreadsheet is."
      )
    case .oldWorkbook:
      ("旧形式（.xls）のExcelファイルは読めません。", "Workbooks of the old format (.xls) are not read.")
    case .encryptedWorkbook:
      ("パスワードの付いたExcelファイルは読めません。", "The workbook is encrypted with a password.")
    case .oldOrEncrypted:
      (
        "旧形式（.xls）か、パスワードの付いたExcelファイルは読めません。",
        "A workbook of the old format (.xls) or with a password cannot be read."
      )
    case .utf16: ("文字コードがUTF-16のファイルは読めません。", "The file is UTF-16, which is not read.")
    case .jis:
      ("文字コードがJIS（ISO-2022-JP）のファイルは読めません。", "The file is ISO-2022-JP, which is not read.")
    case .semicolons:
      ("値が「,」ではなく「;」で区切られています。", "The values are separated by ; and not by commas.")
    }
  }

  private var hint: Message {
    switch self {
    case .pdf, .picture:
      Message(ja: "元になったExcelかCSVのファイルを使ってください", en: "use the spreadsheet that it was made of")
    case .word, .slides:
      Message(
        ja: "表をExcelにコピーし、xlsx形式で保存してください",
        en: "copy the table into a spreadsheet and save it as xlsx"
      )
    case .archive:
      Message(ja: "展開して、中の一覧のファイルを選択してください", en: "unpack it, and choose the list within")
    case .openDocument, .binaryWorkbook, .html, .xml, .oldWorkbook:
      Message(
        ja: "Excelで開き、「名前を付けて保存」で「Excel ブック (*.xlsx)」を選んで保存してください",
        en: "open it in a spreadsheet program and save it as xlsx"
      )
    case .encryptedWorkbook, .oldOrEncrypted:
      Message(
        ja: "パスワードを解除し、xlsx形式で保存してください",
        en: "remove the password and save it as xlsx"
      )
    case .utf16, .jis, .semicolons:
      Message(
        ja: "Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し直してください",
        en: "save it again as CSV UTF-8"
      )
    }
  }
}

extension [UInt8] {
  /// ESC $ B, ESC $ @ and ESC ( J begin text in ISO-2022-JP.
  fileprivate var hasEscapes: Bool {
    for index in indices.dropLast(2) where self[index] == 0x1B {
      switch (self[index + 1], self[index + 2]) {
      case (UInt8(ascii: "$"), UInt8(ascii: "B")), (UInt8(ascii: "$"), UInt8(ascii: "@")),
        (UInt8(ascii: "("), UInt8(ascii: "J")):
        return true
      case _: break
      }
    }
    return false
  }

  /// Whether one of the first lines has two semicolons or more, and none a comma or a tab.
  fileprivate var isSeparatedBySemicolons: Bool {
    let lines = split(separator: 0x0A, maxSplits: 10).prefix(10)
    return lines.contains { $0.count { $0 == UInt8(ascii: ";") } >= 2 }
      && !lines.contains { $0.contains(UInt8(ascii: ",")) || $0.contains(0x09) }
  }
}
