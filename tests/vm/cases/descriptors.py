#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""descriptors.py FILE: opens descriptors of many kinds, and looks at each with fcntl(fd, F_GETFD).

Into FILE goes what strace -yy writes in these calls, as this program knows it: a line for each.
"""
import ctypes
import fcntl
import os
import socket
import sys

expected = []
kept = []


def look(of, text):
    """of: a descriptor or socket, which stays open."""
    fd = of if isinstance(of, int) else of.fileno()
    kept.append(of)
    fcntl.fcntl(fd, fcntl.F_GETFD)
    expected.append(f"{fd}<{text}>")


def inode(of):
    return os.fstat(of.fileno()).st_ino


def address(at):
    return f"[{at[0]}]:{at[1]}" if ":" in at[0] else f"{at[0]}:{at[1]}"


def of_inet(name, sock):
    """What both sides of it are called."""
    text = address(sock.getsockname())
    try:
        text += "->" + address(sock.getpeername())
    except OSError:
        pass
    look(sock, f"{name}:[{text}]")


def tcp(name, family, host):
    server, client = socket.socket(family), socket.socket(family)
    look(client, f"{name}:[{inode(client)}]")
    server.bind((host, 0))
    server.listen()
    of_inet(name, server)
    # Not the one that was looked at: strace keeps what it has found of a socket.
    client = socket.create_connection(server.getsockname()[:2])
    of_inet(name, client)
    of_inet(name, server.accept()[0])


INET = [("TCP", "UDP", socket.AF_INET, "127.0.0.1")]
if os.path.exists("/proc/net/if_inet6"):
    INET += [("TCPv6", "UDPv6", socket.AF_INET6, "::1")]


def mapped():
    """An IPv4 peer of an IPv6 socket."""
    server = socket.socket(socket.AF_INET6)
    server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    server.bind(("::", 0))
    server.listen()
    of_inet("TCPv6", server)
    kept.append(socket.create_connection(("127.0.0.1", server.getsockname()[1])))
    of_inet("TCPv6", server.accept()[0])


def refused():
    sock = socket.socket()
    if not sock.connect_ex(("127.0.0.1", 1)):
        sys.exit("somebody listens at port 1")
    look(sock, f"TCP:[{inode(sock)}]")


def udp(name, family, host):
    fresh, server, client = (socket.socket(family, socket.SOCK_DGRAM) for _ in range(3))
    look(fresh, f"{name}:[{inode(fresh)}]")
    server.bind((host, 0))
    of_inet(name, server)
    client.connect(server.getsockname())
    of_inet(name, client)


def unix_name(stream):
    """Before 5.15 there was one for all."""
    release = tuple(int(n) for n in os.uname().release.split("-")[0].split("+")[0].split(".")[:2])
    return "UNIX-STREAM" if stream and release >= (5, 15) else "UNIX"


def unix_pairs():
    for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET:
        name = unix_name(kind == socket.SOCK_STREAM)
        one, other = socket.socketpair(socket.AF_UNIX, kind)
        look(one, f"{name}:[{inode(one)}->{inode(other)}]")
        look(other, f"{name}:[{inode(other)}->{inode(one)}]")
    one, other = socket.socketpair(socket.AF_UNIX)
    other.close()
    look(one, f"{unix_name(True)}:[{inode(one)}]")


def unix_names():
    name = unix_name(True)
    fresh, server, client = (socket.socket(socket.AF_UNIX) for _ in range(3))
    look(fresh, f"{name}:[{inode(fresh)}]")
    server.bind("./na\"me\n")
    server.listen()
    look(server, f'{name}:[{inode(server)},"./na\\"me\\n"]')
    client.connect("./na\"me\n")
    # The other side is nobody's file yet.
    look(client, f"{name}:[{inode(client)}]")
    other = server.accept()[0]
    look(other, f'{name}:[{inode(other)}->{inode(client)},"./na\\"me\\n"]')
    look(client, f"{name}:[{inode(client)}->{inode(other)}]")
    server, client = (socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(2))
    server.bind(b"\0abs\1tract\377")
    look(server, f'UNIX:[{inode(server)},@"abs\\1tract\\377"]')
    client.connect(b"\0abs\1tract\377")
    look(client, f"UNIX:[{inode(client)}->{inode(server)}]")
    longest = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    longest.bind("\0" + "x" * 107)
    look(longest, f'UNIX:[{inode(longest)},@"{"x" * 107}"]')


def netlink():
    for protocol, name in (0, "ROUTE"), (15, "KOBJECT_UEVENT"), (16, "GENERIC"):
        sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
        sock.bind((0x80000000 + protocol, 0))
        look(sock, f"NETLINK:[{name}:{0x80000000 + protocol}]")
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    look(sock, f"NETLINK:[{inode(sock)}]")


def others():
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)
    look(raw, "RAW:[0.0.0.0:1]")
    if os.path.exists("/proc/net/packet"):
        packet = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        look(packet, f"socket:[{inode(packet)}]")


def processes():
    look(os.pidfd_open(os.getpid()), f"pid:{os.getpid()}")
    pid = os.fork()
    if not pid:
        os._exit(0)
    pidfd = os.pidfd_open(pid)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    look(pidfd, f"pid:{pid}")
    os.waitpid(pid, 0)
    look(pidfd, "anon_inode:[pidfd]")


def files():
    libc = ctypes.CDLL(None)
    look(libc.signalfd(-1, bytes(128), 0), "anon_inode:[signalfd]")
    look(libc.eventfd(7, 0), "anon_inode:[eventfd]")
    look(os.open("/dev/null", os.O_RDONLY), "/dev/null<char 1:3>")
    look(os.open("/dev/zero", os.O_PATH), "/dev/zero<char 1:5>")
    os.mknod("block", 0o60600, os.makedev(4095, 1048575))
    look(os.open("block", os.O_PATH), f"{os.getcwd()}/block<block 4095:1048575>")
    look(os.open("/etc/passwd", os.O_RDONLY), "/etc/passwd")
    look(os.open("/", os.O_RDONLY), "/")
    pipe = os.pipe()
    look(pipe[1], f"pipe:[{os.fstat(pipe[1]).st_ino}]")


def main():
    for stream, datagram, family, host in INET:
        tcp(stream, family, host)
        udp(datagram, family, host)
    if len(INET) > 1:
        mapped()
    refused()
    unix_pairs()
    unix_names()
    netlink()
    others()
    processes()
    files()
    with open(sys.argv[1], "w", encoding="ascii") as to:
        to.writelines(line + "\n" for line in expected)


main()
