//! Writes the software bill of materials of a release, `sbom.cdx.json`: the crates that are compiled into the widget's wasm, as
//! `CycloneDX` JSON. It does not depend on when and where it is made.
//!
//! `cargo tree` lists the crates, since it resolves features for one package and one target: `cargo metadata` would add
//! features that other crates of the workspace need. The checksums come from `Cargo.lock`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::error::{TaskError, TaskResult};
use crate::project::{Project, VERSION};
use crate::release::Released;
use crate::step;
use crate::tools::WASM_TARGET;

/// The file's name in the release's folder, in the archive and in the npm package.
pub const SBOM: &str = "sbom.cdx.json";
/// The package whose crates are listed.
const WIDGET: &str = "find-a-time";

/// The bill of materials of a release with these files.
pub fn text(project: &Project, released: &[Released]) -> TaskResult<String> {
    let checksums = locked(project)?;
    let mut files = Vec::new();
    for Released { name, path } in released {
        let bytes = fs::read(path).map_err(TaskError::file("read", path))?;
        files.push((name.clone(), format!("{:x}", Sha384::digest(bytes))));
    }
    let bom = bom(&crates(project)?, &checksums, &std_version(project)?, &files);
    Ok(format!("{bom:#}\n"))
}

/// The crates in the widget's wasm, each as `leptos 0.8.23`, without the workspace's own.
pub fn shipped(project: &Project) -> TaskResult<Vec<String>> {
    let others = locked(project)?;
    let all = crates(project)?.licences.into_keys().filter(|reference| others.contains_key(reference));
    Ok(all.map(|reference| reference.replace('@', " ")).collect())
}

/// The checksums of `Cargo.lock`.
fn locked(project: &Project) -> TaskResult<BTreeMap<Reference, String>> {
    let lock = project.root.join("Cargo.lock");
    Ok(checksums(&fs::read_to_string(&lock).map_err(TaskError::file("read", &lock))?))
}

/// Reads the widget's crates from `cargo tree`: normal dependencies for the wasm, without procedural macros.
fn crates(project: &Project) -> TaskResult<Crates> {
    let mut command = project.cargo();
    command
        .args(["tree", "--locked", "--package", WIDGET, "--features", "parts", "--target", WASM_TARGET])
        .args(["--edges", "normal,no-proc-macro", "--prefix", "depth", "--format", "\t{p}\t{l}\t"]);
    let listed = step::ask(command).and_then(|tree| Crates::read(&tree));
    listed.ok_or_else(|| {
        TaskError::new("`cargo tree` does not list the widget's crates")
            .way_on("run `cargo tree --locked --package find-a-time`, which says why")
    })
}

/// The version of the compiler and of its standard library.
fn std_version(project: &Project) -> TaskResult<String> {
    let mut command = project.command("rustc");
    command.arg("--version");
    let answer = step::ask(command).unwrap_or_default();
    let version = answer.split_whitespace().nth(1);
    version.map(str::to_owned).ok_or_else(|| TaskError::new("rustc does not say its version"))
}

/// A crate in one version: `leptos@0.8.23`.
type Reference = String;

/// The crates of a tree, and the crates that each of them uses.
#[derive(Default, Debug, PartialEq, Eq)]
struct Crates {
    root: Reference,
    /// Each crate's licence, as its author wrote it.
    licences: BTreeMap<Reference, String>,
    uses: BTreeMap<Reference, BTreeSet<Reference>>,
}

impl Crates {
    /// Reads lines such as `2⇥futures v0.3.34⇥MIT OR Apache-2.0⇥ (*)`, which begin with the depth. `cargo tree` lists what a
    /// crate uses only the first time, so each edge is listed at least once.
    fn read(tree: &str) -> Option<Self> {
        let mut crates = Self::default();
        let mut above: Vec<Reference> = Vec::new();
        for line in tree.lines() {
            let mut columns = line.split('\t');
            let depth: usize = columns.next()?.parse().ok()?;
            let (name, rest) = columns.next()?.split_once(" v")?;
            let reference = format!("{name}@{}", rest.split(' ').next()?);
            crates.licences.insert(reference.clone(), columns.next()?.to_owned());
            crates.uses.entry(reference.clone()).or_default();
            above.truncate(depth);
            match above.last() {
                Some(user) => {
                    crates.uses.entry(user.clone()).or_default().insert(reference.clone());
                }
                None => crates.root.clone_from(&reference),
            }
            above.push(reference);
        }
        (!crates.root.is_empty()).then_some(crates)
    }
}

