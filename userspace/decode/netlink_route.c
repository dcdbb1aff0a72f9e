/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NETLINK_ROUTE: links, addresses, routes, neighbours, rules. */
#include <linux/if_link.h>
#include <linux/fib_rules.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "netlink.h"
#include "sockaddr.h"
#include "structs.h"
#include "syscall_table.h"

/*
 * Linux 5.14 to 6.0; the installed headers may be older. The preprocessor cannot look for enumerators: in place of those of newer
 * headers, too.
 */
#define IFLA_PARENT_DEV_NAME		56
#define IFLA_PARENT_DEV_BUS_NAME	57
#define IFLA_GRO_MAX_SIZE		58
#define IFLA_TSO_MAX_SIZE		59
#define IFLA_TSO_MAX_SEGS		60
#define IFLA_ALLMULTI			61
#define NDA_FLAGS_EXT			15
#define NDA_NDM_STATE_MASK		16
#define NDA_NDM_FLAGS_MASK		17

#define FAMILY(name)	ENUM(name, addrfams)
#define IFINDEX(name)	CUSTOM(name, sct_ifindex_print)

/* Numbers of which anybody may make his own. */
static void print_scope(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_nl_named_print(text, value, &sct_xlat_route_scopes);
}

static void print_table(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	sct_nl_named_print(text, value, &sct_xlat_route_tables);
}

STRUCT(ifinfomsg, { K_U8, FAMILY("ifi_family") }, { K_U8, UPPER }, { K_U16, ENUM("ifi_type", arp_hardware) },
       { K_S32, IFINDEX("ifi_index") }, { K_U32, FLAGS("ifi_flags", if_flags) }, { K_U32, HEX("ifi_change") });
STRUCT(ifaddrmsg, { K_U8, FAMILY("ifa_family") }, { K_U8, UINT("ifa_prefixlen") }, { K_U8, FLAGS("ifa_flags", ifa_flags) },
       { K_U8, CUSTOM("ifa_scope", print_scope) }, { K_U32, IFINDEX("ifa_index") });
STRUCT(rtmsg, { K_U8, FAMILY("rtm_family") }, { K_U8, UINT("rtm_dst_len") }, { K_U8, UINT("rtm_src_len") },
       { K_U8, FLAGS("rtm_tos", ip_tos_flags) }, { K_U8, CUSTOM("rtm_table", print_table) },
       { K_U8, ENUM("rtm_protocol", route_protocols) }, { K_U8, CUSTOM("rtm_scope", print_scope) },
       { K_U8, ENUM("rtm_type", route_types) }, { K_U32, FLAGS("rtm_flags", route_flags) });
STRUCT(ndmsg, { K_U8, FAMILY("ndm_family") }, { K_U8, UPPER }, { K_U16, UPPER }, { K_S32, IFINDEX("ndm_ifindex") },
       { K_U16, FLAGS("ndm_state", neighbour_states) }, { K_U8, FLAGS("ndm_flags", neighbour_flags) },
       { K_U8, ENUM("ndm_type", route_types) });
STRUCT(fib_rule_hdr, { K_U8, FAMILY("family") }, { K_U8, UINT("dst_len") }, { K_U8, UINT("src_len") },
       { K_U8, FLAGS("tos", ip_tos_flags) }, { K_U8, ENUM("table", route_tables) }, { K_U8, UPPER }, { K_U8, UPPER },
       { K_U8, ENUM("action", rule_actions) }, { K_U32, FLAGS("flags", rule_flags) });
STRUCT(tcmsg, { K_U8, FAMILY("tcm_family") }, { K_U8, UPPER }, { K_U16, UPPER }, { K_S32, IFINDEX("tcm_ifindex") },
       { K_U32, UINT("tcm_handle") }, { K_U32, UINT("tcm_parent") }, { K_U32, UINT("tcm_info") });

