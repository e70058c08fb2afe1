/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* log.c - a line on the console for each finished call, in the image that is built for that */
