import Diagnostics

/// A file of a kind that is no data file, recognised by its bytes, whatever its name.
enum ForeignData {
  case workbook, word, archive, oldOffice, pdf, picture

  /// Nil for what may be text.
  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      // The names of an archive's parts stand in it as they are.
      self =
        bytes.contains("xl/".utf8) ? .workbook : bytes.contains("word/".utf8) ? .word : .archive
    } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .oldOffice
    } else if bytes.starts(with: "%PDF-".utf8) {
      self = .pdf
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
      || bytes.starts(with: [0xFF, 0xD8, 0xFF])
    {
      self = .picture
    } else {
      return nil
    }
  }

  func diagnostic(at location: SourceLocation) -> Diagnostic {
    let (ja, en) = name
    return Diagnostic(
      .unsupportedFile,
      at: location,
      ja: "\(ja)なので、契約データ（YAML・JSON）として読めません。",
      en: "This is \(en) and no data of a contract (YAML, JSON).",
      advice: self == .workbook ? .readAsList : nil
    )
  }

  private var name: (ja: String, en: String) {
    switch self {
    case .workbook: ("Excelブック", "a workbook")
    case .word: ("Wordの文書", "a Word document")
    case .archive: ("圧縮ファイル", "an archive")
    case .oldOffice: ("旧形式（.xlsなど）又はパスワード付きのOfficeのファイル", "an old or encrypted Office file")
    case .pdf: ("PDFのファイル", "a PDF")
    case .picture: ("画像のファイル", "a picture")
    }
  }
}
