#ifndef CSPAWN_H
#define CSPAWN_H
#include <sys/types.h>

/// posix_spawn with default signals, an empty signal mask and every descriptor above 2 closed, in our process group
/// (`group` 0), in a group of its own (1) or in a session of its own (2). Returns 0 or an errno.
int csystem_spawn(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
                  const char *directory, int input, int output, int error, int group);

/// A descriptor that becomes readable when the process ends; -1 with errno on failure.
int csystem_pidfd_open(pid_t pid);

/// Reaps the process without blocking. Returns 1 with `status` filled, 0 while it runs, -1 with errno on failure.
int csystem_reap(pid_t pid, int *exited, int *status);

/// A pipe with both ends closed on exec. Returns 0, or -1 with errno.
int csystem_pipe(int ends[2]);
#endif
