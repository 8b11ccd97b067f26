// Stands between the program and its disk (LD_PRELOAD, Linux). For paths under one folder it writes down every operation
// with its bytes, and lets chosen operations fail. What it reads from the environment:
//   FAULTS_UNDER  the folder, absolute, without links; elsewhere nothing is touched
//   FAULTS_LOG    where operations are written down (test/faults/log.ts reads it)
//   FAULTS_RULES  which operations fail; may be rewritten at any time (test/faults/shim.ts writes it), one rule a line:
//                   room BYTES                          files under the folder may take so many bytes in all
//                   OPERATION HOW NAME SKIP TIMES       HOW is an errno's name, PRETEND (nothing is done, and no error)
//                                                       or KILL; NAME is part of the path, or *; TIMES -1 is for ever
//                 Each operation that a rule met is a line in FAULTS_RULES.hits.
//   FAULTS_HUMBLE root without the rights that let it pass over the modes of files
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR, RMDIR, LINK, SAID };
enum { PASS = 0, PRETEND = -1, KILL = -2 };
enum { MOST_RULES = 32, LONGEST_RULES = 8192, BLOCK = 4096 };

static char under[PATH_MAX];
static size_t under_length;
static int log_fd = -1;
static const char *rules_path;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// ---- The folder ----

static int is_under(const char *path) {
  return under_length > 0 && strncmp(path, under, under_length) == 0 && (path[under_length] == '/' || path[under_length] == 0);
}

/** The whole path, if it lies under the folder. */
static int place(int dir, const char *path, char *out) {
  if (under_length == 0 || path == NULL) return 0;
  if (path[0] == '/') snprintf(out, PATH_MAX, "%s", path);
  else {
    char start[PATH_MAX], link[64];
    if (dir == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
    ssize_t length = readlink(link, start, sizeof start - 1);
    if (length < 0) return 0;
    start[length] = 0;
    if (snprintf(out, PATH_MAX, "%s/%s", start, path) >= PATH_MAX) return 0;
  }
  size_t length = strlen(out);
  while (length > 1 && out[length - 1] == '/') out[--length] = 0;
  return is_under(out);
}

static int place_of(int fd, char *out) {
  if (under_length == 0 || fd < 0) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, out, PATH_MAX - 1);
  if (length < 0) return 0;
  out[length] = 0;
  return is_under(out) && strstr(out, " (deleted)") == NULL;
}

// ---- The log ----

struct head {
  uint32_t kind, path_length, to_length, pid;
  uint64_t offset, length;
};

/** One record is one write to a file that is only added to, so that the order of records is the order of operations. */
static void note(uint32_t kind, const char *path, const char *to, uint64_t offset, const struct iovec *bytes, int count, uint64_t length) {
  if (log_fd < 0) return;
  int kept = errno;
  struct head head = {kind, (uint32_t)strlen(path), (uint32_t)strlen(to), (uint32_t)getpid(), offset, length};
  char *record = malloc(sizeof head + head.path_length + head.to_length + (bytes == NULL ? 0 : length));
  char *end = record;
  end = mempcpy(end, &head, sizeof head);
  end = mempcpy(end, path, head.path_length);
  end = mempcpy(end, to, head.to_length);
  uint64_t left = length;
  for (int i = 0; bytes != NULL && i < count && left > 0; i++) {
    size_t part = bytes[i].iov_len < left ? bytes[i].iov_len : left;
    end = mempcpy(end, bytes[i].iov_base, part);
    left -= part;
  }
  pthread_mutex_lock(&lock);
  for (char *at = record; at < end;) {
    ssize_t done = syscall(SYS_write, log_fd, at, end - at);
    if (done < 0 && errno != EINTR) {
      static const char words[] = "faults: the log cannot be written\n";
      syscall(SYS_write, 2, words, sizeof words - 1);
      syscall(SYS_exit_group, 99);
    }
    if (done > 0) at += done;
  }
  pthread_mutex_unlock(&lock);
  free(record);
  errno = kept;
}

