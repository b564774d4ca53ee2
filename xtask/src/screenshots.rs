//! `cargo xtask screenshots`: a picture of every view in every state, both themes, both languages.

use anyhow::Result;

use crate::{node, packages, shell};

pub(crate) fn main() -> Result<()> {
    packages::ensure(&[&["chromium", "fonts-noto-core"]])?;
    node::install_packages()?;
    let folder = shell::target().join("screenshots");
    let mut pictures = node::npm(&["run", "pictures"])?;
    shell::run(pictures.env("ALOBAR_PICTURES", &folder))?;
    println!("{}", folder.display());
    Ok(())
}
