/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests about network interfaces: struct ifreq, of which the request says what its union holds. */
#include <linux/if_arp.h>
#include <linux/sockios.h>
#include <string.h>

#include "ioctl.h"
#include "layout.h"
#include "sockaddr.h"
#include "structs.h"

/* Linux 5.15; the installed headers may be older. */
#ifndef ARPHRD_MCTP
#define ARPHRD_MCTP	290
#endif

#define NAME_BYTES	16

static void print_name(struct sct_text *text, const uint8_t *name)
{
	uint32_t n = strnlen((const char *)name, NAME_BYTES);

	sct_text_quoted(text, name, n < NAME_BYTES ? n : NAME_BYTES - 1, n == NAME_BYTES);
}

/* How many bytes of an address count. */
static unsigned int hardware_bytes(uint16_t type)
{
	switch (type) {
	case ARPHRD_ARCNET:
	case ARPHRD_MCTP:
	case ARPHRD_LOCALTLK:
	case ARPHRD_PHONET:
	case ARPHRD_PHONET_PIPE:
	case ARPHRD_CAIF:
		return 1;
	case ARPHRD_DLCI:
		return 2;
	case ARPHRD_TUNNEL:
	case ARPHRD_SIT:
	case ARPHRD_IPDDP:
	case ARPHRD_IPGRE:
	case ARPHRD_PIMREG:
	case ARPHRD_IRDA:
		return 4;
	case ARPHRD_ROSE:
	case ARPHRD_X25:
		return 5;
	case ARPHRD_ETHER:
	case ARPHRD_IEEE802:
	case ARPHRD_LOOPBACK:
	case ARPHRD_FDDI:
	case ARPHRD_HIPPI:
	case ARPHRD_IEEE80211:
	case ARPHRD_IEEE80211_PRISM:
	case ARPHRD_IEEE80211_RADIOTAP:
		return 6;
	case ARPHRD_NETROM:
	case ARPHRD_AX25:
		return 7;
	case ARPHRD_EUI64:
	case ARPHRD_IEEE802154:
	case ARPHRD_IEEE802154_MONITOR:
	case ARPHRD_6LOWPAN:
	case ARPHRD_VSOCKMON:
		return 8;
	default:
		return 14;
	}
}

static void print_hwaddr(struct sct_text *text, const uint8_t *bytes)
{
	uint16_t type = sct_number_at(bytes, 2);

	sct_text_put(text, "ifr_hwaddr={sa_family=");
	sct_text_enum(text, type, &sct_xlat_arp_hardware);
	sct_text_put(text, ", sa_data=");
	sct_mac_print(text, bytes + 2, hardware_bytes(type));
	sct_text_put(text, "}");
}

static void print_address(struct sct_text *text, const struct sct_place *place, const char *name)
{
	sct_text_putf(text, "%s=", name);
	sct_bytes_print(text, place, &sct_struct_sockaddr, place->bytes + NAME_BYTES, 16);
}

STRUCT(ifmap, { K_ULONG, HEX("mem_start") }, { K_ULONG, HEX("mem_end") }, { K_U16, HEX("base_addr") },
       { K_U8, HEX("irq") }, { K_U8, HEX("dma") }, { K_U8, HEX("port") });

static void print_union(struct sct_text *text, const struct sct_place *place, uint32_t cmd)
{
	const uint8_t *u = place->bytes + NAME_BYTES;

	switch (cmd) {
	case SIOCGIFADDR:
	case SIOCSIFADDR:
		print_address(text, place, "ifr_addr");
		break;
	case SIOCGIFDSTADDR:
	case SIOCSIFDSTADDR:
		print_address(text, place, "ifr_dstaddr");
		break;
	case SIOCGIFBRDADDR:
	case SIOCSIFBRDADDR:
		print_address(text, place, "ifr_broadaddr");
		break;
	case SIOCGIFNETMASK:
	case SIOCSIFNETMASK:
		print_address(text, place, "ifr_netmask");
		break;
	case SIOCGIFHWADDR:
	case SIOCSIFHWADDR:
	case SIOCSIFHWBROADCAST:
	case SIOCADDMULTI:
	case SIOCDELMULTI:
		print_hwaddr(text, u);
		break;
	case SIOCGIFFLAGS:
	case SIOCSIFFLAGS:
		sct_text_put(text, "ifr_flags=");
		sct_text_flags(text, sct_number_at(u, 2), &sct_xlat_if_flags);
		break;
	case SIOCGIFMETRIC:
	case SIOCSIFMETRIC:
		sct_text_putf(text, "ifr_metric=%d", (int32_t)sct_number_at(u, 4));
		break;
	case SIOCGIFMTU:
	case SIOCSIFMTU:
		sct_text_putf(text, "ifr_mtu=%d", (int32_t)sct_number_at(u, 4));
		break;
	case SIOCGIFINDEX:
		sct_text_putf(text, "ifr_ifindex=%d", (int32_t)sct_number_at(u, 4));
		break;
	case SIOCGIFTXQLEN:
	case SIOCSIFTXQLEN:
		sct_text_putf(text, "ifr_qlen=%d", (int32_t)sct_number_at(u, 4));
		break;
	case SIOCGIFSLAVE:
	case SIOCSIFSLAVE:
		sct_text_put(text, "ifr_slave=");
		print_name(text, u);
		break;
	case SIOCSIFNAME:
		sct_text_put(text, "ifr_newname=");
		print_name(text, u);
		break;
	default:
		sct_text_put(text, "ifr_map=");
		sct_bytes_print(text, place, &sct_struct_ifmap, u,
				sct_struct_size(&sct_struct_ifmap, place->known->plan.abi));
		break;
	}
}

