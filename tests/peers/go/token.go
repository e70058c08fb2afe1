// SPDX-License-Identifier: BSD-2-Clause
// Copyright (c) 2026 the librealm authors
package main

import (
	"crypto"

	"github.com/veraison/ccatoken"
)

func token(data []byte, key crypto.PublicKey) (any, error) {
	evidence, err := ccatoken.DecodeAndValidateEvidenceFromCBOR(data)
	if err != nil {
		return nil, err
	}
	return evidence, evidence.Verify(key)
}
