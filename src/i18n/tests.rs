//! Tests the packs against each other and against the code that uses their keys.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::fill;

type Pack = BTreeMap<String, String>;

/// Every pack of the folder, English first.
fn packs() -> Vec<(String, Pack)> {
    let folder = [env!("CARGO_MANIFEST_DIR"), "locales"].iter().collect::<PathBuf>();
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut packs: Vec<(String, Pack)> = files
        .map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
        })
        .collect();
    packs.sort_by_key(|(name, _)| (name != "en", name.clone()));
    packs
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The source of the steps and of what they share, without tests.
fn code() -> Vec<String> {
    let mut folders: Vec<PathBuf> = ["screen", "finder", "ways", "errand", "visits"]
        .map(|name| [env!("CARGO_MANIFEST_DIR"), "src", name].iter().collect())
        .into();
    let mut code = Vec::new();
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if file.is_dir() {
                folders.push(file);
            } else if !file.to_string_lossy().ends_with("_tests.rs") {
                let text = std::fs::read_to_string(file).unwrap();
                code.push(text.split("#[cfg(test)]").next().unwrap_or_default().to_owned());
            }
        }
    }
    code
}

/// All texts in quotes: a key may be chosen far from where it is looked up.
fn quoted() -> BTreeSet<String> {
    let code = code();
    let lines = code.iter().flat_map(|code| code.lines()).filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// All keys that are literals in the call that looks them up.
fn looked_up() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for code in code() {
        for call in ["cx.t(\"", "cx.heading(\"", "screen.heading(\"", "words.count(\"", "words.with(\""] {
            keys.extend(
                code.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
            );
        }
    }
    keys
}

#[test]
fn every_pack_has_the_same_keys_with_the_same_places() {
    let packs = packs();
    let (_, english) = &packs[0];
    for (name, pack) in &packs {
        let (own, known): (BTreeSet<_>, BTreeSet<_>) = (pack.keys().collect(), english.keys().collect());
        let odd: Vec<_> = own.symmetric_difference(&known).collect();
        assert!(odd.is_empty(), "keys that only one of {name} and English has: {odd:?}");
        for (key, text) in pack {
            assert_eq!(places(text), places(&english[key]), "{name}: {key}");
            assert!(!text.trim().is_empty(), "{name}: {key} is empty");
        }
    }
}

#[test]
fn every_key_is_asked_for_and_every_key_asked_for_is_there() {
    let asked = quoted();
    let (_, english) = packs().remove(0);
    let stem =
        |key: &str| key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(key).to_owned();
    // `pay.other` and `zone.one` are ordinary keys, not plural forms.
    let counted: BTreeSet<String> = english
        .keys()
        .filter(|key| !asked.contains(*key) && stem(key) != **key)
        .map(|key| stem(key))
        .collect();
    for key in english.keys() {
        assert!(asked.contains(key) || asked.contains(&stem(key)), "nobody asks for {key}");
    }
    // A quoted text with a dot in a step can only be a key, a property or a selector.
    let dotted = asked.iter().filter(|text| {
        text.contains('.')
            && text.chars().all(|c| c.is_ascii_lowercase() || c == '.' || c == '-')
            && !text.starts_with('.')
    });
    for key in dotted.chain(&looked_up()) {
        assert!(english.contains_key(key) || counted.contains(key), "{key} is in no pack");
    }
    for stem in counted {
        let has = |form: &str| english.contains_key(&[&stem, form].concat());
        assert!(has(".one") && has(".other"), "{stem} lacks a form");
    }
}

#[test]
fn patients_never_read_the_trade_s_own_words() {
    for (name, pack) in packs() {
        for (key, text) in pack {
            let lower = text.to_lowercase();
            for word in ["slot", "provider", "department", "proveedor", "departamento", "!"] {
                assert!(!lower.contains(word), "{name}: {key} says “{word}”");
            }
        }
    }
}

#[test]
fn places_are_filled_once_and_others_left_alone() {
    assert_eq!(fill("{n} times on {days}", &[("n", "84"), ("days", "12 days")]), "84 times on 12 days");
    assert_eq!(fill("through {date}.", &[("zone", "x")]), "through {date}.");
    assert_eq!(fill("{a}{b}", &[("a", "{b}"), ("b", "2")]), "{b}2", "a value is never read as a place");
    assert_eq!(fill("an open { brace", &[("n", "1")]), "an open { brace");
}