/* What is asked for is shown only once it is there. */
void sct_ifreq_print(struct sct_text *text, const struct sct_place *place)
{
	bool gets = place->known->plan.row->args[place->root].dir == SCT_INOUT;
	uint32_t cmd = sct_known_arg(place->known, 1);

	if (place->len < NAME_BYTES + 16) {
		sct_text_addr(text, place->address);
		return;
	}
	if (cmd == SIOCGIFNAME) {
		sct_text_putf(text, "{ifr_ifindex=%d", (int32_t)sct_number_at(place->bytes + NAME_BYTES, 4));
		if (place->at_exit) {
			sct_text_put(text, ", ifr_name=");
			print_name(text, place->bytes);
		}
		sct_text_put(text, "}");
		return;
	}
	sct_text_put(text, "{ifr_name=");
	print_name(text, place->bytes);
	if (!gets || place->at_exit) {
		sct_text_put(text, ", ");
		print_union(text, place, cmd);
	}
	sct_text_put(text, "}");
}

/* Bytes of one struct ifreq: its union is as large as its largest member, struct ifmap. */
static uint32_t ifreq_bytes(const struct sct_place *place)
{
	return NAME_BYTES + sct_struct_size(&sct_struct_ifmap, place->known->plan.abi);
}

static void print_len(struct sct_text *text, const struct sct_place *place, int32_t len)
{
	uint32_t size = ifreq_bytes(place);

	sct_text_putf(text, "%d", len);
	if (len > 0 && !((uint32_t)len % size))
		sct_text_putf(text, " /* %u * sizeof(struct ifreq) */", len / size);
}

static void print_interfaces(struct sct_text *text, const struct sct_place *list, uint32_t bytes)
{
	uint32_t size = ifreq_bytes(list), n = bytes / size, i;
	uint32_t limit = list->known->options->string_limit;

	sct_text_put(text, "[");
	for (i = 0; i < n && (i + 1) * size <= list->len; i++) {
		struct sct_place at = *list;

		sct_text_put(text, i ? ", " : "");
		if (i >= limit && !list->known->options->verbose)
			break;
		at.bytes += i * size;
		sct_text_put(text, "{ifr_name=");
		print_name(text, at.bytes);
		sct_text_put(text, ", ");
		print_address(text, &at, "ifr_addr");
		sct_text_put(text, "}");
	}
	sct_text_put(text, i < n ? "...]" : "]");
}

/* ifc_len, of bytes, goes in and out. Without a list, it is how many there would be. */
void sct_ifconf_print(struct sct_text *text, const struct sct_place *place)
{
	int32_t now = sct_member_value(place, 0), before = now;
	uint64_t address = sct_member_value(place, 1);
	struct sct_place entry, list;

	if (!sct_member_is_there(place, 1)) {
		sct_text_addr(text, place->address);
		return;
	}
	if (place->at_exit && sct_pointer_place(&entry, place->known, place->root, false))
		before = sct_member_value(&entry, 0);
	sct_text_put(text, "{ifc_len=");
	if (!address && place->at_exit) {
		print_len(text, place, now);
		sct_text_put(text, ", ifc_buf=NULL}");
		return;
	}
	print_len(text, place, before);
	if (!place->at_exit) {
		sct_text_put(text, "}");
		return;
	}
	if (before != now) {
		sct_text_put(text, " => ");
		print_len(text, place, now);
	}
	sct_text_put(text, ", ifc_buf=");
	if (now >= 0 && (uint32_t)now < ifreq_bytes(place))
		sct_text_put(text, "[]");
	else if (sct_member_target(&list, place, 1))
		print_interfaces(text, &list, now < 0 ? 0 : now);
	else
		sct_text_addr(text, address);
	sct_text_put(text, "}");
}
