package import Diagnostics
package import Files

/// Why a file cannot be read as a workbook.
package enum WorkbookFault: Error, Equatable {
  case file(FileSystem.Failure)
  /// No zip, or a zip that holds something else.
  case notWorkbook
  /// .xls, or encrypted: both begin as an OLE container, so that they cannot be distinguished.
  case protected
  /// A part is missing, is no XML, or says what no spreadsheet says.
  case damaged
  /// It has nothing but charts, or nothing at all.
  case noWorksheet
  /// Beyond a limit of `WorkbookLimits`.
  case tooLarge

  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    switch self {
    case .file(let failure): failure.diagnostic(at: location)
    case .notWorkbook: .notWorkbook(at: location)
    case .protected: .protectedWorkbook(at: location)
    case .damaged: .damagedWorkbook(at: location)
    case .noWorksheet: .noWorksheet(at: location)
    case .tooLarge: .workbookTooLarge(at: location)
    }
  }
}

/// Bounds on what a workbook may unfold to: within 256 MB of memory, and within five seconds of work, which are counted, not timed,
/// so that the same file is read, or refused, everywhere.
package struct WorkbookLimits: Sendable {
  /// Of the file itself.
  package var bytes = 512 << 20
  /// Parts in the zip.
  package var entries = 10_000
  /// Of all parts that were read, unpacked.
  package var unpacked = 2 << 30
  /// How many times its packed size a part may unfold to, once it is beyond 16 MiB: a sheet of equal cells reaches about 50.
  package var ratio = 250
  /// Worksheets, each of which is looked at.
  package var sheets = 500
  /// Of the texts that the cells share, and of what a sheet beside the roster holds.
  package var heldText = 128 << 20
  /// Of a sheet, the bytes of its cells' texts and 64 for each cell, with those that are left out between filled ones: measured,
  /// 33 million cells take four seconds.
  package var work = 2 << 30
  /// Of a part that is held in memory as a whole.
  package var smallPart = 32 << 20

  package init() {}
}

extension Diagnostic {
  fileprivate static func notWorkbook(at location: SourceLocation) -> Self {
    Diagnostic(
      .unsupportedFile,
      at: location,
      ja: "xlsx形式のファイルではありません。",
      en: "This is not an XLSX file.",
      hint: Message(
        ja: "Excelで開き、「Excel ブック (*.xlsx)」の形式で保存してください",
        en: "open it in a spreadsheet program and save it as .xlsx"
      )
    )
  }

  fileprivate static func protectedWorkbook(at location: SourceLocation) -> Self {
    Diagnostic(
      .unsupportedFile,
      at: location,
      ja: "パスワードで保護されているか、古い形式（.xls）のファイルなので、読めません。",
      en: "The file is protected by a password or is of the old .xls format, and cannot be read.",
      hint: Message(
        ja: "パスワードを解除し、xlsx形式で保存してください",
        en: "remove the password and save it as .xlsx"
      )
    )
  }

  fileprivate static func damagedWorkbook(at location: SourceLocation) -> Self {
    Diagnostic(
      .workbookDamaged,
      at: location,
      ja: "ファイルが壊れているか、xlsx形式として正しくないので、ここから先を読めません。",
      en: "The file is damaged or is no correct XLSX, and cannot be read from here on.",
      hint: Message(
        ja: "Excelで開き、名前を付けて保存し直してください",
        en: "open it in a spreadsheet program and save it again"
      )
    )
  }

  fileprivate static func noWorksheet(at location: SourceLocation) -> Self {
    Diagnostic(
      .unsupportedFile,
      at: location,
      ja: "セルのあるシートがありません。",
      en: "The workbook has no worksheet.",
      hint: Message(
        ja: "グラフだけのブックなどは読み込めません。一覧のシートのあるブックを選択してください",
        en: "it may hold charts alone; choose the workbook that has the list"
      )
    )
  }

  package static func workbookTooLarge(at location: SourceLocation) -> Self {
    Diagnostic(
      .workbookTooLarge,
      at: location,
      ja: "展開後のデータが多すぎるため、読み込めません（メモリー256 MB、処理5秒に相当する量まで）。",
      en:
        "The file unfolds to more than is read: what takes 256 MB of memory, or five seconds of work.",
      hint: Message(
        ja: "使っていない行や列、シートを削除するか、CSVで保存してください",
        en: "delete unused rows, columns and sheets, or save it as CSV"
      )
    )
  }
}
