// How often this process has retained a Swift object and taken memory.
#ifndef TOKKI_BENCHMARKS_COUNTERS_H
#define TOKKI_BENCHMARKS_COUNTERS_H

/// Of one thread, since it began.
struct tokki_counts {
  /// Calls of swift_retain and its kin, for objects that need none, too.
  long retains;
  /// Blocks taken with malloc(3) and its kin, realloc(3) among them.
  long mallocs;
};

struct tokki_counts tokki_counts(void);

#endif
