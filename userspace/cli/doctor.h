/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCT_DOCTOR_H
#define SCT_DOCTOR_H

/*
 * --doctor: looks at all that a trace needs on this machine, and prints on standard output a line for each, with
 * what was found and, if it is not well, what to do. Changes nothing, and loads no module.
 *
 * Return: the program's status: 0, or 1 if something keeps this user from tracing.
 */
int sct_doctor(void);

#endif
