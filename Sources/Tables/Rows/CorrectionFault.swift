package import Diagnostics
import Files
import Records

extension Diagnostic {
  /// Of a text that the encoding of its file, CP932, cannot hold.
  ///
  /// `text` is not repeated but for the code points of what is foreign in it.
  package static func notInEncoding(
    _ text: [UInt8],
    at location: SourceLocation,
    isRefused: Bool = false
  )
    -> Diagnostic
  {
    var foreign: [String] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars
    where CP932.encodeExactly(Array(String(scalar).utf8)) == nil {
      let name = scalar.codePoint
      if !foreign.contains(name) { foreign.append(name) }
    }
    let names = foreign.prefix(3).joined(separator: ", ") + (foreign.count > 3 ? ", …" : "")
    return Diagnostic(
      .invalidEncoding,
      isRefused ? .warning : .error,
      at: location,
      ja: "この一覧の文字コード（CP932）では書けない文字（\(names)）があります。"
        + (isRefused ? "元の値のままにしました。" : ""),
      en: "CP932, in which the list is written, has no such character: \(names)."
        + (isRefused ? " The cell was left as it was." : ""),
      hint: Message(
        ja: "一覧を「CSV UTF-8（コンマ区切り）」かxlsxで保存し直して読み込むと、書けます",
        en: "save the list again as CSV UTF-8 or xlsx, and it can be written"
      )
    )
  }
}
