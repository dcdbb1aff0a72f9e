/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Protocols of netlink of which little more is told than types and flags. */
#include <linux/netlink.h>
#include <linux/xfrm.h>

#include "netlink.h"
#include "syscall_table.h"

static const struct sct_xlat *xfrm_flags(uint16_t type)
{
	switch (type) {
	case XFRM_MSG_NEWSA:
	case XFRM_MSG_NEWPOLICY:
	case XFRM_MSG_NEWAE:
	case XFRM_MSG_NEWSADINFO:
	case XFRM_MSG_NEWSPDINFO:
		return &sct_xlat_nlmsg_new_flags;
	case XFRM_MSG_DELSA:
	case XFRM_MSG_DELPOLICY:
		return &sct_xlat_nlmsg_delete_flags;
	case XFRM_MSG_GETSA:
	case XFRM_MSG_GETPOLICY:
	case XFRM_MSG_GETAE:
	case XFRM_MSG_GETSADINFO:
	case XFRM_MSG_GETSPDINFO:
		return &sct_xlat_nlmsg_get_flags;
	default:
		return &sct_xlat_nlmsg_flags;
	}
}

const struct sct_nl_protocol sct_nl_generic = { NETLINK_GENERIC, &sct_xlat_genl_types };
const struct sct_nl_protocol sct_nl_audit = { NETLINK_AUDIT, &sct_xlat_audit_types };
const struct sct_nl_protocol sct_nl_xfrm = { NETLINK_XFRM, &sct_xlat_xfrm_types, xfrm_flags };
