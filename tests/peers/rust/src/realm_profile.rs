// SPDX-License-Identifier: BSD-2-Clause
// Copyright (c) 2026 the librealm authors

//! The crate's realm profile under either of its names, digest algorithms named or numbered.
//!
//! Draft -04 of the CCA endorsements names the profile with "endorsements/" and hash algorithms as text;
//! Veraison's files and services leave the word out and number the algorithms. All else is the same.

use corim::profile::cca::{CcaRealmProfile, CCA_REALM_PROFILE_URI};
use corim::profile::{Profile, ProfileRegistry};
use corim::types::corim::ProfileChoice;
use corim::types::measurement::{Digest, DigestAlg, MeasurementMap};
use corim::types::triples::ReferenceTriple;

const VERAISON_URI: &str = "tag:arm.com,2025:cca_realm#1.0.0";

struct Renamed {
    id: ProfileChoice,
    rules: CcaRealmProfile,
}

/// Numbers of IANA's Named Information registry; one that CCA does not know stays a number.
fn named(digest: &Digest) -> Digest {
    let name = match digest.alg() {
        DigestAlg::Int(1) => "sha-256",
        DigestAlg::Int(7) => "sha-384",
        DigestAlg::Int(8) => "sha-512",
        _ => return digest.clone(),
    };
    Digest::new_text(name, digest.value().to_vec())
}

fn with_names(measurement: &MeasurementMap) -> MeasurementMap {
    let mut copy = measurement.clone();
    copy.mval.digests = copy.mval.digests.map(|all| all.iter().map(named).collect());
    copy
}

impl Profile for Renamed {
    fn identifier(&self) -> &ProfileChoice {
        &self.id
    }

    fn validate_reference_triple(&self, triple: &ReferenceTriple) -> Result<(), String> {
        let measurements = triple.measurements().iter().map(with_names).collect();
        self.rules.validate_reference_triple(&ReferenceTriple::new(
            triple.environment().clone(),
            measurements,
        ))
    }
}

pub fn registry() -> ProfileRegistry {
    let mut registry = ProfileRegistry::new();
    for uri in [VERAISON_URI, CCA_REALM_PROFILE_URI] {
        registry.register(Box::new(Renamed {
            id: ProfileChoice::Uri(uri.into()),
            rules: CcaRealmProfile::new(),
        }));
    }
    registry
}
