// SPDX-License-Identifier: BSD-2-Clause
// Copyright (c) 2026 the librealm authors

// Judges tokens and reference values with Veraison's packages. Prints as JSON what they found; what
// they refuse is exit status 1 and their reason.
package main

import (
	"crypto"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
)

const usage = `usage: judge token FILE KEY      a token, its platform part signed with that key
       judge frame FILE [KEY]    a CoRIM but for its CoMIDs, signed when there is a key
       judge corim FILE [KEY]    the same with CoMIDs
       judge template FILE       the JSON template of a CoMID`

type command func(data []byte, key crypto.PublicKey) (any, error)

var commands = map[string]command{"token": token, "frame": frame, "corim": corimWithComids, "template": template}

func publicKey(name string) (crypto.PublicKey, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the key is not PEM")
	}
	return x509.ParsePKIXPublicKey(block.Bytes)
}

func judge(words []string) (any, error) {
	if len(words) < 2 || len(words) > 3 || commands[words[0]] == nil {
		return nil, errors.New(usage)
	}
	data, err := os.ReadFile(words[1])
	if err != nil {
		return nil, err
	}
	var key crypto.PublicKey
	if len(words) == 3 {
		if key, err = publicKey(words[2]); err != nil {
			return nil, err
		}
	}
	return commands[words[0]](data, key)
}

func main() {
	found, err := judge(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}
