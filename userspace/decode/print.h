/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What decoders are made of. A decoder of its own (a struct's or an argument's .print) uses these
 * and the words of text.h; it never writes into the captured bytes and never looks beyond place->len.
 */
#ifndef SCT_PRINT_H
#define SCT_PRINT_H

#include "known.h"
#include "text.h"

/* Arguments and members. */
void sct_value_print(struct sct_text *text, const struct sct_place *place, const struct sct_arg *arg,
		     uint64_t value);
void sct_fd_path_print(struct sct_text *text, const struct sct_known *known, unsigned int root);
void sct_fd_piece_print(struct sct_text *text, const struct sct_plan_options *options, const struct sct_piece *piece);
void sct_cwd_print(struct sct_text *text);
void sct_fd_print(struct sct_text *text, const struct sct_known *known, unsigned int root, int32_t fd);

void sct_open_flags_print(struct sct_text *text, uint64_t flags);

/* Structs, at their place. */
void sct_struct_print(struct sct_text *text, const struct sct_place *place);
void sct_members_print(struct sct_text *text, const struct sct_place *place, unsigned int from,
		       unsigned int to);
void sct_tail_print(struct sct_text *text, const struct sct_place *place);
bool sct_member_print(struct sct_text *text, const struct sct_place *place, unsigned int i);
void sct_member_value_print(struct sct_text *text, const struct sct_place *place, unsigned int i);
bool sct_member_is_there(const struct sct_place *place, unsigned int i);
uint64_t sct_member_value(const struct sct_place *place, unsigned int i);
uint32_t sct_member_at(const struct sct_place *place, unsigned int i);
bool sct_member_place(struct sct_place *to, const struct sct_place *place, unsigned int i);
uint64_t sct_number_at(const uint8_t *bytes, unsigned int n);
void sct_bytes_print(struct sct_text *text, const struct sct_place *place, const struct sct_struct *of,
		     const uint8_t *bytes, uint32_t len);
void sct_array_print(struct sct_text *text, const struct sct_place *place, const struct sct_struct *of,
		     const uint8_t *bytes, uint32_t len);

/* What an argument points to: the place of its struct, or of an array's first element. */
bool sct_pointer_place(struct sct_place *to, const struct sct_known *known, unsigned int arg, bool at_exit);

bool sct_member_target(struct sct_place *to, const struct sct_place *place, unsigned int i);

/* Arguments of the call, as numbers. 0 beyond those that it has. */
uint64_t sct_known_arg(const struct sct_known *known, unsigned int i);

#endif
