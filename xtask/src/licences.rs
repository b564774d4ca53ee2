//! `cargo xtask licences`: what Alobar is made of, for the page of the settings that says so.
//!
//! The packages of every system are named: one list goes into every build.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::shell;

/// Name, version and licence, as they stand in the file.
type Package = (String, String, String);

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    let (on, _) = crate::switches(arguments, &["--check"])?;
    if on.contains(&"--check") {
        return check();
    }
    let file = file();
    fs::write(&file, text()?).with_context(|| format!("Write {}", file.display()))
}

/// Fails when the committed list is not what would be shipped now.
pub(crate) fn check() -> Result<()> {
    let committed = fs::read_to_string(file()).unwrap_or_default();
    if committed != text()? {
        bail!("ui/src/views/settings/licences.json is stale: run `cargo xtask licences`");
    }
    Ok(())
}

fn file() -> PathBuf {
    shell::root().join("ui/src/views/settings/licences.json")
}

/// One package a line, so that a new version is one changed line.
fn text() -> Result<String> {
    let mut packages = crates()?;
    packages.extend(node_packages()?);
    let lines: Vec<String> = packages.iter().map(line).collect();
    Ok(format!("[\n{}\n]\n", lines.join(",\n")))
}

fn line((name, version, licence): &Package) -> String {
    let [name, version, licence] = [name, version, licence].map(|text| json!(text));
    format!(r#"  {{ "name": {name}, "version": {version}, "licence": {licence} }}"#)
}

fn crates() -> Result<BTreeSet<Package>> {
    let text = shell::output(&mut shell::cargo("metadata --offline --format-version 1"))?;
    let metadata = serde_json::from_str(&text).context("Read cargo's metadata")?;
    linked_into("alobar-desktop", &metadata)
}

/// The packages of others that end up in the crate, not those that only build or test it.
fn linked_into(name: &str, metadata: &Value) -> Result<BTreeSet<Package>> {
    let packages = by_id(&metadata["packages"]);
    let nodes = by_id(&metadata["resolve"]["nodes"]);
    let root = packages.iter().find(|(_, package)| package["name"] == name);
    let mut waiting = vec![*root.with_context(|| format!("Cargo knows no {name}"))?.0];
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            waiting.extend(nodes.get(id).into_iter().flat_map(|node| normal(node)));
        }
    }
    let packages = reached.iter().filter_map(|id| packages.get(id));
    packages
        .filter(|package| !package["source"].is_null())
        .map(|package| named(package["name"].as_str(), package))
        .collect()
}

fn by_id(list: &Value) -> HashMap<&str, &Value> {
    let entries = list.as_array().into_iter().flatten();
    entries
        .filter_map(|entry| Some((entry["id"].as_str()?, entry)))
        .collect()
}

/// Ids of the packages that a package is compiled with.
fn normal(node: &Value) -> impl Iterator<Item = &str> {
    let is_normal = |dependency: &&Value| {
        let kinds = dependency["dep_kinds"].as_array();
        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
    };
    let dependencies = node["deps"].as_array().into_iter().flatten();
    dependencies
        .filter(is_normal)
        .filter_map(|dependency| dependency["pkg"].as_str())
}

fn node_packages() -> Result<BTreeSet<Package>> {
    let ui = shell::root().join("ui");
    let lock = fs::read_to_string(ui.join("package-lock.json")).context("Read the lock file")?;
    let lock: Value = serde_json::from_str(&lock).context("Read the lock file")?;
    let entries = lock["packages"].as_object().into_iter().flatten();
    let shipped = entries.filter(|(path, entry)| !path.is_empty() && is_shipped(entry));
    shipped
        .map(|(path, entry)| {
            let name = path.rsplit("node_modules/").next();
            if entry["license"].is_string() {
                return named(name, entry);
            }
            // One that names no licence comes with its text, whose first line is the name.
            let text = fs::read_to_string(ui.join(path).join("LICENSE"));
            let text = text.with_context(|| format!("Find the licence of {path}"))?;
            let mut entry = entry.clone();
            let first = text.lines().next().unwrap_or_default();
            entry["license"] = json!(first.trim_end_matches(" License"));
            named(name, &entry)
        })
        .collect()
}

fn is_shipped(entry: &Value) -> bool {
    entry["dev"] != true && entry["devOptional"] != true
}

fn named(name: Option<&str>, package: &Value) -> Result<Package> {
    let name = name.context("A package without a name")?;
    let version = package["version"].as_str().unwrap_or_default();
    let licence = package["license"].as_str();
    let licence = licence.with_context(|| format!("{name} names no licence"))?;
    // Older packages put a slash between the licences to choose from.
    let licence: Vec<&str> = licence.split('/').map(str::trim).collect();
    Ok((name.to_owned(), version.to_owned(), licence.join(" OR ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> Value {
        let package = |name: &str, licence: &str| {
            let source = (name != "app").then_some("registry");
            json!({"id": name, "name": name, "version": "1.0.0", "license": licence, "source": source})
        };
        let uses = |id: &str, kind: Value| json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
        json!({
            "packages": [
                package("app", "MIT"),
                package("linked", "MIT/Apache-2.0"),
                package("below", "ISC"),
                package("builder", "MIT"),
                package("tester", "MIT"),
            ],
            "resolve": { "nodes": [
                {"id": "app", "deps": [
                    uses("linked", Value::Null),
                    uses("builder", json!("build")),
                    uses("tester", json!("dev")),
                ]},
                {"id": "linked", "deps": [uses("below", Value::Null)]},
                {"id": "below", "deps": [uses("linked", Value::Null)]},
            ]},
        })
    }

    #[test]
    fn what_is_linked_is_named_and_what_only_builds_or_tests_is_not() {
        let packages = linked_into("app", &metadata()).unwrap();
        let names: Vec<&str> = packages.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["below", "linked"]);
    }

    #[test]
    fn licences_to_choose_from_are_written_in_one_way() {
        let packages = linked_into("app", &metadata()).unwrap();
        let linked = packages.iter().find(|(name, ..)| name == "linked").unwrap();
        assert_eq!(linked.2, "MIT OR Apache-2.0");
    }

    #[test]
    fn a_package_without_a_licence_is_refused() {
        assert!(named(Some("bare"), &json!({"version": "1.0.0"})).is_err());
    }
}
