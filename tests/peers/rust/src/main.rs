// SPDX-License-Identifier: BSD-2-Clause
// Copyright (c) 2026 the librealm authors

//! Judges reference values with crates of others: corim, which has the CCA profiles, and ccatoken.
//! Prints as JSON what they found; what they refuse is exit status 1 and their reason.

mod realm_profile;
mod reference;
mod store;

use std::{env, error::Error, fs, process::ExitCode};

type Answer = Result<serde_json::Value, Box<dyn Error>>;

const USAGE: &str = "usage: judge corim FILE | judge store FILE RIM";

fn judge(words: &[&str]) -> Answer {
    match words {
        ["corim", file] => reference::judge(&fs::read(file)?),
        ["store", file, rim] => store::look_up(&fs::read_to_string(file)?, rim),
        _ => Err(USAGE.into()),
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match judge(&words.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(found) => {
            println!("{found}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
