/// The candidate nearest to a misspelt name, if one is near enough to be what was meant.
///
/// Near enough: at most a third of the longer name's length in insertions, deletions, substitutions and swaps of neighbours
/// (optimal string alignment). The first of equally near candidates wins, so the order of the candidates decides, not a hash.
package func didYouMean(_ name: String, among candidates: some Sequence<String>) -> String? {
  let typed = Array(name.unicodeScalars)
  guard typed.count <= 200 else { return nil }
  var best: (distance: Int, name: String)?
  for candidate in candidates where candidate != name {
    let other = Array(candidate.unicodeScalars)
    let limit = max(typed.count, other.count) / 3
    guard limit > 0, abs(typed.count - other.count) <= limit else { continue }
    let distance = editDistance(typed, other, swapsCountOnce: true)
    if distance <= limit, distance < best?.distance ?? Int.max {
      best = (distance, candidate)
    }
  }
  return best?.name
}

/// The least number of insertions, deletions and substitutions, and with `swapsCountOnce` of swaps of neighbours, that make one
/// text of the other.
package func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], swapsCountOnce: Bool) -> Int
{
  // What is alike at both ends takes no edit.
  let prefix = zip(a, b).prefix { $0 == $1 }.count
  let suffix = zip(a.dropFirst(prefix).reversed(), b.dropFirst(prefix).reversed())
    .prefix { $0 == $1 }.count
  let (a, b) = (Array(a[prefix..<(a.count - suffix)]), Array(b[prefix..<(b.count - suffix)]))
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in 1...a.count {
    var current = [i]
    for j in 1...b.count {
      var cost = min(
        previous[j] + 1,
        current[j - 1] + 1,
        previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      )
      if swapsCountOnce, i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        cost = min(cost, beforePrevious[j - 2] + 1)
      }
      current.append(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.count]
}
