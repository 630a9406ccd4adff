/// The heaviest sequence of places of `a` and `b` that hold the same, both in their order.
func commonSubsequence<Element>(
  _ a: [Element],
  _ b: [Element],
  weight: (Element) -> Int,
  isSame: (Element, Element) -> Bool
) -> [(Int, Int)] {
  // What is alike at both ends needs no search.
  var start = 0
  while start < min(a.count, b.count), isSame(a[start], b[start]) { start += 1 }
  var (endA, endB) = (a.count, b.count)
  while endA > start, endB > start, isSame(a[endA - 1], b[endB - 1]) {
    endA -= 1
    endB -= 1
  }
  var common = (0..<start).map { ($0, $0) }
  let (rows, columns) = (endA - start, endB - start)
  if rows > 0, columns > 0 {
    // best[i][j]: of what stands behind i and j.
    let width = columns + 1
    var best = [Int](repeating: 0, count: (rows + 1) * width)
    for i in stride(from: rows - 1, through: 0, by: -1) {
      for j in stride(from: columns - 1, through: 0, by: -1) {
        var most = max(best[(i + 1) * width + j], best[i * width + j + 1])
        if isSame(a[start + i], b[start + j]) {
          most = max(most, best[(i + 1) * width + j + 1] + weight(a[start + i]))
        }
        best[i * width + j] = most
      }
    }
    var (i, j) = (0, 0)
    while i < rows, j < columns {
      let here = best[i * width + j]
      if isSame(a[start + i], b[start + j]),
        here == best[(i + 1) * width + j + 1] + weight(a[start + i])
      {
        common.append((start + i, start + j))
        i += 1
        j += 1
      } else if here == best[(i + 1) * width + j] {
        i += 1
      } else {
        j += 1
      }
    }
  }
  return common + zip(endA..<a.count, endB..<b.count).map { ($0, $1) }
}
