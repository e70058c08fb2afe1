// SPDX-License-Identifier: BSD-2-Clause
// Copyright (c) 2026 the librealm authors
package main

import (
	"bytes"
	"crypto"
	"encoding/json"
	"errors"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/corim/comid"
	"github.com/veraison/corim/corim"
	"github.com/veraison/go-cose"
)

const (
	unsignedTag = 501
	profileKey  = 3
)

type reference struct {
	ID     string            `json:"id"`
	Signer string            `json:"signer,omitempty"`
	Comids []json.RawMessage `json:"comids,omitempty"`
	tags   []corim.Tag
}

// This release takes the profile for an array, which it was in early drafts: it reads all but that.
func withoutProfile(data []byte) ([]byte, error) {
	var tagged cbor.RawTag
	if err := cbor.Unmarshal(data, &tagged); err != nil {
		return nil, err
	}
	if tagged.Number != unsignedTag {
		return nil, errors.New("not the tag of an unsigned CoRIM")
	}
	var fields map[int]cbor.RawMessage
	if err := cbor.Unmarshal(tagged.Content, &fields); err != nil {
		return nil, err
	}
	delete(fields, profileKey)
	return cbor.Marshal(cbor.Tag{Number: unsignedTag, Content: fields})
}

func unsigned(data []byte) (*reference, error) {
	data, err := withoutProfile(data)
	if err != nil {
		return nil, err
	}
	var read corim.UnsignedCorim
	if err := read.FromCBOR(data); err != nil {
		return nil, err
	}
	return &reference{ID: read.GetID(), tags: read.Tags}, read.Valid()
}

// verify checks the signature, and returns the message without it, its payload without the profile.
func verify(data []byte, key crypto.PublicKey) ([]byte, error) {
	var message cose.Sign1Message
	if err := message.UnmarshalCBOR(data); err != nil {
		return nil, err
	}
	algorithm, err := message.Headers.Protected.Algorithm()
	if err != nil {
		return nil, err
	}
	verifier, err := cose.NewVerifier(algorithm, key)
	if err != nil {
		return nil, err
	}
	if err := message.Verify(corim.NoExternalData, verifier); err != nil {
		return nil, err
	}
	if message.Payload, err = withoutProfile(message.Payload); err != nil {
		return nil, err
	}
	return message.MarshalCBOR()
}

func signed(data []byte, key crypto.PublicKey) (*reference, error) {
	data, err := verify(data, key)
	if err != nil {
		return nil, err
	}
	var read corim.SignedCorim
	if err := read.FromCOSE(data); err != nil {
		return nil, err
	}
	if err := read.Meta.Valid(); err != nil {
		return nil, err
	}
	return &reference{ID: read.UnsignedCorim.GetID(), Signer: read.Meta.Signer.Name, tags: read.UnsignedCorim.Tags}, nil
}

func readFrame(data []byte, key crypto.PublicKey) (*reference, error) {
	if key == nil {
		return unsigned(data)
	}
	return signed(data, key)
}

func frame(data []byte, key crypto.PublicKey) (any, error) {
	return readFrame(data, key)
}

func validated(read *comid.Comid, err error) (json.RawMessage, error) {
	if err != nil {
		return nil, err
	}
	if err := read.Valid(); err != nil {
		return nil, err
	}
	return read.ToJSON()
}

func corimWithComids(data []byte, key crypto.PublicKey) (any, error) {
	found, err := readFrame(data, key)
	if err != nil {
		return nil, err
	}
	for _, tag := range found.tags {
		var read comid.Comid
		// Early drafts had CoMID's own tag inside the byte string, later ones have it outside.
		text, err := validated(&read, read.FromCBOR(bytes.TrimPrefix(tag, corim.ComidTag)))
		if err != nil {
			return nil, err
		}
		found.Comids = append(found.Comids, text)
	}
	return found, nil
}

func template(data []byte, _ crypto.PublicKey) (any, error) {
	var read comid.Comid
	return validated(&read, read.FromJSON(data))
}
