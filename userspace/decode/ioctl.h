/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decoders of ioctl(2), by the file that has them. */
#ifndef SCT_IOCTL_H
#define SCT_IOCTL_H

#include "print.h"

/* ioctl.c */
void sct_ioctl_cmd_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_ioctl_arg_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_kiocsound_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_kdmktone_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_led_defaults_print(struct sct_text *text, const struct sct_place *place);
void sct_leds_print(struct sct_text *text, const struct sct_place *place);
void sct_kbtype_print(struct sct_text *text, const struct sct_place *place);
void sct_one_char_print(struct sct_text *text, const struct sct_place *place);
void sct_uffd_api_ioctls_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_uffd_range_ioctls_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_given_and_told_print(struct sct_text *text, const struct sct_place *place);

/* ioctl_structs.c */
void sct_label_print(struct sct_text *text, const struct sct_place *place);
void sct_loop_info_print(struct sct_text *text, const struct sct_place *place);
void sct_loop_info64_print(struct sct_text *text, const struct sct_place *place);
void sct_seccomp_notif_print(struct sct_text *text, const struct sct_place *place);
void sct_rand_pool_print(struct sct_text *text, const struct sct_place *place);
void sct_fiemap_print(struct sct_text *text, const struct sct_place *place);
void sct_dedupe_print(struct sct_text *text, const struct sct_place *place);


/* termios.c */
void sct_termios_print(struct sct_text *text, const struct sct_place *place);

/* ifreq.c */
void sct_ifreq_print(struct sct_text *text, const struct sct_place *place);
void sct_ifconf_print(struct sct_text *text, const struct sct_place *place);

#endif
