package import Diagnostics

extension Diagnostic {
  /// What is wrong with the message as a message: it is one sentence or more in each language.
  package var faultsOfStyle: [String] {
    var faults: [String] = []
    func expect(_ condition: Bool, _ fault: String) { if !condition { faults.append(fault) } }
    expect(message.ja.contains(/[\u{3041}-\u{30FF}]/), "The Japanese sentence has no kana.")
    // A rule's legal basis follows in brackets.
    expect(message.ja.contains(/。(（[^（）]+）)?$/), "The Japanese sentence has no end.")
    expect(message.en.contains(/[.!?](?: \([^()]+\))?$/), "The English sentence has no end.")
    if let hint = remedyOnCommandLine {
      expect(!hint.ja.isEmpty && !hint.en.isEmpty, "The hint is not in both languages.")
      expect(
        hint.ja.contains(/[\u{3041}-\u{30FF}\u{4E00}-\u{9FFF}]/),
        "The Japanese hint is not Japanese."
      )
    }
    return faults
  }
}