#define LINK_STATS(k) \
	{ k, ULONG("rx_packets") }, { k, ULONG("tx_packets") }, { k, ULONG("rx_bytes") }, { k, ULONG("tx_bytes") }, \
	{ k, ULONG("rx_errors") }, { k, ULONG("tx_errors") }, { k, ULONG("rx_dropped") }, { k, ULONG("tx_dropped") }, \
	{ k, ULONG("multicast") }, { k, ULONG("collisions") }, { k, ULONG("rx_length_errors") }, \
	{ k, ULONG("rx_over_errors") }, { k, ULONG("rx_crc_errors") }, { k, ULONG("rx_frame_errors") }, \
	{ k, ULONG("rx_fifo_errors") }, { k, ULONG("rx_missed_errors") }, { k, ULONG("tx_aborted_errors") }, \
	{ k, ULONG("tx_carrier_errors") }, { k, ULONG("tx_fifo_errors") }, { k, ULONG("tx_heartbeat_errors") }, \
	{ k, ULONG("tx_window_errors") }, { k, ULONG("rx_compressed") }, { k, ULONG("tx_compressed") }, \
	{ k, ULONG("rx_nohandler") }
STRUCT(link_stats, LINK_STATS(K_U32));
STRUCT(link_stats64, LINK_STATS(K_U64), { K_U64, ULONG("rx_otherhost_dropped") });
STRUCT(ifa_cacheinfo, { K_U32, UINT("ifa_prefered") }, { K_U32, UINT("ifa_valid") }, { K_U32, UINT("cstamp") },
       { K_U32, UINT("tstamp") });
STRUCT(nda_cacheinfo, { K_U32, UINT("ndm_confirmed") }, { K_U32, UINT("ndm_used") }, { K_U32, UINT("ndm_updated") },
       { K_U32, UINT("ndm_refcnt") });
STRUCT(rta_cacheinfo, { K_U32, UINT("rta_clntref") }, { K_U32, UINT("rta_lastuse") }, { K_S32, INT("rta_expires") },
       { K_U32, UINT("rta_error") }, { K_U32, UINT("rta_used") }, { K_U32, HEX("rta_id") }, { K_U32, UINT("rta_ts") },
       { K_U32, UINT("rta_tsage") });

STRUCT(rta_mfc_stats, { K_U64, ULONG("mfcs_packets") }, { K_U64, ULONG("mfcs_bytes") }, { K_U64, ULONG("mfcs_wrong_if") });
STRUCT(rtnl_link_ifmap, { K_U64, HEX("mem_start") }, { K_U64, HEX("mem_end") }, { K_U64, HEX("base_addr") },
       { K_U16, UINT("irq") }, { K_U8, UINT("dma") }, { K_U8, UINT("port") });
STRUCT(fib_rule_uid_range, { K_U32, UINT("start") }, { K_U32, UINT("end") });
STRUCT(fib_rule_port_range, { K_U16, UINT("start") }, { K_U16, UINT("end") });

/* What is in them is told as bytes. */
static const struct sct_nl_attrs vf_attrs = { .names = &sct_xlat_rtnl_vf_attrs };
static const struct sct_nl_attrs vf_port_attrs = { .names = &sct_xlat_rtnl_vf_port_attrs };
static const struct sct_nl_attrs port_attrs = { .names = &sct_xlat_rtnl_port_attrs };
static const struct sct_nl_attrs fdb_attrs = { .names = &sct_xlat_rtnl_fdb_attrs };

NL_ATTRS(down_attrs, rtnl_down_attrs, { IFLA_PROTO_DOWN_REASON_MASK, NL_U32 }, { IFLA_PROTO_DOWN_REASON_VALUE, NL_U32 });
NL_ATTRS(inet_attrs, rtnl_inet_attrs, { 0 });
NL_ATTRS(inet6_attrs, rtnl_inet6_attrs, { IFLA_INET6_FLAGS, NL_U32 }, { IFLA_INET6_ADDR_GEN_MODE, NL_U8 });
NL_ATTRS(family_attrs, addrfams, { AF_INET, NL_NESTED, .in = &inet_attrs }, { AF_INET6, NL_NESTED, .in = &inet6_attrs });
NL_ATTRS(property_attrs, rtnl_link_attrs, { IFLA_ALT_IFNAME, NL_STRING });
NL_ATTRS(linkinfo_attrs, rtnl_linkinfo_attrs, { IFLA_INFO_KIND, NL_STRING }, { IFLA_INFO_SLAVE_KIND, NL_STRING });
NL_ATTRS(xdp_attrs, rtnl_xdp_attrs, { IFLA_XDP_FD, NL_S32 }, { IFLA_XDP_ATTACHED, NL_ENUM8, &sct_xlat_xdp_attached },
	 { IFLA_XDP_PROG_ID, NL_U32 }, { IFLA_XDP_DRV_PROG_ID, NL_U32 }, { IFLA_XDP_SKB_PROG_ID, NL_U32 },
	 { IFLA_XDP_HW_PROG_ID, NL_U32 });