/// The SHA-256 of each crate from a registry, in hexadecimal digits. Crates of the workspace have none.
fn checksums(lock: &str) -> BTreeMap<Reference, String> {
    let mut checksums = BTreeMap::new();
    for package in lock.split("[[package]]") {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
            line.strip_suffix('"')
        };
        if let (Some(name), Some(version), Some(checksum)) =
            (value("name"), value("version"), value("checksum"))
        {
            checksums.insert(format!("{name}@{version}"), checksum.to_owned());
        }
    }
    checksums
}

/// The bill of materials. `files` are those of the release with their SHA-384.
fn bom(
    crates: &Crates,
    checksums: &BTreeMap<Reference, String>,
    std_version: &str,
    files: &[(String, String)],
) -> Value {
    let std = format!("std@{std_version}");
    let mut components: Vec<Value> = crates
        .licences
        .iter()
        .filter(|(reference, _)| **reference != crates.root)
        .map(|(reference, licence)| component(reference, licence, checksums.get(reference)))
        .collect();
    let mut standard_library = component(&std, "MIT OR Apache-2.0", None);
    standard_library["description"] =
        json!(format!("Rust's standard library for {WASM_TARGET}, as it comes with the compiler"));
    components.push(standard_library);

    let dependencies = crates.uses.iter().map(|(reference, used)| {
        let mut used: Vec<&str> = used.iter().map(String::as_str).collect();
        if *reference == crates.root {
            used.push(&std);
        }
        json!({ "ref": reference, "dependsOn": used })
    });
    let files = files.iter().map(|(name, hash)| {
        json!({ "type": "file", "name": name, "hashes": [{ "alg": "SHA-384", "content": hash }] })
    });
    let licence = crates.licences.get(&crates.root).map(|licence| licences(licence));
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{ "phase": "build" }],
            "component": {
                "type": "library",
                "bom-ref": crates.root,
                "name": WIDGET,
                "version": VERSION,
                "licenses": licence,
                "components": files.collect::<Vec<_>>(),
            },
        },
        "components": components,
        "dependencies": dependencies.collect::<Vec<_>>(),
    })
}

/// The entry of one crate. A crate of the workspace gets no package URL, which would name another crate on crates.io.
fn component(reference: &str, licence: &str, checksum: Option<&String>) -> Value {
    let (name, version) = reference.split_once('@').unwrap_or((reference, ""));
    let mut component = json!({ "type": "library", "bom-ref": reference, "name": name, "version": version });
    if !licence.is_empty() {
        component["licenses"] = licences(licence);
    }
    if let Some(checksum) = checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
        component["purl"] = json!(format!("pkg:cargo/{name}@{}", version.replace('+', "%2B")));
    }
    component
}

