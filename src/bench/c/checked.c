/*
 * What health checks meet: every address of the host at once, on one thread.
 *
 *   checked PORT
 *
 * listens on all addresses, and answers from the one that was asked:
 *   PORT      TCP: takes connections and closes them when the other side has
 *   PORT + 1  HTTP/1.1: 200 for the first bytes that come on a connection
 *   PORT + 2  UDP: sends back what comes
 * and writes "ready" when it does. Ends when it is ended.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum role { CONNECT, HTTP, DATAGRAM, ROLES };

#define FDS (1 << 17)
#define BATCH 256
#define TAKEN_AT_ONCE 64

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
static unsigned char roles[FDS];
static unsigned char listening[FDS];
static int poller;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int fd, enum role role, int is_listening) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (fd >= FDS) {
        close(fd);
        return;
    }
    roles[fd] = role;
    listening[fd] = is_listening;
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event)) {
        die("epoll_ctl");
    }
}

static void open_port(enum role role, int port) {
    int one = 1;
    int type = role == DATAGRAM ? SOCK_DGRAM : SOCK_STREAM;
    int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (role == DATAGRAM) {
        int room = 4 << 20;
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &one, sizeof one);
    }
    if (bind(fd, (struct sockaddr *)&at, sizeof at) || (type == SOCK_STREAM && listen(fd, 4096))) {
        die("bind");
    }
    watch(fd, role, 1);
}

static void take(int fd) {
    for (int i = 0; i < TAKEN_AT_ONCE; i++) {
        int taken = accept4(fd, NULL, NULL, SOCK_NONBLOCK);
        if (taken < 0) {
            return;
        }
        watch(taken, roles[fd], 0);
    }
}

static void serve(int fd) {
    char bytes[2048];
    ssize_t count = recv(fd, bytes, sizeof bytes, 0);
    if (count <= 0) {
        close(fd);
    } else if (roles[fd] == HTTP) {
        send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL);
    }
}

/* The address that was asked is in a control message, and goes back in the same. */
static void send_back(int fd) {
    char bytes[2048];
    char control[256];
    struct sockaddr_in from;
    for (int i = 0; i < TAKEN_AT_ONCE; i++) {
        struct iovec piece = {bytes, sizeof bytes};
        struct msghdr message = {&from, sizeof from, &piece, 1, control, sizeof control, 0};
        ssize_t count = recvmsg(fd, &message, 0);
        if (count < 0) {
            return;
        }
        for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
            if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
                ((struct in_pktinfo *)CMSG_DATA(part))->ipi_ifindex = 0;
            }
        }
        piece.iov_len = count;
        sendmsg(fd, &message, 0);
    }
}

int main(int count, char **arguments) {
    struct epoll_event events[BATCH];
    struct rlimit limit;
    if (count != 2) {
        fprintf(stderr, "usage: checked PORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    poller = epoll_create1(0);
    for (int role = 0; role < ROLES; role++) {
        open_port(role, atoi(arguments[1]) + role);
    }
    printf("ready\n");
    fflush(stdout);
    while (1) {
        int ready = epoll_wait(poller, events, BATCH, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (!listening[fd]) {
                serve(fd);
            } else if (roles[fd] == DATAGRAM) {
                send_back(fd);
            } else {
                take(fd);
            }
        }
    }
}