NL_ATTRS(link_attrs, rtnl_link_attrs,
	 { IFLA_ADDRESS, NL_MAC }, { IFLA_BROADCAST, NL_MAC }, { IFLA_IFNAME, NL_STRING }, { IFLA_MTU, NL_U32 },
	 { IFLA_LINK, NL_U32 }, { IFLA_QDISC, NL_STRING }, { IFLA_STATS, NL_STRUCT, .of = &sct_struct_link_stats },
	 { IFLA_MASTER, NL_IFINDEX }, { IFLA_TXQLEN, NL_U32 }, { IFLA_WEIGHT, NL_U32 }, { IFLA_OPERSTATE, NL_U8 },
	 { IFLA_LINKMODE, NL_U8 }, { IFLA_LINKINFO, NL_NESTED, .in = &linkinfo_attrs }, { IFLA_NET_NS_PID, NL_U32 },
	 { IFLA_IFALIAS, NL_STRING }, { IFLA_NUM_VF, NL_U32 },
	 { IFLA_STATS64, NL_STRUCT, .of = &sct_struct_link_stats64 }, { IFLA_GROUP, NL_U32 },
	 { IFLA_NET_NS_FD, NL_S32 }, { IFLA_EXT_MASK, NL_FLAGS32, &sct_xlat_route_filters }, { IFLA_PROMISCUITY, NL_U32 },
	 { IFLA_NUM_TX_QUEUES, NL_U32 }, { IFLA_NUM_RX_QUEUES, NL_U32 }, { IFLA_CARRIER, NL_U8 },
	 { IFLA_CARRIER_CHANGES, NL_U32 }, { IFLA_LINK_NETNSID, NL_S32 }, { IFLA_PHYS_PORT_NAME, NL_STRING },
	 { IFLA_PROTO_DOWN, NL_U8 }, { IFLA_GSO_MAX_SEGS, NL_U32 }, { IFLA_GSO_MAX_SIZE, NL_U32 },
	 { IFLA_XDP, NL_NESTED, .in = &xdp_attrs }, { IFLA_NEW_NETNSID, NL_S32 }, { IFLA_IF_NETNSID, NL_S32 },
	 { IFLA_CARRIER_UP_COUNT, NL_U32 }, { IFLA_CARRIER_DOWN_COUNT, NL_U32 }, { IFLA_NEW_IFINDEX, NL_IFINDEX },
	 { IFLA_MIN_MTU, NL_U32 }, { IFLA_MAX_MTU, NL_U32 }, { IFLA_ALT_IFNAME, NL_STRING }, { IFLA_PERM_ADDRESS, NL_MAC },
	 { IFLA_PARENT_DEV_NAME, NL_STRING }, { IFLA_PARENT_DEV_BUS_NAME, NL_STRING }, { IFLA_GRO_MAX_SIZE, NL_U32 },
	 { IFLA_TSO_MAX_SIZE, NL_U32 }, { IFLA_TSO_MAX_SEGS, NL_U32 }, { IFLA_ALLMULTI, NL_U32 },
	 { IFLA_MAP, NL_STRUCT, .of = &sct_struct_rtnl_link_ifmap }, { IFLA_VFINFO_LIST, NL_NESTED, .in = &vf_attrs },
	 { IFLA_VF_PORTS, NL_NESTED, .in = &vf_port_attrs }, { IFLA_PORT_SELF, NL_NESTED, .in = &port_attrs },
	 { IFLA_AF_SPEC, NL_NESTED, .in = &family_attrs }, { IFLA_PROP_LIST, NL_NESTED, .in = &property_attrs },
	 { IFLA_PROTO_DOWN_REASON, NL_NESTED, .in = &down_attrs },
	 { IFLA_EVENT, NL_ENUM32, &sct_xlat_rtnl_link_events });