/// A licence as `CycloneDX` writes it: a single licence by its id. Some crates still write a slash for `OR`.
fn licences(licence: &str) -> Value {
    let expression = licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ");
    match expression.contains(' ') {
        true => json!([{ "expression": expression }]),
        false => json!([{ "license": { "id": expression } }]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "0\tfind-a-time v0.1.0 (/a/clone)\tMIT OR Apache-2.0\t
1\tbooking v0.1.0 (/a/clone/crates/booking)\tMIT OR Apache-2.0\t
2\tchrono v0.4.45\tMIT/Apache-2.0\t
1\tchrono v0.4.45\tMIT/Apache-2.0\t (*)
1\ttoml v1.2.1+spec-1.1.0\tMIT\t";

    const LOCK: &str = "version = 4

[[package]]
name = \"booking\"
version = \"0.1.0\"
dependencies = [
 \"chrono\",
]

[[package]]
name = \"chrono\"
version = \"0.4.45\"
source = \"registry+https://github.com/rust-lang/crates.io-index\"
checksum = \"ab12\"

[[package]]
name = \"toml\"
version = \"1.2.1+spec-1.1.0\"
source = \"registry+https://github.com/rust-lang/crates.io-index\"
checksum = \"cd34\"
";

    fn document() -> Value {
        let files = [("find-a-time.js".to_owned(), "ef56".to_owned())];
        bom(&Crates::read(TREE).unwrap(), &checksums(LOCK), "1.95.0", &files)
    }

    fn named<'a>(document: &'a Value, name: &str) -> &'a Value {
        document["components"].as_array().unwrap().iter().find(|it| it["name"] == name).unwrap()
    }

    #[test]
    fn a_crate_has_its_version_licence_checksum_and_package_url() {
        let document = document();
        assert_eq!(
            *named(&document, "chrono"),
            json!({
                "type": "library", "bom-ref": "chrono@0.4.45", "name": "chrono", "version": "0.4.45",
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
                "hashes": [{ "alg": "SHA-256", "content": "ab12" }],
                "purl": "pkg:cargo/chrono@0.4.45",
            })
        );
        let toml = named(&document, "toml");
        assert_eq!(toml["purl"], "pkg:cargo/toml@1.2.1%2Bspec-1.1.0", "a plus is encoded in a package URL");
        assert_eq!(toml["licenses"], json!([{ "license": { "id": "MIT" } }]));
    }

    #[test]
    fn a_crate_of_the_workspace_claims_nothing_of_the_registry_and_names_no_folder() {
        let document = document();
        let booking = named(&document, "booking");
        assert!(booking["purl"].is_null() && booking["hashes"].is_null());
        assert!(!document.to_string().contains("/a/clone"));
    }

    #[test]
    fn the_document_says_who_uses_what() {
        assert_eq!(
            document()["dependencies"],
            json!([
                { "ref": "booking@0.1.0", "dependsOn": ["chrono@0.4.45"] },
                { "ref": "chrono@0.4.45", "dependsOn": [] },
                { "ref": "find-a-time@0.1.0",
                  "dependsOn": ["booking@0.1.0", "chrono@0.4.45", "toml@1.2.1+spec-1.1.0", "std@1.95.0"] },
                { "ref": "toml@1.2.1+spec-1.1.0", "dependsOn": [] },
            ])
        );
    }

    #[test]
    fn the_widget_itself_is_the_subject_with_the_files_of_the_release() {
        let document = document();
        let widget = &document["metadata"]["component"];
        assert_eq!(widget["name"], "find-a-time");
        assert_eq!(widget["components"][0]["hashes"][0]["content"], "ef56");
        let components = document["components"].as_array().unwrap();
        assert!(components.iter().all(|component| component["name"] != "find-a-time"));
    }

    #[test]
    fn a_tree_that_cannot_be_read_is_no_empty_list() {
        assert_eq!(Crates::read(""), None);
        assert_eq!(Crates::read("error: no such package"), None);
    }

    #[test]
    fn the_projects_own_list_has_what_ships_and_nothing_else() {
        let project = Project::find().unwrap();
        let crates = crates(&project).unwrap();
        let has =
            |name: &str| crates.licences.keys().any(|reference| reference.starts_with(&format!("{name}@")));
        assert!(has("leptos") && has("wasm-bindgen") && has("booking") && has("dexcare") && has("net"));
        for not_shipped in ["proptest", "leptos_macro", "serde_derive", "acme", "xtask", "tokio"] {
            assert!(!has(not_shipped), "{not_shipped}");
        }
        let lock = checksums(&fs::read_to_string(project.root.join("Cargo.lock")).unwrap());
        let ours = ["find-a-time", "booking", "dexcare", "net"];
        for (reference, licence) in &crates.licences {
            assert!(!licence.is_empty(), "{reference} has no licence");
            let is_ours = ours.iter().any(|name| reference.starts_with(&format!("{name}@")));
            assert_eq!(lock.contains_key(reference), !is_ours, "{reference}");
        }
    }
}
