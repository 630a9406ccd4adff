// Two programs of C's and a copy, as peers that wait for their turns:
//
//   flat FOLDER      a path is flat/CASE.FORMAT, straight/CASE.FORMAT or memcpy/CASE.FORMAT
//
// flat: one program for every template, as one would write it by hand, over a flat list of operations. straight: a program for each
// template, with its text in the code. memcpy: the finished bytes. See flat.py for programs.h.
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/// A text in the arena, the items or lines of a list, or a condition: 1 holds, 0 does not.
struct cell {
  uint32_t start, count;
};

#define ABSENT 0xFFFFFFFFu

struct operation {
  enum { COPY, VALUE, RAW, LINES, BRANCH, JUMP, LOOP, NEXT } kind;
  uint32_t frame, item, cell, target;
  struct {
    uint32_t start, count;
  } text, other;
};

struct program {
  const char *path;
  uint8_t *(*straight)(uint8_t *o, const struct cell *cells, const uint8_t *arena);
  const struct operation *operations;
  size_t count;
  const uint8_t *literals;
};

/// Sixteen bytes at a time as long as there is nothing to escape; 16 bytes behind the value may be read and written.
static inline uint8_t *escape(uint8_t *o, const uint8_t *value, uint32_t count) {
  const uint8_t *end = value + count;
  while (value < end) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)value);
    _mm_storeu_si128((__m128i *)o, bytes);
    __m128i found = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('<'))),
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('>')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))));
    unsigned mask = (unsigned)_mm_movemask_epi8(found);
    size_t left = (size_t)(end - value), width = left < 16 ? left : 16;
    if (left < 16) mask &= (1u << left) - 1;
    if (!mask) {
      value += width;
      o += width;
      continue;
    }
    unsigned clean = (unsigned)__builtin_ctz(mask);
    value += clean;
    o += clean;
    const char *name = *value == '&' ? "&amp;" : *value == '<' ? "&lt;" : *value == '>' ? "&gt;" : "&quot;";
    size_t length = strlen(name);
    memcpy(o, name, length);
    o += length;
    value++;
  }
  return o;
}

#define copy(bytes, count) (memcpy(o, bytes, count), o += (count))
#define raw(cell) (memcpy(o, arena + (cell).start, (cell).count), o += (cell).count)
#define escaped(cell) (o = escape(o, arena + (cell).start, (cell).count))

#include "programs.h"

static uint8_t *flat(const struct program *program, uint8_t *o, const struct cell *cells, const uint8_t *arena) {
  const struct operation *operations = program->operations, *end = operations + program->count;
  const uint8_t *literals = program->literals;
  const struct cell *frames[8] = {cells};
  uint32_t left[8];
  for (const struct operation *op = operations; op < end;) {
    struct cell cell = frames[op->frame][op->cell];
    switch (op->kind) {
      case COPY:
        copy(literals + op->text.start, op->text.count);
        break;
      case VALUE:
      case RAW:
        if (cell.count == ABSENT)
          copy(literals + op->text.start, op->text.count);
        else if (op->kind == RAW)
          raw(cell);
        else
          escaped(cell);
        break;
      case LINES:
        if (cell.count == ABSENT) {
          copy(literals + op->text.start, op->text.count);
          break;
        }
        for (uint32_t n = 0; n < cell.count; n++) {
          if (n) copy(literals + op->other.start, op->other.count);
          escaped(cells[cell.start + n]);
        }
        break;
      case BRANCH:
        if (cell.count == 1) break;
        op = operations + op->target;
        continue;
      case JUMP:
        op = operations + op->target;
        continue;
      case LOOP:
        if (cell.count) {
          frames[op->item] = cells + cell.start;
          left[op->item] = cell.count;
          break;
        }
        op = operations + op->target;
        continue;
      case NEXT:
        if (--left[op->item] == 0) break;
        frames[op->item] += op->cell;
        op = operations + op->target;
        continue;
    }
    op++;
  }
  return o;
}

static const char *folder;
static uint8_t *output;

static uint8_t *read_file(const char *path, const char *suffix, size_t *size) {
  char name[4096];
  snprintf(name, sizeof name, "%s/%s%s", folder, path, suffix);
  FILE *file = fopen(name, "rb");
  if (!file) {
    perror(name);
    exit(1);
  }
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  uint8_t *bytes = malloc(*size + 64);
  if (fread(bytes, 1, *size, file) != *size) exit(1);
  fclose(file);
  return bytes;
}

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

int main(int count, char **arguments) {
  if (count < 2) return 64;
  folder = arguments[1];
  output = aligned_alloc(64, 1 << 23);
  char line[512], word[400];
  double seconds;
  while (fgets(line, sizeof line, stdin) && sscanf(line, "%399s %lf", word, &seconds) == 2) {
    const char *path = strchr(word, '/') + 1;
    const struct program *program = programs;
    while (strcmp(program->path, path)) program++;
    size_t size, cells_size;
    uint8_t *expected = read_file(path, "", &size), *file = read_file(path, ".cells", &cells_size);
    uint32_t cell_count;
    memcpy(&cell_count, file, sizeof cell_count);
    const struct cell *cells = (const struct cell *)(file + 8);
    const uint8_t *arena = (const uint8_t *)(cells + cell_count);
    uint8_t *done = *word == 's' ? program->straight(output, cells, arena) : flat(program, output, cells, arena);
    if ((size_t)(done - output) != size || memcmp(output, expected, size)) {
      fprintf(stderr, "C writes other bytes for %s\n", word);
      return 1;
    }
    long rounds = 0, start = now(), end;
    do {
      for (int n = 0; n < 64; n++, rounds++) {
        switch (*word) {
          case 'f': flat(program, output, cells, arena); break;
          case 's': program->straight(output, cells, arena); break;
          case 'm': memcpy(output, expected, size); break;
        }
        __asm__ volatile("" ::"r"(output) : "memory");
      }
    } while ((end = now()) - start < seconds * 1e9);
    printf("%ld %ld\n", rounds, end - start);
    fflush(stdout);
    free(file);
    free(expected);
  }
  return 0;
}
