// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ring's pages: allocation on the CPU's node, the double mapping in the kernel, and the two
 * mappings a reader can have.
 *
 * Pages are zeroed when allocated, so a reader never sees what others left in them. A mapping
 * holds the file, which holds the session, which holds the ring: no page goes while somebody has
 * it mapped.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/topology.h>
#include <linux/vmalloc.h>

#include "compat/vm_flags.h"
#include "ring_mem.h"

/* Rings can be large: without them the reader gives up; nobody is to be killed for them. */
static struct page *page_on(int node)
{
	return alloc_pages_node(node, GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN |
				      __GFP_RETRY_MAYFAIL, 0);
}

/* One virtual range with the data pages twice in a row. */
static void *map_twice(struct page **pages, unsigned int n)
{
	struct page **twice = kvmalloc_array(2 * n, sizeof(*twice), GFP_KERNEL);
	void *data;

	if (!twice)
		return NULL;
	memcpy(twice, pages, n * sizeof(*twice));
	memcpy(twice + n, pages, n * sizeof(*twice));
	data = vmap(twice, 2 * n, VM_MAP, PAGE_KERNEL);
	kvfree(twice);
	return data;
}

/**
 * sctrace_ring_mem_alloc() - make the ring of a CPU
 * @cpu: the CPU that will write it; its pages come from that CPU's node
 * @bytes: length of the data area, a power of two of at least a page
 *
 * Context: may sleep. Return: the ring, for sctrace_ring_init(), owned by the caller
 * (sctrace_ring_mem_free()), or NULL if memory is short.
 */
struct sctrace_ring *sctrace_ring_mem_alloc(int cpu, u32 bytes)
{
	int node = cpu_to_node(cpu);
	struct sctrace_ring *ring;
	struct page *page;

	ring = kzalloc_node(sizeof(*ring), GFP_KERNEL_ACCOUNT, node);
	if (!ring)
		return NULL;
	ring->size = bytes;
	ring->pages = kvcalloc(bytes >> PAGE_SHIFT, sizeof(*ring->pages), GFP_KERNEL_ACCOUNT);
	if (!ring->pages)
		goto free;
	for (; ring->nr_pages < bytes >> PAGE_SHIFT; ring->nr_pages++) {
		if (fatal_signal_pending(current))
			goto free;
		ring->pages[ring->nr_pages] = page_on(node);
		if (!ring->pages[ring->nr_pages])
			goto free;
		cond_resched();
	}
	page = page_on(node);
	if (!page)
		goto free;
	ring->prod = page_address(page);
	page = page_on(node);
	if (!page)
		goto free;
	ring->cons = page_address(page);
	ring->data = map_twice(ring->pages, ring->nr_pages);
	if (!ring->data)
		goto free;
	return ring;

free:
	sctrace_ring_mem_free(ring);
	return NULL;
}

/**
 * sctrace_ring_mem_free() - give a ring back, whole or half made
 * @ring: one that nothing writes any more; NULL is fine
 *
 * Context: may sleep.
 */
void sctrace_ring_mem_free(struct sctrace_ring *ring)
{
	if (!ring)
		return;
	vunmap(ring->data);
	if (ring->prod)
		put_page(virt_to_page(ring->prod));
	if (ring->cons)
		put_page(virt_to_page(ring->cons));
	while (ring->nr_pages)
		put_page(ring->pages[--ring->nr_pages]);
	kvfree(ring->pages);
	kfree(ring);
}

/*
 * By page frame, not vm_insert_page(): that one refuses pages charged to a memory cgroup up to
 * 5.10. So a mapping holds no references to the pages: it holds the file, and the pages go with
 * that.
 */
static int map_pages(struct vm_area_struct *vma, unsigned long addr, struct page **pages,
		     unsigned int n)
{
	unsigned int i;
	int err;

	for (i = 0; i < n; i++) {
		err = remap_pfn_range(vma, addr + i * PAGE_SIZE, page_to_pfn(pages[i]), PAGE_SIZE,
				      vma->vm_page_prot);
		if (err)
			return err;
	}
	return 0;
}

/*
 * A copy in a forked child would be of no use to anyone; nor would a larger area or a core dump,
 * which remap_pfn_range() sees to. What traced programs have passed is nothing to execute.
 */
static void fix_flags(struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	vm_flags_clear(vma, VM_MAYEXEC);
}

/**
 * sctrace_ring_mem_map() - map what the module writes: head, then the data twice, read-only
 * @ring: the ring
 * @vma: SCTRACE_MMAP_RING, of any length and rights
 *
 * Context: in mmap(2), may sleep.
 * Return: 0; -EINVAL if the length is wrong or the mapping private, -EPERM if it is to be
 * writable or executable, -ENOMEM. Pages mapped before an error are the caller's (mmap(2) unmaps
 * them).
 */
int sctrace_ring_mem_map(struct sctrace_ring *ring, struct vm_area_struct *vma)
{
	struct page *prod = virt_to_page(ring->prod);
	unsigned long addr = vma->vm_start;
	int err;

	/* MAYSHARE and not SHARED: that one goes if the file was opened read-only. */
	if (vma->vm_end - vma->vm_start != PAGE_SIZE + 2 * ring->size ||
	    !(vma->vm_flags & VM_MAYSHARE))
		return -EINVAL;
	if (vma->vm_flags & (VM_WRITE | VM_EXEC))
		return -EPERM;
	fix_flags(vma);
	vm_flags_clear(vma, VM_MAYWRITE);
	err = map_pages(vma, addr, &prod, 1);
	if (!err)
		err = map_pages(vma, addr + PAGE_SIZE, ring->pages, ring->nr_pages);
	if (!err)
		err = map_pages(vma, addr + PAGE_SIZE + ring->size, ring->pages, ring->nr_pages);
	return err;
}

/**
 * sctrace_ring_mem_map_cons() - map the one page that the reader writes
 * @ring: the ring
 * @vma: SCTRACE_MMAP_CONS, of any length and rights
 *
 * Context and return value: as sctrace_ring_mem_map(), but that it may be writable.
 */
int sctrace_ring_mem_map_cons(struct sctrace_ring *ring, struct vm_area_struct *vma)
{
	struct page *cons = virt_to_page(ring->cons);

	if (vma->vm_end - vma->vm_start != PAGE_SIZE || !(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	fix_flags(vma);
	return map_pages(vma, vma->vm_start, &cons, 1);
}