static void note_path(uint32_t kind, const char *path, uint64_t length) { note(kind, path, "", 0, NULL, 0, length); }

// ---- The rules ----

struct rule {
  char operation[16], name[256];
  int how;
  long skip, times, met;
};
static char known[LONGEST_RULES];
static struct rule rules[MOST_RULES];
static int rule_count;
static long long room = -1;

static int how_named(const char *word) {
  static const struct { const char *name; int how; } names[] = {
      {"PRETEND", PRETEND}, {"KILL", KILL}, {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EACCES", EACCES},
      {"EPERM", EPERM}, {"EMFILE", EMFILE}, {"ENFILE", ENFILE}, {"EROFS", EROFS}, {"ENOENT", ENOENT}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i].name, word) == 0) return names[i].how;
  abort();
}

/** Counting starts anew whenever the rules were rewritten. */
static void learn(void) {
  char text[LONGEST_RULES] = "";
  int fd = rules_path == NULL ? -1 : syscall(SYS_openat, AT_FDCWD, rules_path, O_RDONLY | O_CLOEXEC);
  if (fd >= 0) {
    ssize_t length = syscall(SYS_read, fd, text, sizeof text - 1);
    text[length < 0 ? 0 : length] = 0;
    syscall(SYS_close, fd);
  }
  if (strcmp(text, known) == 0) return;
  strcpy(known, text);
  rule_count = 0;
  room = -1;
  for (char *rest = text, *line; (line = strsep(&rest, "\n")) != NULL;) {
    struct rule rule = {0};
    char how[16];
    if (sscanf(line, "room %lld", &room) == 1 || rule_count == MOST_RULES) continue;
    if (sscanf(line, "%15s %15s %255s %ld %ld", rule.operation, how, rule.name, &rule.skip, &rule.times) != 5) continue;
    rule.how = how_named(how);
    rules[rule_count++] = rule;
  }
}

static void hit(const char *operation, const char *path) {
  char file[PATH_MAX], line[PATH_MAX + 32];
  snprintf(file, sizeof file, "%s.hits", rules_path);
  int fd = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return;
  int length = snprintf(line, sizeof line, "%s %s\n", operation, path);
  syscall(SYS_write, fd, line, length);
  syscall(SYS_close, fd);
}

/** @returns PASS, PRETEND or the errno to fail with */
static int judge(const char *operation, const char *path, int is_change) {
  if (rules_path == NULL) return PASS;
  int kept = errno, verdict = PASS;
  pthread_mutex_lock(&lock);
  learn();
  for (int i = 0; i < rule_count && verdict == PASS; i++) {
    struct rule *rule = &rules[i];
    if (strcmp(rule->operation, operation) != 0 && !(is_change && strcmp(rule->operation, "change") == 0)) continue;
    if (strcmp(rule->name, "*") != 0 && strstr(path, rule->name) == NULL) continue;
    long met = rule->met++;
    if (met >= rule->skip && (rule->times < 0 || met < rule->skip + rule->times)) verdict = rule->how;
  }
  if (verdict != PASS) hit(operation, path);
  pthread_mutex_unlock(&lock);
  if (verdict == KILL) syscall(SYS_kill, getpid(), SIGKILL);
  errno = kept;
  return verdict;
}

static int refuse(int verdict) {
  if (verdict == PRETEND) return 0;
  errno = verdict;
  return -1;
}

static long long taken_in(const char *folder) {
  long long sum = 0;
  DIR *dir = opendir(folder);
  if (dir == NULL) return 0;
  for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    char path[PATH_MAX];
    struct stat stats;
    if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= PATH_MAX || lstat(path, &stats) != 0) continue;
    sum += S_ISDIR(stats.st_mode) ? taken_in(path) : stats.st_size;
  }
  closedir(dir);
  return sum;
}

