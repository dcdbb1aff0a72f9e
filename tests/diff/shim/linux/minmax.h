/* SPDX-License-Identifier: GPL-2.0-only */
/* As the kernel's: both sides of one type, each looked at once. */
#ifndef SHIM_LINUX_MINMAX_H
#define SHIM_LINUX_MINMAX_H

#define min(x, y) ({						\
	__typeof__(x) _x = (x);					\
	__typeof__(y) _y = (y);					\
	_Static_assert(__builtin_types_compatible_p(		\
		__typeof__(_x), __typeof__(_y)), "types differ");	\
	_x < _y ? _x : _y; })
#define max(x, y) ({						\
	__typeof__(x) _x = (x);					\
	__typeof__(y) _y = (y);					\
	_Static_assert(__builtin_types_compatible_p(		\
		__typeof__(_x), __typeof__(_y)), "types differ");	\
	_x > _y ? _x : _y; })
#define min_t(type, x, y) ({ type _tx = (x), _ty = (y); _tx < _ty ? _tx : _ty; })
#define max_t(type, x, y) ({ type _tx = (x), _ty = (y); _tx > _ty ? _tx : _ty; })
#define min3(x, y, z) ({ __typeof__(x) _m = min(x, y); min(_m, z); })

#endif
