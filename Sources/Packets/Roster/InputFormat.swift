import Diagnostics

/// The formats in which a roster may be written.
enum InputFormat: Sendable {
  case csv

  /// Why a file that begins with these bytes cannot be read at all.
  static func refusal(of head: [UInt8], _ path: String) -> Diagnostic? {
    let place = SourceLocation(file: path)
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .oldWorkbook(at: place) }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      return .utf16(at: place)
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func oldWorkbook(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unsupportedFile,
      at: location,
      ja: "旧形式（.xls）か、パスワードの付いたExcelファイルは読めません。",
      en: "A workbook of the old format (.xls) or with a password cannot be read.",
      hint: Message(
        ja: "パスワードを解除し、xlsx形式で保存してください",
        en: "remove the password and save it as xlsx"
      )
    )
  }

  fileprivate static func utf16(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unsupportedFile,
      at: location,
      ja: "文字コードがUTF-16のファイルは読めません。",
      en: "The file is UTF-16, which is not read.",
      hint: Message(
        ja: "Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し直してください",
        en: "save it anew as CSV UTF-8"
      )
    )
  }
}