/** @returns how many bytes are left under the folder, -1 where there is no end to them */
static long long room_left(void) {
  if (rules_path == NULL) return -1;
  pthread_mutex_lock(&lock);
  learn();
  long long all = room;
  pthread_mutex_unlock(&lock);
  if (all < 0) return -1;
  long long left = all - taken_in(under);
  return left < 0 ? 0 : left;
}

// ---- Writes ----

static ssize_t write_all_ways(int fd, const struct iovec *bytes, int count, off_t offset) {
  char path[PATH_MAX];
  if (fd == 1 && log_fd >= 0) {
    size_t length = 0;
    for (int i = 0; i < count; i++) length += bytes[i].iov_len;
    // Before it is said: whoever hears it relies on what was done by then.
    note(SAID, "", "", 0, bytes, count, length);
  }
  int ours = place_of(fd, path);
  struct iovec parts[count > 0 ? count : 1];
  if (ours && offset < 0) {
    int adds = fcntl(fd, F_GETFL) & O_APPEND;
    off_t from = lseek(fd, 0, adds ? SEEK_END : SEEK_CUR);
    ssize_t done = write_all_ways(fd, bytes, count, from);
    if (done > 0) lseek(fd, from + done, SEEK_SET);
    return done;
  }
  if (ours) {
    size_t length = 0;
    for (int i = 0; i < count; i++) length += bytes[i].iov_len;
    int verdict = judge("write", path, 1);
    if (verdict == PRETEND) return length;
    if (verdict != PASS) return refuse(verdict);
    struct stat stats;
    fstat(fd, &stats);
    long long left = offset + (off_t)length > stats.st_size ? room_left() : -1;
    if (left >= 0) {
      long long fits = (stats.st_size > offset ? stats.st_size - offset : 0) + left;
      if (fits < (long long)length) hit("room", path);
      if (fits == 0) return refuse(ENOSPC);
      // A full disk takes what it can and says so.
      for (int i = 0; i < count; i++) {
        parts[i] = bytes[i];
        if ((long long)parts[i].iov_len > fits) parts[i].iov_len = fits;
        fits -= parts[i].iov_len;
      }
      bytes = parts;
    }
  }
  ssize_t done = offset < 0 ? syscall(SYS_writev, fd, bytes, count) : syscall(SYS_pwritev, fd, bytes, count, offset, 0);
  if (ours && done > 0) note(WRITE, path, "", offset, bytes, count, done);
  return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  struct iovec one = {(void *)bytes, length};
  return write_all_ways(fd, &one, 1, -1);
}
ssize_t writev(int fd, const struct iovec *bytes, int count) { return write_all_ways(fd, bytes, count, -1); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  struct iovec one = {(void *)bytes, length};
  return write_all_ways(fd, &one, 1, offset);
}
ssize_t pwritev64(int fd, const struct iovec *bytes, int count, off64_t offset) { return write_all_ways(fd, bytes, count, offset); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }
ssize_t pwritev(int fd, const struct iovec *bytes, int count, off_t offset) { return pwritev64(fd, bytes, count, offset); }

/** Copies within the kernel would pass by: whoever is told that there are none copies by reading and writing. */
ssize_t copy_file_range(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t length, unsigned flags) {
  char path[PATH_MAX];
  if (place_of(to, path)) return refuse(EXDEV);
  return syscall(SYS_copy_file_range, from, from_offset, to, to_offset, length, flags);
}

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX];
  int ours = place_of(fd, path);
  int verdict = ours ? judge("truncate", path, 1) : PASS;
  if (verdict != PASS) return refuse(verdict);
  int done = syscall(SYS_ftruncate, fd, length);
  if (ours && done == 0) note_path(TRUNCATE, path, length);
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

// ---- Reads ----

