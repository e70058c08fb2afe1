// SPDX-License-Identifier: BSD-2-Clause
// Copyright (c) 2026 the librealm authors

//! A store of reference values, as the ccatoken crate reads it. Tokens it knows in the legacy form only.

use crate::Answer;
use ccatoken::store::{IRefValueStore, MemoRefValueStore};
use serde_json::to_value;

pub fn look_up(text: &str, rim: &str) -> Answer {
    let mut store = MemoRefValueStore::new();
    store.load_json(text)?;
    Ok(to_value(store.lookup_realm(&hex::decode(rim)?))?)
}
