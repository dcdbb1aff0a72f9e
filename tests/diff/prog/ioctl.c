// SPDX-License-Identifier: GPL-2.0-or-later
/* ioctl(2) with the commands that are met most, on what they are for and on what they are not for. */
#include <asm/termbits.h>
#include <linux/fs.h>
#include <linux/fiemap.h>
#include <linux/if.h>
#include <linux/loop.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/sockios.h>
#include <linux/watchdog.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "calls.h"

static void terminals(void)
{
	int m = open("/dev/ptmx", O_RDWR | O_NOCTTY), s, n = 0, value = 1;
	struct winsize size = { 24, 80, 0, 0 };
	char kernel_termios[64];

	call(ioctl, m, TIOCSPTLCK, &n);
	call(ioctl, m, TIOCGPTN, &n);
	s = call(ioctl, m, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	call(ioctl, s, TCGETS, kernel_termios);
	call(ioctl, s, TCSETS, kernel_termios);
	call(ioctl, s, TCSETSW, kernel_termios);
	call(ioctl, NO_FD, TCSETSF, BAD);
	call(ioctl, s, TCGETS, NULL);
	call(ioctl, s, TCGETS2, kernel_termios);
	call(ioctl, s, TIOCGWINSZ, &size);
	call(ioctl, s, TIOCSWINSZ, &size);
	call(ioctl, s, TIOCGWINSZ, BAD);
	call(ioctl, s, TIOCGPGRP, &n);
	call(ioctl, s, TIOCSPGRP, &value);
	call(ioctl, s, TIOCGSID, &n);
	call(ioctl, s, TIOCOUTQ, &n);
	call(ioctl, s, FIONREAD, &n);
	call(ioctl, s, TIOCGETD, &n);
	call(ioctl, s, TIOCEXCL, NULL);
	call(ioctl, s, TIOCNXCL, NULL);
	call(ioctl, s, TCFLSH, TCIOFLUSH);
	call(ioctl, s, TCXONC, TCOON);
	call(ioctl, s, TCSBRK, 1);
	call(ioctl, s, TIOCMGET, &n);
	call(ioctl, s, TIOCNOTTY, NULL);
	call(ioctl, m, TIOCPKT, &value);
	if (s >= 0)
		close(s);
	if (m >= 0)
		close(m);
}

static void files(void)
{
	struct {
		struct fiemap head;
		struct fiemap_extent extents[2];
	} map = { .head = { .fm_length = -1UL, .fm_extent_count = 2 } };
	struct file_clone_range range = { .src_fd = NO_FD, .src_length = 4096 };
	int fd = open("a", O_RDWR | O_CREAT, 0644), n = 1;
	long flags = 0;

	call(ioctl, fd, FIONBIO, &n);
	call(ioctl, fd, FIOASYNC, &n);
	call(ioctl, fd, FIOCLEX, NULL);
	call(ioctl, fd, FIONCLEX, NULL);
	call(ioctl, fd, FIONREAD, &n);
	call(ioctl, fd, FIOQSIZE, &flags);
	call(ioctl, fd, FIGETBSZ, &n);
	call(ioctl, fd, FS_IOC_GETFLAGS, &flags);
	call(ioctl, NO_FD, FS_IOC_SETFLAGS, &flags);
	call(ioctl, fd, FS_IOC_FIEMAP, &map);
	call(ioctl, fd, FS_IOC_FIEMAP, NULL);
	call(ioctl, fd, FICLONE, NO_FD);
	call(ioctl, fd, FICLONERANGE, &range);
	call(ioctl, fd, FICLONERANGE, BAD);
	call(ioctl, fd, TCGETS, &map);
	call(ioctl, fd, BLKGETSIZE64, &flags);
	call(ioctl, fd, BLKROGET, &n);
	call(ioctl, NO_FD, BLKROSET, &n);
	call(ioctl, NO_FD, LOOP_SET_FD, fd);
	call(ioctl, NO_FD, LOOP_CLR_FD, 0);
	call(ioctl, NO_FD, LOOP_GET_STATUS64, BAD);
	call(ioctl, NO_FD, RTC_RD_TIME, BAD);
	call(ioctl, NO_FD, WDIOC_KEEPALIVE, 0);
	call(ioctl, NO_FD, RNDGETENTCNT, &n);
	call(ioctl, fd, 0x12345678, 0x1122334455667788);
	call(ioctl, fd, _IO('z', 1), 5);
	call(ioctl, fd, _IOR('z', 2, long), BAD);
	call(ioctl, fd, _IOW('z', 3, char[100]), NULL);
	call(ioctl, fd, _IOWR('z', 4, int), &n);
	call(ioctl, fd, 0, 0);
	call(ioctl, fd, -1, -1);
	close(fd);
	unlink("a");
}

static void interfaces(void)
{
	struct ifreq ifr = { .ifr_name = "lo" }, many[4];
	struct ifconf conf = { .ifc_len = sizeof(many), .ifc_req = many };
	int s = socket(AF_INET, SOCK_DGRAM, 0), n;

	call(ioctl, s, SIOCGIFINDEX, &ifr);
	call(ioctl, s, SIOCGIFFLAGS, &ifr);
	call(ioctl, s, SIOCGIFMTU, &ifr);
	call(ioctl, s, SIOCGIFADDR, &ifr);
	call(ioctl, s, SIOCGIFHWADDR, &ifr);
	ifr.ifr_ifindex = 1;
	call(ioctl, s, SIOCGIFNAME, &ifr);
	strcpy(ifr.ifr_name, "none");
	call(ioctl, s, SIOCGIFMETRIC, &ifr);
	call(ioctl, NO_FD, SIOCSIFFLAGS, &ifr);
	call(ioctl, s, SIOCGIFINDEX, BAD);
	call(ioctl, s, SIOCGIFCONF, &conf);
	conf.ifc_req = NULL;
	call(ioctl, s, SIOCGIFCONF, &conf);
	call(ioctl, s, SIOCGIFCONF, NULL);
	call(ioctl, s, SIOCINQ, &n);
	call(ioctl, s, SIOCOUTQ, &n);
	close(s);
}

static const struct family families[] = {
	{ "terminal", terminals },
	{ "file", files },
	{ "interface", interfaces },
};

PROGRAM(NULL, NULL)