NL_ATTRS(addr_attrs, rtnl_addr_attrs,
	 { IFA_ADDRESS, NL_ADDRESS }, { IFA_LOCAL, NL_ADDRESS }, { IFA_LABEL, NL_STRING }, { IFA_BROADCAST, NL_ADDRESS },
	 { IFA_ANYCAST, NL_ADDRESS }, { IFA_CACHEINFO, NL_STRUCT, .of = &sct_struct_ifa_cacheinfo },
	 { IFA_MULTICAST, NL_ADDRESS }, { IFA_FLAGS, NL_BITS32, &sct_xlat_ifa_flags }, { IFA_RT_PRIORITY, NL_U32 },
	 { IFA_TARGET_NETNSID, NL_S32 });
NL_ATTRS(metrics_attrs, rtnl_metrics_attrs,
	 { RTAX_LOCK, NL_U32 }, { RTAX_MTU, NL_U32 }, { RTAX_WINDOW, NL_U32 }, { RTAX_RTT, NL_U32 }, { RTAX_RTTVAR, NL_U32 },
	 { RTAX_SSTHRESH, NL_U32 }, { RTAX_CWND, NL_U32 }, { RTAX_ADVMSS, NL_U32 }, { RTAX_REORDERING, NL_U32 },
	 { RTAX_HOPLIMIT, NL_U32 }, { RTAX_INITCWND, NL_U32 }, { RTAX_FEATURES, NL_U32 }, { RTAX_RTO_MIN, NL_U32 },
	 { RTAX_INITRWND, NL_U32 }, { RTAX_QUICKACK, NL_U32 }, { RTAX_CC_ALGO, NL_STRING },
	 { RTAX_FASTOPEN_NO_COOKIE, NL_U32 });
NL_ATTRS(route_attrs, rtnl_route_attrs,
	 { RTA_DST, NL_ADDRESS }, { RTA_SRC, NL_ADDRESS }, { RTA_IIF, NL_IFINDEX }, { RTA_OIF, NL_IFINDEX },
	 { RTA_GATEWAY, NL_ADDRESS }, { RTA_PRIORITY, NL_U32 }, { RTA_PREFSRC, NL_ADDRESS },
	 { RTA_METRICS, NL_NESTED, .in = &metrics_attrs }, { RTA_FLOW, NL_U32 },
	 { RTA_CACHEINFO, NL_STRUCT, .of = &sct_struct_rta_cacheinfo }, { RTA_TABLE, NL_NAMED32, &sct_xlat_route_tables },
	 { RTA_MARK, NL_U32 }, { RTA_NEWDST, NL_ADDRESS }, { RTA_PREF, NL_U8 }, { RTA_EXPIRES, NL_U64 }, { RTA_UID, NL_U32 },
	 { RTA_TTL_PROPAGATE, NL_U8 }, { RTA_IP_PROTO, NL_U8 }, { RTA_SPORT, NL_U16 },
	 { RTA_DPORT, NL_U16 }, { RTA_PROTOINFO, NL_U32 }, { RTA_MP_ALGO, NL_U32 },
	 { RTA_ENCAP_TYPE, NL_ENUM16, &sct_xlat_lwtunnel_types }, { RTA_MFC_STATS, NL_STRUCT, .of = &sct_struct_rta_mfc_stats });
