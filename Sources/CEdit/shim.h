#include <stdio.h>
#include <sys/ioctl.h>
#include <histedit.h>

/* Swift cannot call functions with variable arguments: the few settings that Dash makes. */

struct cedit_line {
    const char *prompt;
    int interrupted;
};

static char *cedit_prompt(EditLine *editor) {
    struct cedit_line *line = NULL;
    el_get(editor, EL_CLIENTDATA, &line);
    return (char *)line->prompt;
}

static unsigned char cedit_interrupt(EditLine *editor, int character) {
    (void)character;
    struct cedit_line *line = NULL;
    el_get(editor, EL_CLIENTDATA, &line);
    line->interrupted = 1;
    /* What is printed next must not begin in the middle of the line. */
    const LineInfo *shown = el_line(editor);
    el_cursor(editor, (int)(shown->lastchar - shown->cursor));
    el_set(editor, EL_REFRESH);
    return CC_EOF;
}

/* An editor on standard input and output; Ctrl-C is a key that ends the line, not a signal. NULL when out of memory. */
static inline EditLine *cedit_open(struct cedit_line *line, History *history_) {
    EditLine *editor = el_init("dashd", stdin, stdout, stderr);
    if (editor == NULL) return NULL;
    el_set(editor, EL_CLIENTDATA, line);
    el_set(editor, EL_PROMPT, cedit_prompt);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_HIST, history, history_);
    el_set(editor, EL_SETTY, "-d", "-isig", NULL);
    el_set(editor, EL_ADDFN, "dash-interrupt", "Drop the line", cedit_interrupt);
    el_set(editor, EL_BIND, "^C", "dash-interrupt", NULL);
    el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
    return editor;
}

static inline void cedit_restore_terminal(EditLine *editor) { el_set(editor, EL_PREP_TERM, 0); }

static inline void cedit_load_history(History *history_, const char *file, int size) {
    HistEvent event;
    history(history_, &event, H_SETSIZE, size);
    history(history_, &event, H_SETUNIQUE, 1);
    history(history_, &event, H_LOAD, file);
}

static inline void cedit_add_history(History *history_, const char *line, const char *file) {
    HistEvent event;
    history(history_, &event, H_ENTER, line);
    history(history_, &event, H_SAVE, file);
}
