//! Skipping work whose inputs did not change: a fingerprint kept under `target/xtask`.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// Folders whose contents are made, never written by hand.
const GENERATED: &[&str] = &["node_modules", "dist", ".svelte-kit", "target"];

/// Does `work` unless it was done for the same inputs before and `product` is still there.
/// Says whether it had to.
pub(crate) fn unless_fresh(
    name: &str,
    inputs: &[PathBuf],
    product: &Path,
    work: impl FnOnce() -> Result<()>,
) -> Result<bool> {
    let stamp = crate::shell::scratch()?.join(format!("{name}.stamp"));
    let now = fingerprint(inputs)?;
    if product.exists() && fs::read_to_string(&stamp).is_ok_and(|before| before == now) {
        return Ok(false);
    }
    work()?;
    // What was looked at before the work: a file saved meanwhile must count as new.
    fs::write(&stamp, now).with_context(|| format!("Write {}", stamp.display()))?;
    Ok(true)
}

fn fingerprint(inputs: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        add(input, &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    path.hash(hasher);
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)
            .with_context(|| format!("List {}", path.display()))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<_>>()?;
        entries.sort();
        for entry in entries {
            let generated = entry
                .file_name()
                .is_some_and(|name| GENERATED.iter().any(|it| name == *it));
            if !generated {
                add(&entry, hasher)?;
            }
        }
    } else if path.exists() {
        fs::read(path)
            .with_context(|| format!("Read {}", path.display()))?
            .hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("xtask-stamp-{name}-{}", std::process::id()));
        fs::create_dir_all(dir.join("node_modules")).unwrap();
        fs::write(dir.join("a.ts"), "one").unwrap();
        dir
    }

    #[test]
    fn a_changed_file_changes_the_fingerprint() {
        let dir = folder("changed");
        let before = fingerprint(std::slice::from_ref(&dir)).unwrap();
        fs::write(dir.join("a.ts"), "two").unwrap();
        assert_ne!(before, fingerprint(std::slice::from_ref(&dir)).unwrap());
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn installed_packages_do_not_count_as_sources() {
        let dir = folder("packages");
        let before = fingerprint(std::slice::from_ref(&dir)).unwrap();
        fs::write(dir.join("node_modules/b.js"), "b").unwrap();
        assert_eq!(before, fingerprint(std::slice::from_ref(&dir)).unwrap());
        fs::remove_dir_all(dir).unwrap();
    }
}