NL_ATTRS(neigh_attrs, rtnl_neigh_attrs,
	 { NDA_DST, NL_ADDRESS }, { NDA_LLADDR, NL_MAC }, { NDA_CACHEINFO, NL_STRUCT, .of = &sct_struct_nda_cacheinfo },
	 { NDA_PROBES, NL_U32 }, { NDA_VLAN, NL_U16 }, { NDA_VNI, NL_U32 }, { NDA_IFINDEX, NL_IFINDEX },
	 { NDA_MASTER, NL_IFINDEX }, { NDA_LINK_NETNSID, NL_U32 }, { NDA_SRC_VNI, NL_U32 },
	 { NDA_PROTOCOL, NL_ENUM, &sct_xlat_inet_protocols }, { NDA_NH_ID, NL_U32 }, { NDA_PORT, NL_HTONS },
	 { NDA_FDB_EXT_ATTRS, NL_NESTED, .in = &fdb_attrs }, { NDA_FLAGS_EXT, NL_FLAGS32, &sct_xlat_neighbour_more_flags },
	 { NDA_NDM_STATE_MASK, NL_FLAGS16, &sct_xlat_neighbour_states },
	 { NDA_NDM_FLAGS_MASK, NL_FLAGS8, &sct_xlat_neighbour_flags });
NL_ATTRS(rule_attrs, rtnl_rule_attrs,
	 { FRA_DST, NL_ADDRESS }, { FRA_SRC, NL_ADDRESS }, { FRA_IIFNAME, NL_STRING }, { FRA_GOTO, NL_U32 },
	 { FRA_PRIORITY, NL_U32 }, { FRA_FWMARK, NL_U32 }, { FRA_FLOW, NL_U32 }, { FRA_SUPPRESS_IFGROUP, NL_U32 },
	 { FRA_SUPPRESS_PREFIXLEN, NL_U32 }, { FRA_TABLE, NL_NAMED32, &sct_xlat_route_tables }, { FRA_FWMASK, NL_U32 },
	 { FRA_OIFNAME, NL_STRING }, { FRA_L3MDEV, NL_U8 }, { FRA_PROTOCOL, NL_ENUM8, &sct_xlat_route_protocols },
	 { FRA_IP_PROTO, NL_ENUM, &sct_xlat_inet_protocols }, { FRA_TUN_ID, NL_HTOBE64 },
	 { FRA_UID_RANGE, NL_STRUCT, .of = &sct_struct_fib_rule_uid_range },
	 { FRA_SPORT_RANGE, NL_STRUCT, .of = &sct_struct_fib_rule_port_range },
	 { FRA_DPORT_RANGE, NL_STRUCT, .of = &sct_struct_fib_rule_port_range });
NL_ATTRS(tc_attrs, rtnl_tc_attrs, { TCA_KIND, NL_STRING }, { TCA_CHAIN, NL_U32 });

static const struct sct_nl_head heads[] = {
	{ RTM_NEWLINK, RTM_SETLINK, &sct_struct_ifinfomsg, &link_attrs },
	{ RTM_NEWADDR, RTM_GETADDR, &sct_struct_ifaddrmsg, &addr_attrs },
	{ RTM_NEWROUTE, RTM_GETROUTE, &sct_struct_rtmsg, &route_attrs },
	{ RTM_NEWNEIGH, RTM_GETNEIGH, &sct_struct_ndmsg, &neigh_attrs },
	{ RTM_NEWRULE, RTM_GETRULE, &sct_struct_fib_rule_hdr, &rule_attrs },
	{ RTM_NEWQDISC, RTM_GETTFILTER, &sct_struct_tcmsg, &tc_attrs },
	{ RTM_GETMULTICAST, RTM_GETMULTICAST, &sct_struct_ifaddrmsg, &addr_attrs },
	{ RTM_GETANYCAST, RTM_GETANYCAST, &sct_struct_ifaddrmsg, &addr_attrs },
};

/* Four types a kind of thing: it is made, deleted, asked for, set. */
static const struct sct_xlat *flags(uint16_t type)
{
	static const struct sct_xlat *const all[] = {
		&sct_xlat_nlmsg_new_flags, &sct_xlat_nlmsg_delete_flags, &sct_xlat_nlmsg_get_flags, &sct_xlat_nlmsg_flags,
	};

	return all[type % 4];
}

const struct sct_nl_protocol sct_nl_route = {
	NETLINK_ROUTE, &sct_xlat_rtnl_types, flags, heads, sizeof(heads) / sizeof(heads[0]),
	.begins_with_family = true,
};