static ssize_t read_all_ways(int fd, const struct iovec *bytes, int count, off_t offset) {
  char path[PATH_MAX];
  int verdict = rules_path != NULL && place_of(fd, path) ? judge("read", path, 0) : PASS;
  if (verdict != PASS) return refuse(verdict);
  return offset < 0 ? syscall(SYS_readv, fd, bytes, count) : syscall(SYS_preadv, fd, bytes, count, offset, 0);
}
ssize_t read(int fd, void *bytes, size_t length) {
  struct iovec one = {bytes, length};
  return read_all_ways(fd, &one, 1, -1);
}
ssize_t pread64(int fd, void *bytes, size_t length, off64_t offset) {
  struct iovec one = {bytes, length};
  return read_all_ways(fd, &one, 1, offset);
}
ssize_t preadv64(int fd, const struct iovec *bytes, int count, off64_t offset) { return read_all_ways(fd, bytes, count, offset); }
ssize_t pread(int fd, void *bytes, size_t length, off_t offset) { return pread64(fd, bytes, length, offset); }
ssize_t preadv(int fd, const struct iovec *bytes, int count, off_t offset) { return preadv64(fd, bytes, count, offset); }

// ---- Syncs ----

static int sync_any_way(int fd, long number) {
  char path[PATH_MAX];
  int ours = place_of(fd, path);
  struct stat stats;
  int is_folder = ours && fstat(fd, &stats) == 0 && S_ISDIR(stats.st_mode);
  int verdict = ours ? judge(is_folder ? "sync-folder" : "sync", path, 0) : PASS;
  if (verdict != PASS) return refuse(verdict);
  // What was done before the sync began is safe once it ends; what came meanwhile may not be.
  off_t before = ours && log_fd >= 0 ? lseek(log_fd, 0, SEEK_END) : 0;
  int done = syscall(number, fd);
  if (ours && done == 0) note(SYNC, path, "", before, NULL, 0, 0);
  return done;
}
int fsync(int fd) { return sync_any_way(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_any_way(fd, SYS_fdatasync); }

// ---- Names ----

static int open_any_way(int dir, const char *path, int flags, mode_t mode) {
  char whole[PATH_MAX];
  int ours = place(dir, path, whole);
  int creates = 0, truncates = 0;
  if (ours) {
    struct stat stats;
    int kept = errno, found = lstat(whole, &stats) == 0;
    errno = kept;
    creates = (flags & O_CREAT) && !found;
    truncates = (flags & O_TRUNC) && found && stats.st_size > 0;
    int is_change = creates || (flags & O_ACCMODE) != O_RDONLY;
    int verdict = judge(creates ? "create" : "open", whole, is_change);
    if (verdict > 0) return refuse(verdict);
  }
  int fd = syscall(SYS_openat, dir, path, flags, mode);
  if (creates && fd >= 0) note_path(CREATE, whole, 0);
  if (truncates && fd >= 0) note_path(TRUNCATE, whole, 0);
  return fd;
}
#define MODE_OF(flags)                       \
  mode_t mode = 0;                           \
  if ((flags) & (O_CREAT | O_TMPFILE)) {     \
    va_list rest;                            \
    va_start(rest, flags);                   \
    mode = va_arg(rest, mode_t);             \
    va_end(rest);                            \
  }
int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any_way(AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any_way(AT_FDCWD, path, flags, mode);
}
int openat(int dir, const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any_way(dir, path, flags, mode);
}
int openat64(int dir, const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any_way(dir, path, flags, mode);
}
int creat(const char *path, mode_t mode) { return open_any_way(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/** An operation on one name. */
#define NAMED(kind, operation, call)                                      \
  char whole[PATH_MAX];                                                   \
  int ours = place(dir, path, whole);                                     \
  int verdict = ours ? judge(operation, whole, 1) : PASS;                 \
  if (verdict != PASS) return refuse(verdict);                            \
  int done = call;                                                        \
  if (ours && done == 0) note_path(kind, whole, 0);                       \
  return done;

int mkdirat(int dir, const char *path, mode_t mode) { NAMED(MKDIR, "mkdir", syscall(SYS_mkdirat, dir, path, mode)) }
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
static int remove_file(int dir, const char *path) { NAMED(UNLINK, "unlink", syscall(SYS_unlinkat, dir, path, 0)) }
static int remove_dir(int dir, const char *path) { NAMED(RMDIR, "rmdir", syscall(SYS_unlinkat, dir, path, AT_REMOVEDIR)) }
int unlinkat(int dir, const char *path, int flags) { return flags & AT_REMOVEDIR ? remove_dir(dir, path) : remove_file(dir, path); }
int unlink(const char *path) { return remove_file(AT_FDCWD, path); }
int rmdir(const char *path) { return remove_dir(AT_FDCWD, path); }
int remove(const char *path) {
  int done = remove_file(AT_FDCWD, path);
  return done != 0 && errno == EISDIR ? remove_dir(AT_FDCWD, path) : done;
}

/** An operation on two names. */
#define FROM_TO(kind, operation, call)                                    \
  char whole[PATH_MAX], other[PATH_MAX];                                  \
  int ours = place(from_dir, from, whole) & place(to_dir, to, other);     \
  int verdict = ours ? judge(operation, other, 1) : PASS;                 \
  if (verdict != PASS) return refuse(verdict);                            \
  int done = call;                                                        \
  if (ours && done == 0) note(kind, whole, other, 0, NULL, 0, 0);         \
  return done;

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags) {
  FROM_TO(RENAME, "rename", syscall(SYS_renameat2, from_dir, from, to_dir, to, flags))
}
int renameat(int from_dir, const char *from, int to_dir, const char *to) { return renameat2(from_dir, from, to_dir, to, 0); }
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags) {
  FROM_TO(LINK, "link", syscall(SYS_linkat, from_dir, from, to_dir, to, flags))
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

/** What else a disk that cannot be written to refuses; the log has no use for it. */
#define UNLOGGED(operation, call)                                         \
  char whole[PATH_MAX];                                                   \
  int verdict = place(AT_FDCWD, path, whole) ? judge(operation, whole, 1) : PASS; \
  return verdict != PASS ? refuse(verdict) : (int)(call);

int chmod(const char *path, mode_t mode) { UNLOGGED("chmod", syscall(SYS_fchmodat, AT_FDCWD, path, mode)) }
int utimensat(int dir, const char *path, const struct timespec times[2], int flags) {
  if (dir != AT_FDCWD) return syscall(SYS_utimensat, dir, path, times, flags);
  UNLOGGED("utimes", syscall(SYS_utimensat, dir, path, times, flags))
}

// ---- How much room there is ----

int statfs(const char *path, struct statfs *out) {
  int done = syscall(SYS_statfs, path, out);
  char whole[PATH_MAX];
  long long left = done == 0 && place(AT_FDCWD, path, whole) ? room_left() : -1;
  if (left >= 0) {
    out->f_bsize = out->f_frsize = BLOCK;
    out->f_bavail = out->f_bfree = left / BLOCK;
  }
  return done;
}
int statfs64(const char *path, struct statfs64 *out) { return statfs(path, (struct statfs *)out); }

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("FAULTS_UNDER"), *log = getenv("FAULTS_LOG");
  rules_path = getenv("FAULTS_RULES");
  if (getenv("FAULTS_HUMBLE") != NULL) {
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct rights[2] = {{0}};
    if (syscall(SYS_capset, &head, rights) != 0) abort();
  }
  if (log != NULL) {
    int fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    log_fd = fcntl(fd, F_DUPFD_CLOEXEC, 200);
    syscall(SYS_close, fd);
    if (log_fd < 0) abort();
  }
  if (folder == NULL) return;
  snprintf(under, sizeof under, "%s", folder);
  under_length = strlen(under);
}
