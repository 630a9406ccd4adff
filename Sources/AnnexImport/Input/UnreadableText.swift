import Diagnostics
import Tables

/// A file of a kind whose text is not read.
enum UnreadableText {
  case pdf, picture, oldWord, richText, encrypted, spreadsheet, archive, other

  /// Nil for what may be read; a document of Word in the new format is `oldWord`, too; its first bytes show which it is.
  init?(_ file: ForeignFile, isRichText: Bool) {
    switch file {
    case .pdf: self = .pdf
    case .picture: self = .picture
    case .word: self = isRichText ? .richText : .oldWord
    case .encryptedWorkbook, .oldOrEncrypted: self = .encrypted
    case .binaryWorkbook, .oldWorkbook: self = .spreadsheet
    case .archive: self = .archive
    case .slides, .openDocument: self = .other
    case .html, .xml, .utf16, .jis, .semicolons: return nil
    }
  }
}

extension Diagnostic {
  static func unreadableText(_ kind: UnreadableText, at location: SourceLocation) -> Self {
    let (ja, en): (String, String) =
      switch kind {
      case .pdf: ("PDFのファイルは読めません。", "PDF files are not read.")
      case .picture: ("画像のファイルは読めません。", "Pictures are not read.")
      case .oldWord: ("旧形式（.doc）のWord文書は読めません。", "Documents of the old format (.doc) are not read.")
      case .richText: ("リッチテキスト（.rtf）は読めません。", "Rich text (.rtf) is not read.")
      case .encrypted: ("パスワードの付いた文書は読めません。", "A document with a password is not read.")
      case .spreadsheet: ("Excelのファイルは、条文として読めません。", "A spreadsheet is not read as a text.")
      case .archive: ("圧縮ファイルは読めません。", "Archives are not read.")
      case .other: ("この形式のファイルは読めません。", "Files of this format are not read.")
      }
    return Diagnostic(.unsupportedFile, at: location, ja: ja, en: en, hint: hint(kind))
  }

  private static func hint(_ kind: UnreadableText) -> Message {
    switch kind {
    case .pdf:
      Message(
        ja: "PDFから条文をコピーしてテキスト（UTF-8）で保存してください。画像だけのPDFは、文字を入力し直すか、元の文書を使ってください",
        en:
          "copy its text into a plain text in UTF-8; of a PDF that is a picture, use the document that it was made of"
      )
    case .picture: Message(ja: "元の文書を使ってください", en: "use the document that it was made of")
    case .oldWord, .richText:
      Message(ja: "Wordで開き、Word文書（.docx）で保存してください", en: "open it in Word and save it as .docx")
    case .encrypted:
      Message(ja: "パスワードを解除し、.docxで保存してください", en: "remove the password and save it as .docx")
    case .spreadsheet, .other:
      Message(
        ja: "条文をテキスト（UTF-8）又はWord文書（.docx）で保存してください",
        en: "save the text as plain text in UTF-8 or as .docx"
      )
    case .archive: Message(ja: "展開して、中の文書を指定してください", en: "unpack it, and give the document within")
    }
  }

  static func emptyText(at location: SourceLocation) -> Self {
    Diagnostic(
      .noProvisions,
      at: location,
      ja: "ファイルに文字がありません。",
      en: "There is no text in the file.",
      hint: Message(ja: "条文のある文書を指定してください", en: "give a document that has the provisions")
    )
  }

  static func unknownEncoding(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidEncoding,
      at: location,
      ja: "文字コードがUTF-8でもShift_JIS（CP932）でもありません。",
      en: "The text is neither UTF-8 nor Shift_JIS (CP932).",
      hint: Message(
        ja: "メモ帳などで開き、文字コードに「UTF-8」を選んで保存し直してください",
        en: "open it in an editor and save it as UTF-8"
      )
    )
  }

  static func damagedDocument(at location: SourceLocation) -> Self {
    Diagnostic(
      .unsupportedFile,
      at: location,
      ja: "ファイルが壊れているか、Word文書（.docx）として正しくありません。",
      en: "The file is damaged or no correct document of Word.",
      hint: Message(ja: "Wordで開き、名前を付けて保存し直してください", en: "open it in Word and save it anew")
    )
  }
}
