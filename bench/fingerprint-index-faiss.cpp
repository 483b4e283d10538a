// FAISS and a compiled scan beside the index of bench/fingerprint-index.ts: same rows, same queries, one thread, one run.
// Compiled and started by that bench where g++ and FAISS are installed (Debian: libfaiss-dev).
//
//   fingerprint-index-faiss ROWS QUERIES RADIUS FLAT_QUERIES     files of 32 bytes a fingerprint
//
// Prints one line a kind: name, seconds to build, seconds to search, queries, then hits of each query.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <faiss/IndexBinaryFlat.h>
#include <faiss/IndexBinaryHash.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <omp.h>

using Clock = std::chrono::steady_clock;

static std::vector<uint8_t> fileOf(const char *path) {
  FILE *file = std::fopen(path, "rb");
  if (!file) { std::perror(path); std::exit(1); }
  std::fseek(file, 0, SEEK_END);
  std::vector<uint8_t> bytes(std::ftell(file));
  std::rewind(file);
  if (std::fread(bytes.data(), 1, bytes.size(), file) != bytes.size()) std::exit(1);
  std::fclose(file);
  return bytes;
}

static double since(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

// Asked one at a time, as a service is asked; FAISS takes "less than", so one more than the radius.
static void measure(const char *name, faiss::IndexBinary &index, const std::vector<uint8_t> &rows,
                    const std::vector<uint8_t> &queries, size_t asked, int radius) {
  auto from = Clock::now();
  index.add(rows.size() / 32, rows.data());
  double built = since(from);
  std::vector<size_t> hits(asked);
  from = Clock::now();
  for (size_t i = 0; i < asked; i++) {
    faiss::RangeSearchResult result(1);
    index.range_search(1, queries.data() + i * 32, radius + 1, &result);
    for (size_t at = result.lims[0]; at < result.lims[1]; at++) hits[i] += result.distances[at] <= radius;
  }
  std::printf("%s %f %f %zu", name, built, since(from), asked);
  for (size_t count : hits) std::printf(" %zu", count);
  std::printf("\n");
  std::fflush(stdout);
}

// What this processor can do at most without an index: Debian's FAISS is compiled for the oldest one and counts
// bits without its instructions, so beating FAISS alone would say little.
static void measureScan(const std::vector<uint8_t> &rows, const std::vector<uint8_t> &queries, size_t asked,
                        uint64_t radius) {
  std::vector<uint64_t> words(rows.size() / 8);
  auto from = Clock::now();
  std::memcpy(words.data(), rows.data(), rows.size());
  double built = since(from);
  std::vector<size_t> hits(asked);
  from = Clock::now();
  for (size_t i = 0; i < asked; i++) {
    uint64_t query[4];
    std::memcpy(query, queries.data() + i * 32, 32);
    size_t found = 0;
    for (size_t at = 0; at < words.size(); at += 4) {
      uint64_t distance = 0;
      for (size_t word = 0; word < 4; word++) distance += __builtin_popcountll(words[at + word] ^ query[word]);
      found += distance <= radius;
    }
    hits[i] = found;
  }
  std::printf("scan %f %f %zu", built, since(from), asked);
  for (size_t found : hits) std::printf(" %zu", found);
  std::printf("\n");
}

int main(int count, char **args) {
  if (count != 5) return 2;
  omp_set_num_threads(1);
  auto rows = fileOf(args[1]);
  auto queries = fileOf(args[2]);
  int radius = std::atoi(args[3]);
  size_t flatAsked = std::atoi(args[4]);
  measureScan(rows, queries, flatAsked, radius);
  {
    faiss::IndexBinaryFlat flat(256);
    measure("flat", flat, rows, queries, flatAsked, radius);
  }
  {
    // 16 tables of 16 bits, each with one bit flipped too: as Hasher-Matcher-Actioner has it; exact to 31.
    faiss::IndexBinaryMultiHash hash(256, 16, 16);
    hash.nflip = 1;
    measure("multihash", hash, rows, queries, queries.size() / 32, radius);
  }
}
