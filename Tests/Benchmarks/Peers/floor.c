// The least that a batch can cost: writes the files of one packet again and again, from memory, through a staging folder and
// rename, and hashes each of them, on one thread. Nothing is read, bound or rendered, and nothing synced.
//
//   floor PACKET OUT COUNT
#include <dirent.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct content {
  char *name;
  unsigned char *bytes;
  size_t size;
};

static void check(int holds, const char *what) {
  if (holds) return;
  perror(what);
  exit(1);
}

static struct content *read_packet(const char *folder, int *count) {
  static struct content contents[64];
  DIR *files = opendir(folder);
  check(files != NULL, folder);
  for (struct dirent *entry; (entry = readdir(files)) && *count < 64;) {
    if (entry->d_name[0] == '.') continue;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    struct stat status;
    check(stat(path, &status) == 0, path);
    struct content *content = &contents[(*count)++];
    content->name = strdup(entry->d_name);
    content->size = (size_t)status.st_size;
    content->bytes = malloc(content->size);
    int file = open(path, O_RDONLY);
    check(read(file, content->bytes, content->size) == (ssize_t)content->size, path);
    close(file);
  }
  closedir(files);
  return contents;
}

int main(int argument_count, char **arguments) {
  if (argument_count < 4) return 64;
  int file_count = 0;
  const struct content *contents = read_packet(arguments[1], &file_count);
  const char *out = arguments[2];
  char staging[4096], contract[4096];
  snprintf(staging, sizeof staging, "%s/.staging", out);
  snprintf(contract, sizeof contract, "%s/0040012", out);
  check(mkdir(out, 0755) == 0 && mkdir(staging, 0755) == 0 && mkdir(contract, 0755) == 0, out);
  EVP_MD_CTX *hash = EVP_MD_CTX_new();
  for (int packet = 0; packet < atoi(arguments[3]); packet++) {
    char staged[8192], path[8192 + 256];
    snprintf(staged, sizeof staged, "%s/%d", staging, packet);
    check(mkdir(staged, 0755) == 0, staged);
    for (int n = 0; n < file_count; n++) {
      unsigned char digest[EVP_MAX_MD_SIZE];
      EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
      EVP_DigestUpdate(hash, contents[n].bytes, contents[n].size);
      EVP_DigestFinal_ex(hash, digest, NULL);
      snprintf(path, sizeof path, "%s/%s", staged, contents[n].name);
      int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
      check(file >= 0 && write(file, contents[n].bytes, contents[n].size) == (ssize_t)contents[n].size, path);
      close(file);
    }
    snprintf(path, sizeof path, "%s/V%06d", contract, packet);
    check(rename(staged, path) == 0, path);
  }
  return rmdir(staging);
}
