import Diagnostics

/// Puts what files below an edition lack, because it leaves a field out, down to the edition: its keeper does not change them.
enum OmittedFields {
  static func blamed(_ diagnostics: [Diagnostic], _ template: Template) -> [Diagnostic] {
    let omitted = template.edition.omissions.filter { $0.kind == .field }.map(\.name)
    guard !omitted.isEmpty else { return diagnostics }
    var files: [Name: [String]] = [:]
    var others: [Diagnostic] = []
    for diagnostic in diagnostics.sorted(by: { $0.location < $1.location }) {
      let place = diagnostic.location
      guard diagnostic.code == .unknownField || diagnostic.code == .unansweredRequirement,
        template.inheritedFiles.contains(place.file),
        let name = omitted.first(where: {
          diagnostic.message.ja.contains($0.text.pathComponents.last ?? "")
        })
      else {
        others.append(diagnostic)
        continue
      }
      files[name, default: []].append("\(place.file):\(place.line)")
    }
    return others + files.map { .omittedFieldInUse($0.key, in: $0.value) }
  }
}

extension Diagnostic {
  fileprivate static func omittedFieldInUse(_ field: Name, in places: [String]) -> Self {
    Diagnostic(
      .unknownField,
      at: field.location,
      ja: "省いた項目「\(field.text)」を、継承するファイル（\(places.joined(separator: "、"))）が使っています。",
      en:
        "Files that are extended (\(places.joined(separator: ", "))) use the field “\(field.text)”, "
        + "which is left out.",
      hint: Message(
        ja: "その様式をこの版の forms に写して改めるか、<omit form=\"…\"/> で様式ごと省いてください。",
        en:
          "Copy the form into this edition's folder forms and change it, or leave it out: <omit form=\"…\"/>."
      )
    )
  }
}
