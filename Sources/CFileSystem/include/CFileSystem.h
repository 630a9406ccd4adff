// System calls that Swift's Glibc module does not export.
#ifndef TOKKI_CFILESYSTEM_H
#define TOKKI_CFILESYSTEM_H

/// Swaps two paths in one step, as renameat2(2) with RENAME_EXCHANGE. 0, or -1 with errno set.
int tokki_exchange(const char *_Nonnull a, const char *_Nonnull b);

/// Writes out all that is unwritten on the file system of an open file, as syncfs(2). 0, or -1 with errno set.
int tokki_sync_file_system(int descriptor);

/// The path that the running program was started by, as getauxval(3) with AT_EXECFN; null if that is not known.
const char *_Nullable tokki_program(void);

/// Gives an open file the extended attributes of another, its list of rights (ACL) among them. 0, or -1 with errno set if that
/// list cannot be given.
int tokki_copy_attributes(int from, int to);

/// Lets freed memory stay with the process, as mallopt(3): blocks of up to 32 MiB, 64 MiB in all.
void tokki_keep_memory(void);

#endif
