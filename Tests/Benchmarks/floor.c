// The least that a batch can cost: writes a tree of packets that is there already once more, through a staging folder and
// rename, and hashes each file with OpenSSL, on one thread. Nothing is read, bound or rendered.
//
//   floor REFERENCE OUT [GROUP]      GROUP packets are synced at once with syncfs(2); without it nothing is synced
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void die(const char *what) {
  perror(what);
  exit(1);
}

static int is_name(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static void copy(const char *from, const char *to, EVP_MD_CTX *hash) {
  int source = open(from, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (source < 0 || fstat(source, &status) != 0) die(from);
  size_t size = (size_t)status.st_size;
  void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, source, 0);
  if (bytes == MAP_FAILED) die(from);
  unsigned char digest[EVP_MAX_MD_SIZE];
  EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
  EVP_DigestUpdate(hash, bytes, size);
  EVP_DigestFinal_ex(hash, digest, NULL);
  int target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (target < 0) die(to);
  for (size_t done = 0; done < size;) {
    ssize_t n = write(target, (char *)bytes + done, size - done);
    if (n < 0) die(to);
    done += (size_t)n;
  }
  close(target);
  munmap(bytes, size);
  close(source);
}

static void sync_folder(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0 || fsync(folder) != 0) die(path);
  close(folder);
}

int main(int argc, char **argv) {
  if (argc < 3) return 64;
  const char *reference = argv[1], *out = argv[2];
  int group = argc > 3 ? atoi(argv[3]) : 0;
  EVP_MD_CTX *hash = EVP_MD_CTX_new();
  char from[4096], to[4096], staging[4096];
  snprintf(staging, sizeof staging, "%s/.staging", out);
  if (mkdir(out, 0755) != 0 && errno != EEXIST) die(out);
  if (mkdir(staging, 0755) != 0) die(staging);
  int folder = open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  char(*waiting)[2][512] = calloc((size_t)group + 1, sizeof *waiting);
  int count = 0;
  struct dirent **contracts;
  int contract_count = scandir(reference, &contracts, is_name, NULL);
  for (int c = 0; c < contract_count; c++) {
    snprintf(from, sizeof from, "%s/%s", reference, contracts[c]->d_name);
    struct stat status;
    if (stat(from, &status) != 0 || !S_ISDIR(status.st_mode)) continue;
    struct dirent **vendors;
    int vendor_count = scandir(from, &vendors, is_name, NULL);
    for (int v = 0; v < vendor_count; v++) {
      snprintf(waiting[count][0], 512, "%s/.staging/%d-%d", out, c, v);
      snprintf(waiting[count][1], 512, "%s/%s/%s", out, contracts[c]->d_name, vendors[v]->d_name);
      if (mkdir(waiting[count][0], 0755) != 0) die(waiting[count][0]);
      snprintf(from, sizeof from, "%s/%s/%s", reference, contracts[c]->d_name, vendors[v]->d_name);
      struct dirent **files;
      int file_count = scandir(from, &files, is_name, NULL);
      for (int f = 0; f < file_count; f++) {
        char source[4096];
        snprintf(source, sizeof source, "%s/%s", from, files[f]->d_name);
        snprintf(to, sizeof to, "%s/%s", waiting[count][0], files[f]->d_name);
        copy(source, to, hash);
        free(files[f]);
      }
      free(files);
      count++;
      if (count <= group - 1 && !(c == contract_count - 1 && v == vendor_count - 1)) {
        free(vendors[v]);
        continue;
      }
      if (group > 0 && syncfs(folder) != 0) die(out);
      for (int i = 0; i < count; i++) {
        char *slash = strrchr(waiting[i][1], '/');
        *slash = 0;
        if (mkdir(waiting[i][1], 0755) != 0 && errno != EEXIST) die(waiting[i][1]);
        *slash = '/';
        if (rename(waiting[i][0], waiting[i][1]) != 0) die(waiting[i][1]);
      }
      if (group > 0) {
        if (contract_count > 8) {
          if (syncfs(folder) != 0) die(out);
        } else {
          for (int i = 0; i < contract_count; i++) {
            snprintf(to, sizeof to, "%s/%s", out, contracts[i]->d_name);
            if (access(to, F_OK) == 0) sync_folder(to);
          }
          sync_folder(out);
        }
      }
      count = 0;
      free(vendors[v]);
    }
    free(vendors);
  }
  rmdir(staging);
  return 0;
}
