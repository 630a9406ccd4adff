#pragma once
#include <stddef.h>
#include <stdint.h>

/// Whether the processor has instructions for `tokki_sha256_pair`; asking it takes long.
int tokki_sha256_takes_pairs(void);

/// Takes as many blocks of 64 bytes of each of two messages into their states (SHA-256, FIPS 180-4), both at a time: the
/// instructions for one fill the time in which those for the other wait for each other.
void tokki_sha256_pair(uint32_t *state_a, const uint8_t *a, uint32_t *state_b, const uint8_t *b, size_t blocks);
