# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Generator of headers, constants and tables from the JSON descriptions in spec/."""
