/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decoders that rows and structs name in .print, by the file that has them. */
#ifndef SCT_PRINTERS_H
#define SCT_PRINTERS_H

#include <stdint.h>

struct sct_known;
struct sct_place;
struct sct_text;

/* fcntl.c */
void sct_getfl_remark(struct sct_text *text, const struct sct_known *known);
void sct_getsig_remark(struct sct_text *text, const struct sct_known *known);
void sct_get_seals_remark(struct sct_text *text, const struct sct_known *known);

/* file.c */
void sct_open_how_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_open_how_mode_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_open_how_print(struct sct_text *text, const struct sct_place *place);
void sct_file_handle_print(struct sct_text *text, const struct sct_place *place);
void sct_new_file_handle_print(struct sct_text *text, const struct sct_place *place);
void sct_dirents64_print(struct sct_text *text, const struct sct_place *place);
void sct_dirents_print(struct sct_text *text, const struct sct_place *place);

/* mount.c */
void sct_mount_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_swap_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_quota_op_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_mnt_id_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_mnt_id_req_print(struct sct_text *text, const struct sct_place *place);
void sct_statmount_print(struct sct_text *text, const struct sct_place *place);

/* stat.c */
void sct_stat_print(struct sct_text *text, const struct sct_place *place);
void sct_statx_print(struct sct_text *text, const struct sct_place *place);
void sct_statx_time_print(struct sct_text *text, const struct sct_place *place);
void sct_statx_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_utimespec_print(struct sct_text *text, const struct sct_place *place);
void sct_utimeval_print(struct sct_text *text, const struct sct_place *place);
void sct_moment_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

/* time.c */
void sct_time_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_ticks_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_time_remark(struct sct_text *text, const struct sct_known *known);
void sct_adjtimex_remark(struct sct_text *text, const struct sct_known *known);
void sct_timespec_left_print(struct sct_text *text, const struct sct_place *place);
void sct_sigevent_print(struct sct_text *text, const struct sct_place *place);

/* poll.c */
void sct_pollfd_print(struct sct_text *text, const struct sct_place *place);
void sct_poll_remark(struct sct_text *text, const struct sct_known *known);
void sct_ppoll_remark(struct sct_text *text, const struct sct_known *known);
void sct_fd_set_print(struct sct_text *text, const struct sct_place *place);
void sct_select_remark(struct sct_text *text, const struct sct_known *known);
void sct_epoll_data_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_fanotify_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_fan_nofd_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

/* sched.c */
void sct_sched_attr_in_print(struct sct_text *text, const struct sct_place *place);
void sct_sched_attr_out_print(struct sct_text *text, const struct sct_place *place);
void sct_cpu_set_print(struct sct_text *text, const struct sct_place *place);
void sct_ioprio_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_rlim_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_rlim64_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_policy_remark(struct sct_text *text, const struct sct_known *known);
void sct_ioprio_remark(struct sct_text *text, const struct sct_known *known);

/* futex.c */
void sct_futex_bits_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_futex_wake_op_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

/* aio.c */
void sct_iocb_print(struct sct_text *text, const struct sct_place *place);
void sct_iocb_head_print(struct sct_text *text, const struct sct_place *place);
void sct_moved_print(struct sct_text *text, const struct sct_place *place);

/* io_uring.c */
void sct_uring_params_print(struct sct_text *text, const struct sct_place *place);
void sct_uring_probe_print(struct sct_text *text, const struct sct_place *place);
void sct_uring_restriction_print(struct sct_text *text, const struct sct_place *place);
void sct_uring_workers_print(struct sct_text *text, const struct sct_place *place);
void sct_uring_fd_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

/* value.c */
void sct_minus_errno_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

/* signals.c */
void sct_sigset_print(struct sct_text *text, const struct sct_place *place);
void sct_sigset_part_print(struct sct_text *text, const struct sct_place *place);
void sct_sigset_value_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_siginfo_print(struct sct_text *text, const struct sct_place *place);
void sct_sigaction_print(struct sct_text *text, const struct sct_place *place);
void sct_handler_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_signal_word_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_signal_remark(struct sct_text *text, const struct sct_known *known);

/* process.c */
void sct_clone_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_clone_args_print(struct sct_text *text, const struct sct_place *place);
void sct_wait_status_print(struct sct_text *text, const struct sct_place *place);
void sct_wait_rusage_print(struct sct_text *text, const struct sct_place *place);
void sct_user_offset_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_hex6_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_user_desc_print(struct sct_text *text, const struct sct_place *place);
void sct_user_desc_asked_print(struct sct_text *text, const struct sct_place *place);
void sct_user_desc_given_print(struct sct_text *text, const struct sct_place *place);
void sct_user_desc_remark(struct sct_text *text, const struct sct_known *known);
void sct_modify_ldt_remark(struct sct_text *text, const struct sct_known *known);
void sct_personality_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_personality_remark(struct sct_text *text, const struct sct_known *known);

