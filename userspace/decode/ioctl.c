/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests of ioctl(2) by name, and what their arguments are where a list of members does not tell. */
#include <linux/ioctl.h>
#include <linux/userfaultfd.h>

#include "ioctl.h"
#include "printers.h"

/* Linux 5.13; the installed headers may be older. */
#ifndef _UFFDIO_CONTINUE
#define _UFFDIO_CONTINUE 0x07
#endif

/* All that have the number, for drivers have taken it without asking each other. any: there is one already. */
static bool print_names(struct sct_text *text, const struct sct_xlat *xlat, uint32_t cmd, bool any)
{
	size_t i;

	for (i = 0; i < xlat->n; i++) {
		if (xlat->names[i].value != cmd)
			continue;
		sct_text_put(text, any ? " or " : "");
		sct_text_put(text, xlat->names[i].name);
		any = true;
	}
	return any;
}

/* Requests whose number has a length or an index in it. false: it is none of them, and nothing was printed. */
static bool print_counted(struct sct_text *text, uint32_t cmd)
{
	uint32_t type = _IOC_TYPE(cmd), nr = _IOC_NR(cmd), size = _IOC_SIZE(cmd), dir = _IOC_DIR(cmd);
	static const struct {
		char type;
		uint8_t nr;
		uint8_t dirs;		/* a bit of each direction that it may have */
		const char *name;
	} by_size[] = {
		{ 'E', 0x06, 4, "EVIOCGNAME" }, { 'E', 0x07, 4, "EVIOCGPHYS" }, { 'E', 0x08, 4, "EVIOCGUNIQ" },
		{ 'E', 0x09, 4, "EVIOCGPROP" }, { 'E', 0x0a, 4, "EVIOCGMTSLOTS" }, { 'E', 0x18, 4, "EVIOCGKEY" },
		{ 'E', 0x19, 4, "EVIOCGLED" }, { 'E', 0x1a, 4, "EVIOCGSND" }, { 'E', 0x1b, 4, "EVIOCGSW" },
		{ 'H', 0x04, 4, "HIDIOCGRAWNAME" }, { 'H', 0x05, 4, "HIDIOCGRAWPHYS" },
		{ 'H', 0x08, 4, "HIDIOCGRAWUNIQ" }, { 'H', 0x12, 4, "HIDIOCGPHYS" },
		{ 'H', 0x06, 12, "HIDIOCSFEATURE" }, { 'H', 0x07, 8, "HIDIOCGFEATURE" },
		{ 'j', 0x13, 4, "JSIOCGNAME" }, { 'U', 0x2c, 4, "UI_GET_SYSNAME" }, { 'k', 0x00, 2, "SPI_IOC_MESSAGE" },
	};
	size_t i;

	for (i = 0; i < sizeof(by_size) / sizeof(by_size[0]); i++) {
		if ((uint8_t)by_size[i].type != type || by_size[i].nr != nr || !(by_size[i].dirs >> dir & 1))
			continue;
		sct_text_putf(text, "%s(%u)", by_size[i].name, size);
		return true;
	}
	if (type == 'M' && (dir == _IOC_READ || dir == _IOC_WRITE)) {
		sct_text_putf(text, "MIXER_%s(%u)", dir == _IOC_READ ? "READ" : "WRITE", nr);
	} else if (type == 'E' && dir == _IOC_READ && nr >= 0x20 && nr < 0x40) {
		sct_text_put(text, "EVIOCGBIT(");
		if (nr == 0x20)
			sct_text_put(text, "0");
		else
			sct_text_enum(text, nr - 0x20, &sct_xlat_input_event_types);
		sct_text_putf(text, ", %u)", size);
	} else if (type == 'E' && ((dir == _IOC_READ && nr >= 0x40 && nr < 0x80) || (dir == _IOC_WRITE && nr >= 0xc0))) {
		sct_text_put(text, dir == _IOC_READ ? "EVIOCGABS(" : "EVIOCSABS(");
		sct_text_enum(text, nr & 0x3f, &sct_xlat_input_axes);
		sct_text_put(text, ")");
	} else {
		return false;
	}
	return true;
}

static void print_unknown(struct sct_text *text, uint32_t cmd)
{
	static const char *const dirs[] = { "_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE" };

	sct_text_putf(text, "_IOC(%s, %#x, %#x, %#x)", dirs[_IOC_DIR(cmd)], _IOC_TYPE(cmd), _IOC_NR(cmd),
		      _IOC_SIZE(cmd));
}

