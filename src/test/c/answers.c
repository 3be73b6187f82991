/*
 * The member behind a worker that is under attack: one thread, and small answers go before the pieces of large ones, so
 * that it is not the member that keeps others waiting.
 *
 *   answers
 *
 * listens on a port of 127.0.0.1 that it writes as its first line, and ends with its standard input. HTTP/1.1:
 *   GET /large   1 MiB
 *   POST         nothing: the body is taken until the client ends
 *   the others   two bytes
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define FDS (1 << 16)
#define BATCH 64
#define LARGE (1 << 20)
#define PIECE (32 << 10)

static const char small_answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
static const char large_head[] = "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n";
static char zeros[PIECE], chunk[64 << 10];
static int requests, large; /* what is asked, and who waits for more of a large answer: seen by the first as one event */

static struct slot {
    unsigned char seen;      /* of the four bytes that end a head */
    unsigned char is_post;
    unsigned left;           /* of large answers */
    char begin[12];
    int begun;
} slots[FDS];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int poller, int fd, int operation, unsigned events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(poller, operation, fd, &event)) {
        die("epoll_ctl");
    }
}

static void accept_all(int fd) {
    int accepted;
    for (int i = 0; i < BATCH && (accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK)) >= 0; i++) {
        if (accepted >= FDS) {
            close(accepted);
            continue;
        }
        memset(&slots[accepted], 0, sizeof slots[accepted]);
        watch(requests, accepted, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static int answer(int fd, struct slot *slot) {
    int is_large = !memcmp(slot->begin, "GET /large ", 11);
    if (is_large) {
        if (slot->left == 0) {
            watch(large, fd, EPOLL_CTL_ADD, EPOLLOUT);
        }
        slot->left += LARGE;
    }
    return is_large ? send(fd, large_head, sizeof large_head - 1, MSG_NOSIGNAL | MSG_MORE) < 0
                    : send(fd, small_answer, sizeof small_answer - 1, MSG_NOSIGNAL) < 0;
}

/* Not zero when the connection is to be closed. */
static int serve(int fd) {
    static const char end[] = "\r\n\r\n";
    struct slot *slot = &slots[fd];
    ssize_t got = recv(fd, chunk, sizeof chunk, 0);
    if (got <= 0) {
        return !(got < 0 && errno == EAGAIN);
    }
    for (ssize_t i = 0; i < got && !slot->is_post; i++) {
        if (slot->begun < (int)sizeof slot->begin) {
            slot->begin[slot->begun++] = chunk[i];
        }
        slot->seen = chunk[i] == end[slot->seen] ? slot->seen + 1 : chunk[i] == '\r';
        if (slot->seen == 4) {
            slot->is_post = !memcmp(slot->begin, "POST", 4);
            if (!slot->is_post && answer(fd, slot)) {
                return 1;
            }
            slot->seen = 0;
            slot->begun = 0;
        }
    }
    return 0;
}

/* One piece, then requests are looked at again. */
static void send_piece(void) {
    struct epoll_event event;
    if (epoll_wait(large, &event, 1, 0) < 1) {
        return;
    }
    int fd = event.data.fd;
    struct slot *slot = &slots[fd];
    ssize_t sent = send(fd, zeros, slot->left < PIECE ? slot->left : PIECE, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
        close(fd);
        return;
    }
    slot->left -= sent > 0 ? sent : 0;
    if (slot->left == 0) {
        watch(large, fd, EPOLL_CTL_DEL, 0);
    }
}

static int listening(void) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* the accepted inherit it */
    if (bind(fd, (struct sockaddr *)&at, size) || listen(fd, 4096) || getsockname(fd, (struct sockaddr *)&at, &size)) {
        die("listen");
    }
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    return fd;
}

int main(void) {
    struct rlimit files;
    struct epoll_event events[BATCH];
    signal(SIGPIPE, SIG_IGN);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    requests = epoll_create1(0);
    large = epoll_create1(0);
    watch(requests, large, EPOLL_CTL_ADD, EPOLLIN);
    watch(requests, STDIN_FILENO, EPOLL_CTL_ADD, EPOLLIN);
    int listener = listening();
    watch(requests, listener, EPOLL_CTL_ADD, EPOLLIN);
    for (;;) {
        int ready = epoll_wait(requests, events, BATCH, -1);
        int is_sending = 0;
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == STDIN_FILENO) {
                return 0;
            } else if (fd == listener) {
                accept_all(fd);
            } else if (fd == large) {
                is_sending = 1;
            } else if (serve(fd)) {
                close(fd);
            }
        }
        if (is_sending) {
            send_piece();
        }
    }
}