/* regset.c */
void sct_fpregs_print(struct sct_text *text, const struct sct_place *place);
void sct_regset_print(struct sct_text *text, const struct sct_place *place);
void sct_regset_iov_print(struct sct_text *text, const struct sct_place *place);

/* prctl.c */
void sct_prctl_dumpable_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_mce_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_fp_mode_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_securebits_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_pac_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_mdwe_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_spec_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_sve_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_prctl_sme_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_prctl_sve_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_sme_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_tagged_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_prctl_tagged_remark(struct sct_text *text, const struct sct_known *known);
void sct_prctl_ptracer_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_prctl_mce_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_prctl_spec_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_prctl_ambient_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_pid_type_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_xfeature_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_xfeature_mask_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

void sct_prctl_vma_addr_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_prctl_vma_size_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

/* filters.c */
void sct_bpf_insn_print(struct sct_text *text, const struct sct_place *place);
void sct_seccomp_insn_print(struct sct_text *text, const struct sct_place *place);
void sct_sock_fprog_print(struct sct_text *text, const struct sct_place *place);

/* creds.c */
void sct_cap_data_print(struct sct_text *text, const struct sct_place *place);
void sct_key_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_key_reqkey_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_key_error_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_key_bytes_print(struct sct_text *text, const struct sct_place *place);
void sct_key_capabilities_print(struct sct_text *text, const struct sct_place *place);
void sct_landlock_ruleset_print(struct sct_text *text, const struct sct_place *place);

/* sockaddr.c */
void sct_socklen_print(struct sct_text *text, const struct sct_place *place);
void sct_sockaddr_print(struct sct_text *text, const struct sct_place *place);

/* socket.c */
void sct_socket_type_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_socket_protocol_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_hostname_print(struct sct_text *text, const struct sct_place *place);

/* sockopt.c */
void sct_sockopt_name_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_sockopt_value_print(struct sct_text *text, const struct sct_place *place);

/* message.c */
void sct_msghdr_print(struct sct_text *text, const struct sct_place *place);
void sct_mmsghdr_print(struct sct_text *text, const struct sct_place *place);
void sct_cmsgs_print(struct sct_text *text, const struct sct_place *place);
void sct_mmsg_timeout_print(struct sct_text *text, const struct sct_place *place);
void sct_mmsg_left_remark(struct sct_text *text, const struct sct_known *known);

/* ipc.c */
void sct_ipc_key_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_ipc_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_shm_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_semctl_cmd_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_msgctl_cmd_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_shmctl_cmd_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_ipc_perm_print(struct sct_text *text, const struct sct_place *place);
void sct_ipc_perm_set_print(struct sct_text *text, const struct sct_place *place);
void sct_shmid_print(struct sct_text *text, const struct sct_place *place);
void sct_msgbuf_print(struct sct_text *text, const struct sct_place *place);

/* mman.c */
void sct_mmap_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_memfd_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_mpol_mode_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_node_mask_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_secretmem_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_mincore_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

/* bpf.c */
void sct_bpf_attr_print(struct sct_text *text, const struct sct_place *place);
void sct_bpf_named_attr_print(struct sct_text *text, const struct sct_place *place);
void sct_bpf_link_create_print(struct sct_text *text, const struct sct_place *place);
void sct_bpf_iter_info_print(struct sct_text *text, const struct sct_place *place);
void sct_bpf_insn_code_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_bpf_insn_regs_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_bpf_numa_node_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_bpf_kernel_version_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_bpf_map_extra_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_bpf_next_id_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_bpf_info_len_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_bpf_prog_count_print(struct sct_text *text, const struct sct_place *place, uint64_t value);

/* perf.c */
void sct_perf_attr_print(struct sct_text *text, const struct sct_place *place);

/* machine.c */
void sct_syslog_action_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_log_level_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_kexec_flags_print(struct sct_text *text, const struct sct_place *place, uint64_t value);
void sct_membarrier_remark(struct sct_text *text, const struct sct_known *known);

/* compat.c */
void sct_old_sigaction_print(struct sct_text *text, const struct sct_place *place);
void sct_old_sigset_print(struct sct_text *text, const struct sct_place *place);
void sct_split_sigframe_print(struct sct_text *text, const struct sct_place *place);
void sct_old_dirent_print(struct sct_text *text, const struct sct_place *place);
void sct_handler_remark(struct sct_text *text, const struct sct_known *known);
void sct_mask_remark(struct sct_text *text, const struct sct_known *known);
void sct_old_mask_remark(struct sct_text *text, const struct sct_known *known);

#endif