void sct_ioctl_cmd_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	bool is_32bit = place->known->plan.abi & (SCT_I386 | SCT_X32 | SCT_ARM), any;
	uint32_t cmd = value;

	if (!sct_text_const(text, cmd, SCT_HEX_DIGITS))
		return;
	any = print_counted(text, cmd);
	if (!(is_32bit && print_names(text, &sct_xlat_ioctl_cmds32, cmd, any)) &&
	    !print_names(text, &sct_xlat_ioctl_cmds, cmd, any))
		print_unknown(text, cmd);
	sct_text_const_end(text);
}

/* The rate of the timer that makes the tones: what its pitch divides. */
#define TICKS_PER_SECOND	1193182

/* A tone's length in ms in the upper half of 32 bits, and its pitch in the lower. */
void sct_kdmktone_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint16_t ms = value >> 16, ticks = value;

	(void)place;
	if (ms)
		sct_text_putf(text, "%u<<16|%u", ms, ticks);
	else
		sct_text_putf(text, "%u", ticks);
	if (ms && ticks)
		sct_text_putf(text, " /* %u Hz, %u ms */", TICKS_PER_SECOND / ticks, ms);
	else
		sct_text_put(text, " /* off */");
}

void sct_kiocsound_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	(void)place;
	if (value && value <= TICKS_PER_SECOND)
		sct_text_putf(text, "%llu /* %u Hz */", (unsigned long long)value,
			      TICKS_PER_SECOND / (unsigned int)value);
	else
		sct_text_putf(text, "%llu /* off */", (unsigned long long)value);
}

/* The argument of a request that is not looked into; of some it is known to be an address. */
void sct_ioctl_arg_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	uint32_t type = _IOC_TYPE((uint32_t)sct_known_arg(place->known, 1));

	if (type == 0x89 || type == 'E')
		sct_text_addr(text, value);
	else
		sct_text_hex(text, value);
}

/* [LED_NUM|LED_CAP]: flags of one byte. */
void sct_leds_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "[");
	sct_text_flags(text, *place->bytes, &sct_xlat_keyboard_leds);
	sct_text_put(text, "]");
}

void sct_led_defaults_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "[");
	sct_text_flags(text, *place->bytes, &sct_xlat_keyboard_led_defaults);
	sct_text_put(text, "]");
}

void sct_kbtype_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "[");
	sct_text_enum(text, *place->bytes, &sct_xlat_keyboard_types);
	sct_text_put(text, "]");
}

void sct_one_char_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_quoted(text, place->bytes, place->len ? 1 : 0, false);
}

static const struct sct_name api_ioctls[] = {
	{ 1ULL << _UFFDIO_REGISTER, "1<<_UFFDIO_REGISTER" },
	{ 1ULL << _UFFDIO_UNREGISTER, "1<<_UFFDIO_UNREGISTER" },
	{ 1ULL << _UFFDIO_API, "1<<_UFFDIO_API" },
};

static const struct sct_name range_ioctls[] = {
	{ 1ULL << _UFFDIO_WAKE, "1<<_UFFDIO_WAKE" },
	{ 1ULL << _UFFDIO_COPY, "1<<_UFFDIO_COPY" },
	{ 1ULL << _UFFDIO_ZEROPAGE, "1<<_UFFDIO_ZEROPAGE" },
	{ 1ULL << _UFFDIO_WRITEPROTECT, "1<<_UFFDIO_WRITEPROTECT" },
	{ 1ULL << _UFFDIO_CONTINUE, "1<<_UFFDIO_CONTINUE" },
};

void sct_uffd_api_ioctls_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	static const struct sct_xlat xlat = { "UFFDIO_???", api_ioctls, 3 };

	(void)place;
	sct_text_flags(text, value, &xlat);
}

void sct_uffd_range_ioctls_print(struct sct_text *text, const struct sct_place *place, uint64_t value)
{
	static const struct sct_xlat xlat = { "UFFDIO_???", range_ioctls, 5 };

	(void)place;
	sct_text_flags(text, value, &xlat);
}

/* The last member is what the kernel says, and so not there before. */
void sct_given_and_told_print(struct sct_text *text, const struct sct_place *place)
{
	sct_text_put(text, "{");
	sct_members_print(text, place, 0, place->of->nr_members - !place->at_exit);
	sct_text_put(text, "}");
}
