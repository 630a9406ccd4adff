#define _GNU_SOURCE
#include "CFileSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/xattr.h>
#include <unistd.h>

int tokki_exchange(const char *a, const char *b) { return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE); }

int tokki_sync_file_system(int descriptor) { return syncfs(descriptor); }

void tokki_keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

const char *tokki_program(void) { return (const char *)getauxval(AT_EXECFN); }

int tokki_copy_attributes(int from, int to) {
  char names[1 << 16];
  ssize_t size = flistxattr(from, names, sizeof names);
  if (size < 0) return errno == EOPNOTSUPP || errno == ENOSYS ? 0 : -1;
  for (const char *name = names; name < names + size; name += strlen(name) + 1) {
    char value[1 << 16];
    ssize_t length = fgetxattr(from, name, value, sizeof value);
    if (length >= 0 && fsetxattr(to, name, value, (size_t)length, 0) == 0) continue;
    // Without its list of rights the file would be open to others; what else there is, only the system may set.
    if (strcmp(name, "system.posix_acl_access") == 0) return -1;
  }
  return 0;
}
