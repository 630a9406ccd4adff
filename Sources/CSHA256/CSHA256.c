#include "CSHA256.h"

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>

static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#define SHA __attribute__((target("sha,sse4.1"), always_inline)) static inline

// A message's state as the instructions take it, and the sixteen words of the schedule that come next.
struct lane {
  __m128i abef, cdgh, words[4];
};

SHA void load(struct lane *lane, const uint32_t *state) {
  __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  lane->abef = _mm_alignr_epi8(badc, hgfe, 8);
  lane->cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);
}

SHA void store(const struct lane *lane, uint32_t *state) {
  __m128i feba = _mm_shuffle_epi32(lane->abef, 0x1B);
  __m128i dchg = _mm_shuffle_epi32(lane->cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

SHA void read_words(struct lane *lane, const uint8_t *block) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bULL, 0x0405060700010203ULL);
  for (int n = 0; n < 4; n++)
    lane->words[n] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16 * n)), big_endian);
}

// Four rounds, the n-th of sixteen, and the words of the schedule that take the place of those that they used.
SHA void rounds(struct lane *lane, int n) {
  __m128i *w = lane->words;
  __m128i sum = _mm_add_epi32(w[n % 4], _mm_load_si128((const __m128i *)(constants + 4 * n)));
  lane->cdgh = _mm_sha256rnds2_epu32(lane->cdgh, lane->abef, sum);
  lane->abef = _mm_sha256rnds2_epu32(lane->abef, lane->cdgh, _mm_shuffle_epi32(sum, 0x0E));
  if (n >= 12) return;
  __m128i next = _mm_sha256msg1_epu32(w[n % 4], w[(n + 1) % 4]);
  next = _mm_add_epi32(next, _mm_alignr_epi8(w[(n + 3) % 4], w[(n + 2) % 4], 4));
  w[n % 4] = _mm_sha256msg2_epu32(next, w[(n + 3) % 4]);
}

SHA void add(struct lane *lane, __m128i abef, __m128i cdgh) {
  lane->abef = _mm_add_epi32(lane->abef, abef);
  lane->cdgh = _mm_add_epi32(lane->cdgh, cdgh);
}

__attribute__((target("sha,sse4.1"))) void
tokki_sha256_pair(uint32_t *state_a, const uint8_t *a, uint32_t *state_b, const uint8_t *b, size_t blocks) {
  struct lane first, second;
  load(&first, state_a);
  load(&second, state_b);
  for (size_t block = 0; block < blocks; block++) {
    __m128i abef_a = first.abef, cdgh_a = first.cdgh, abef_b = second.abef, cdgh_b = second.cdgh;
    read_words(&first, a + 64 * block);
    read_words(&second, b + 64 * block);
#pragma GCC unroll 16
    for (int n = 0; n < 16; n++) {
      rounds(&first, n);
      rounds(&second, n);
    }
    add(&first, abef_a, cdgh_a);
    add(&second, abef_b, cdgh_b);
  }
  store(&first, state_a);
  store(&second, state_b);
}

int tokki_sha256_takes_pairs(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1)) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_SHA;
}
#else
int tokki_sha256_takes_pairs(void) { return 0; }

void tokki_sha256_pair(uint32_t *state_a, const uint8_t *a, uint32_t *state_b, const uint8_t *b, size_t blocks) {}
#endif
