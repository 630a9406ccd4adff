package import Diagnostics
import Glibc

extension FileSystem {
  /// Why a file could not be read or written.
  package enum Failure: Error, Equatable {
    case notFound
    case notRegular
    case tooLarge(limit: Int)
    /// A folder that holds something other than a packet.
    case notOurs(path: String)
    /// A link where none may be: what it leads to is somebody else's.
    case link(path: String)
    /// An input that someone wrote into while it was read.
    case changed(path: String)
    case system(errno: Int32, path: String)
  }
}

extension FileSystem.Failure {
  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    switch self {
    case .notFound:
      Diagnostic(.fileUnreadable, at: location, ja: "ファイルがありません。", en: "There is no such file.")
    case .notRegular:
      Diagnostic(
        .fileUnreadable,
        at: location,
        ja: "通常のファイルではありません。",
        en: "This is not a regular file."
      )
    case .tooLarge(let limit):
      Diagnostic(
        .fileTooLarge,
        at: location,
        ja: "ファイルが大きすぎます（\(limit >> 20) MiBまで）。",
        en: "The file is too large (the limit is \(limit >> 20) MiB)."
      )
    case .notOurs: .folderOccupied(at: location)
    case .link: .linkRefused(.fileUnreadable, at: location)
    case .changed: .fileChangedWhileRead(at: location)
    case .system(let errno, _):
      Diagnostic(
        .fileUnreadable,
        at: location,
        ja: "ファイルを読めません（\(Self.reason(errno).ja)、errno \(errno)）。",
        en: "The file cannot be read (\(Self.reason(errno).en), errno \(errno))."
      )
    }
  }

  /// What is said where a person's own file could not be written.
  package func diagnosticOfSaving(at location: SourceLocation) -> Diagnostic {
    switch self {
    case .notFound, .notRegular, .tooLarge, .notOurs, .link, .changed: diagnostic(at: location)
    case .system(let errno, _):
      Diagnostic(
        .outputNotWritten,
        at: location,
        ja: "保存できません（\(Self.reason(errno).ja)、errno \(errno)）。",
        en: "This cannot be saved (\(Self.reason(errno).en), errno \(errno))."
      )
    }
  }

  /// What is said where a store could not be written.
  package var diagnosticOfStore: Diagnostic {
    diagnosticOfWriting(at: SourceLocation(file: path ?? ""), advice: .chooseStore)
  }

  /// What is said where nothing was to be read.
  package func diagnosticOfWriting(at location: SourceLocation, advice: Advice = .chooseOutput)
    -> Diagnostic
  {
    switch self {
    case .notFound, .notRegular, .tooLarge: diagnostic(at: location)
    case .notOurs: .folderOccupied(at: location)
    case .link: .linkRefused(.outputNotWritten, at: location)
    case .changed: .fileChangedWhileRead(at: location)
    case .system(let errno, _):
      Diagnostic(
        .outputNotWritten,
        at: location,
        ja: "書き込めません（\(Self.reason(errno).ja)、errno \(errno)）。",
        en: "This cannot be written (\(Self.reason(errno).en), errno \(errno)).",
        advice: advice
      )
    }
  }

  private static func reason(_ errno: Int32) -> Message {
    switch errno {
    case EACCES, EPERM: Message(ja: "権限がありません", en: "permission denied")
    case ENOSPC, EDQUOT: Message(ja: "ディスクに空きがありません", en: "the disk is full")
    case EROFS: Message(ja: "書込みのできないディスクです", en: "the disk is read-only")
    case ENOTDIR, EEXIST:
      Message(ja: "フォルダーのあるべき所にファイルがあります", en: "a file stands where a folder should")
    case ENAMETOOLONG: Message(ja: "名前が長すぎます", en: "the name is too long")
    case EIO: Message(ja: "ディスクの読み書きの障害です", en: "input/output error")
    case EMFILE, ENFILE: Message(ja: "開いているファイルが多すぎます", en: "too many open files")
    case _: Message(ja: "システムのエラーです", en: "an error of the system")
    }
  }
}

extension FileSystem.Failure {
  /// The file or folder that it is about, if that is known.
  package var path: String? {
    switch self {
    case .system(_, let path), .notOurs(let path), .link(let path), .changed(let path): path
    case .notFound, .notRegular, .tooLarge: nil
    }
  }
}

extension Diagnostic {
  fileprivate static func linkRefused(_ code: DiagnosticCode, at location: SourceLocation) -> Self {
    Diagnostic(
      code,
      at: location,
      ja: "リンク（シンボリックリンク）なので、使いません。",
      en: "This is a symbolic link, which is not followed.",
      hint: Message(
        ja: "リンク先のものを、リンクではなく、そのままここに移してください。",
        en: "Put what it leads to here in its place."
      )
    )
  }

  fileprivate static func fileChangedWhileRead(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileUnreadable,
      at: location,
      ja: "読み込んでいる間に、ファイルが書き換えられました。",
      en: "The file was written into while it was read.",
      hint: Message(ja: "保存が終わってから、もう一度実行してください。", en: "Run again when it has been saved.")
    )
  }

  package static func folderOccupied(at location: SourceLocation) -> Self {
    Diagnostic(
      .folderOccupied,
      at: location,
      ja: "書類一式ではないものが入っているフォルダーなので、書き込みません。",
      en: "The folder holds something other than a packet, so nothing is written to it.",
      advice: .clearFolder
    )
  }
}
