// Functions that stand before those that they count: the linker brings every swift_retain of the program and of Swift's own
// libraries here (--wrap); glibc's allocator yields to a program's own.
#include "Counters.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

static _Thread_local struct tokki_counts counts;

struct tokki_counts tokki_counts(void) { return counts; }

void *__real_swift_retain(void *object);
void *__real_swift_retain_n(void *object, uint32_t n);
void *__real_swift_bridgeObjectRetain(void *object);

void *__wrap_swift_retain(void *object) {
  counts.retains++;
  return __real_swift_retain(object);
}

void *__wrap_swift_retain_n(void *object, uint32_t n) {
  counts.retains++;
  return __real_swift_retain_n(object, n);
}

void *__wrap_swift_bridgeObjectRetain(void *object) {
  counts.retains++;
  return __real_swift_bridgeObjectRetain(object);
}

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void *malloc(size_t size) {
  counts.mallocs++;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  counts.mallocs++;
  return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  counts.mallocs++;
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  counts.mallocs++;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  counts.mallocs++;
  *block = __libc_memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}
