/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * VMA_ITERATOR(), for_each_vma(): since 6.1; before, the areas were a list. The shim may go when
 * 5.15 is gone.
 */
#ifndef SCTRACE_COMPAT_VMA_ITERATOR_H
#define SCTRACE_COMPAT_VMA_ITERATOR_H

#include <linux/mm.h>
#include <linux/mm_types.h>

#ifndef VMA_ITERATOR
#define VMA_ITERATOR(name, mm_of, from) struct vm_area_struct *name = (mm_of)->mmap
#define for_each_vma(name, vma) for ((vma) = (name); (vma); (vma) = (vma)->vm_next)
#endif

#endif
