// Linked statically: the name of the shared library changes with each release of Debian, and a process that loads it has
// hundreds of the server's symbols in its global scope.
#include <pg_query.h>
