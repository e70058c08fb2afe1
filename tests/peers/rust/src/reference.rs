// SPDX-License-Identifier: BSD-2-Clause
// Copyright (c) 2026 the librealm authors

//! A CoRIM, signed or not, as the corim crate reads and validates it; signatures are not its business.

use crate::{realm_profile, Answer};
use corim::document::{validate, ProfileCoverage, TimeCheck, ValidatedDocument, ValidationContext};
use corim::types::common::{ClassIdChoice, InstanceIdChoice, MeasuredElement};
use corim::types::corim::ProfileChoice;
use corim::types::environment::EnvironmentMap;
use corim::types::measurement::{
    Digest, IntegrityRegisterId, IntegrityRegisters, MeasurementMap, RawValueChoice,
};
use corim::types::triples::ReferenceTriple;
use serde_json::{json, Value};
use std::time::{SystemTime, UNIX_EPOCH};

fn digests(all: &[Digest]) -> Value {
    let entry = |digest: &Digest| json!([algorithm(digest), hex::encode(digest.value())]);
    all.iter().map(entry).collect()
}

fn algorithm(digest: &Digest) -> Value {
    let number = digest.alg().as_int().map(Value::from);
    number.unwrap_or_else(|| json!(digest.alg().as_text()))
}

fn registers(all: &IntegrityRegisters) -> Value {
    let entries = all.0.iter();
    Value::Object(
        entries
            .map(|(id, values)| (register_name(id), digests(values)))
            .collect(),
    )
}

fn register_name(id: &IntegrityRegisterId) -> String {
    match id {
        IntegrityRegisterId::Text(name) => name.clone(),
        other => format!("{other:?}"),
    }
}

fn key(element: &MeasuredElement) -> Value {
    match element {
        MeasuredElement::Text(name) => json!(name),
        other => json!(format!("{other:?}")),
    }
}

fn raw(value: &RawValueChoice) -> Value {
    match value {
        RawValueChoice::Bytes(bytes) => json!(hex::encode(bytes)),
        masked => json!(format!("{masked:?}")),
    }
}

fn measurement(map: &MeasurementMap) -> Value {
    json!({
        "key": map.mkey.as_ref().map(key),
        "digests": map.mval.digests.as_deref().map(digests),
        "raw": map.mval.raw_value.as_ref().map(raw),
        "registers": map.mval.integrity_registers.as_ref().map(registers),
    })
}

fn class_id(environment: &EnvironmentMap) -> Option<String> {
    match environment.class.as_ref()?.class_id.as_ref()? {
        ClassIdChoice::Bytes(bytes) => Some(hex::encode(bytes)),
        other => Some(format!("{other:?}")),
    }
}

fn instance(environment: &EnvironmentMap) -> Option<String> {
    match environment.instance.as_ref()? {
        InstanceIdChoice::Bytes(bytes) => Some(hex::encode(bytes)),
        other => Some(format!("{other:?}")),
    }
}

fn realm(triple: &ReferenceTriple) -> Value {
    json!({
        "class": class_id(triple.environment()),
        "instance": instance(triple.environment()),
        "measurements": triple.measurements().iter().map(measurement).collect::<Vec<_>>(),
    })
}

fn realms(document: &ValidatedDocument) -> Value {
    let comids = document.payload().comids.iter();
    let triples = comids.flat_map(|comid| comid.triples.reference_triples.iter().flatten());
    triples.map(realm).collect()
}

fn profile(document: &ValidatedDocument) -> Value {
    match &document.payload().corim.profile {
        Some(ProfileChoice::Uri(uri)) => json!(uri),
        Some(oid) => json!(format!("{oid:?}")),
        None => Value::Null,
    }
}

pub fn judge(bytes: &[u8]) -> Answer {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let registry = realm_profile::registry();
    let context = ValidationContext::new(TimeCheck::At(now.try_into()?), &registry);
    let document = validate(bytes, &context)?;
    Ok(json!({
        "profile": profile(&document),
        "profile-checked": matches!(document.coverage().profile(), ProfileCoverage::Checked(_)),
        "signed": document.envelope().is_some(),
        "notes": format!("{:?}", document.coverage().compatibility()),
        "realms": realms(&document),
    }))
}
