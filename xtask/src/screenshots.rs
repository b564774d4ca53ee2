//! `cargo xtask screenshots`: a picture of every view in every state, both themes, both languages.

use anyhow::Result;

use crate::{node, packages, shell};

/// `--docs` takes those that README and the guides show, into `docs/pictures`.
pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    let (on, _) = crate::switches(arguments, &["--docs"])?;
    packages::ensure(&[&["chromium", "fonts-noto-core"]])?;
    node::build_ui()?;
    let mut pictures = node::npm(&["run", "--silent", "pictures", "--"])?;
    shell::run(pictures.args(on))
}
