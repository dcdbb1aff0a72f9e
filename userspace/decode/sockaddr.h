/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses of sockets: what the decoders of networking share. */
#ifndef SCT_SOCKADDR_H
#define SCT_SOCKADDR_H

#include "print.h"

/* Members: value as a member of kind BE16, BE32 or U32 has it. */
void sct_family_print(struct sct_text *text, uint32_t family);
void sct_ifindex_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_htons_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_htonl_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_inet_addr_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

void sct_inet6_print(struct sct_text *text, const struct sct_place *place, const char *name);
void sct_mac_print(struct sct_text *text, const uint8_t *bytes, uint32_t n);
void sct_byte_array_print(struct sct_text *text, const uint8_t *bytes, uint32_t n, bool more);
void sct_sockaddr_raw_print(struct sct_text *text, const struct sct_place *place);

/* Families seen seldom (sockaddr_more.c). The place has as many bytes as sockaddr.c's table says. */
void sct_sockaddr_bluetooth_print(struct sct_text *text, const struct sct_place *place);
void sct_sockaddr_ax25_print(struct sct_text *text, const struct sct_place *place);
void sct_sockaddr_alg_print(struct sct_text *text, const struct sct_place *place);
void sct_sockaddr_nfc_print(struct sct_text *text, const struct sct_place *place);
void sct_sockaddr_ieee802154_print(struct sct_text *text, const struct sct_place *place);
void sct_sockaddr_rxrpc_print(struct sct_text *text, const struct sct_place *place);
extern const struct sct_struct sct_struct_sockaddr_x25;
extern const struct sct_struct sct_struct_sockaddr_ipx;
extern const struct sct_struct sct_struct_sockaddr_xdp;
extern const struct sct_struct sct_struct_sockaddr_qrtr;
extern const struct sct_struct sct_struct_sockaddr_mctp;

#endif
