/*
 * What stands behind every proxy: as little of a server as may be, on one thread, level-triggered.
 *
 *   backend PORT ADDRESS...
 *
 * listens on each of the addresses, on PORT and the four ports after it:
 *   PORT      HTTP/1.1, keep-alive: a fixed answer of 13 bytes to each empty line (so to each GET)
 *   PORT + 1  TCP: sends back what comes
 *   PORT + 2  TCP: sends for ever
 *   PORT + 3  TCP: swallows what comes
 *   PORT + 4  UDP: sends back what comes
 * and writes "ready" when it does. Ends with its standard input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
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

enum role { HTTP, ECHO, SOURCE, SINK, DATAGRAM, ROLES };

struct slot {
    enum role role;
    int is_listening;
    unsigned seen; /* of the CR LF CR LF that ends a request's head */
};

#define SLOTS (1 << 17)
#define CHUNK (1 << 20)
#define BATCH 64

static struct slot slots[SLOTS];
static char chunk[CHUNK];
static char answers[16 * 256];
static int answer_length;
static int poller;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int fd, enum role role, int is_listening) {
    struct epoll_event event = {.events = role == SOURCE && !is_listening ? EPOLLOUT : EPOLLIN, .data.fd = fd};
    if (fd >= SLOTS) {
        close(fd);
        return;
    }
    slots[fd] = (struct slot){role, is_listening, 0};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event)) {
        die("epoll_ctl");
    }
}

static void listen_on(const char *address, int port, enum role role) {
    int type = role == DATAGRAM ? SOCK_DGRAM : SOCK_STREAM;
    int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);
    int on = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, address, &at.sin_addr) != 1) {
        die(address);
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* the accepted inherit it */
    if (bind(fd, (struct sockaddr *)&at, sizeof at) || (type == SOCK_STREAM && listen(fd, 4096))) {
        die("listen");
    }
    watch(fd, role, type == SOCK_STREAM);
}

static void accept_all(int fd) {
    for (int i = 0; i < BATCH; i++) {
        int accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK);
        if (accepted < 0) {
            return;
        }
        watch(accepted, slots[fd].role, 0);
    }
}

/* How many request heads end in these bytes. */
static int heads(struct slot *slot, const char *bytes, ssize_t length) {
    static const char end[] = "\r\n\r\n";
    int found = 0;
    unsigned seen = slot->seen;
    for (ssize_t i = 0; i < length; i++) {
        seen = bytes[i] == end[seen] ? seen + 1 : bytes[i] == '\r';
        if (seen == 4) {
            found++;
            seen = 0;
        }
    }
    slot->seen = seen;
    return found;
}

static int answer(int fd, int requests) {
    while (requests > 0) {
        int now = requests < 16 ? requests : 16;
        if (send(fd, answers, (size_t)now * answer_length, MSG_NOSIGNAL) < 0) {
            return -1;
        }
        requests -= now;
    }
    return 0;
}

static void echo_datagrams(int fd) {
    static char bodies[BATCH][2048];
    static struct sockaddr_in peers[BATCH];
    struct iovec parts[BATCH];
    struct mmsghdr messages[BATCH];
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec){bodies[i], sizeof bodies[i]};
        messages[i].msg_hdr = (struct msghdr){
            .msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &parts[i], .msg_iovlen = 1};
    }
    int count = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; i++) {
        parts[i].iov_len = messages[i].msg_len;
    }
    if (count > 0) {
        sendmmsg(fd, messages, count, MSG_DONTWAIT);
    }
}

/* Negative when the connection is to be closed. */
static int serve(int fd) {
    struct slot *slot = &slots[fd];
    ssize_t got;
    switch (slot->role) {
    case HTTP:
        got = recv(fd, chunk, CHUNK, 0);
        return got > 0 ? answer(fd, heads(slot, chunk, got)) : got < 0 && errno == EAGAIN ? 0 : -1;
    case ECHO:
        got = recv(fd, chunk, CHUNK, 0);
        return got > 0 ? send(fd, chunk, got, MSG_NOSIGNAL) == got ? 0 : -1 : got < 0 && errno == EAGAIN ? 0 : -1;
    case SOURCE:
        return send(fd, chunk, CHUNK, MSG_NOSIGNAL) < 0 && errno != EAGAIN ? -1 : 0;
    case SINK:
        got = recv(fd, chunk, CHUNK, MSG_TRUNC);
        return got > 0 || (got < 0 && errno == EAGAIN) ? 0 : -1;
    case DATAGRAM:
        echo_datagrams(fd);
        return 0;
    default:
        return -1;
    }
}

int main(int count, char **arguments) {
    struct rlimit files;
    struct epoll_event events[256];
    if (count < 3) {
        fprintf(stderr, "usage: backend PORT ADDRESS...\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    answer_length = sprintf(answers, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nwell answered");
    for (int i = 1; i < 16; i++) {
        memcpy(answers + i * answer_length, answers, answer_length);
    }
    poller = epoll_create1(0);
    for (int i = 2; i < count; i++) {
        for (int role = 0; role < ROLES; role++) {
            listen_on(arguments[i], atoi(arguments[1]) + role, role);
        }
    }
    struct epoll_event input = {.events = EPOLLIN, .data.fd = STDIN_FILENO};
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &input);
    puts("ready");
    fflush(stdout);
    for (;;) {
        int ready = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == STDIN_FILENO) {
                return 0;
            }
            if (slots[fd].is_listening) {
                accept_all(fd);
            } else if (serve(fd) < 0 || (slots[fd].role != DATAGRAM && events[i].events & (EPOLLHUP | EPOLLERR))) {
                close(fd);
            }
        }
    }
}
