//! A shortcut of another program.

use alobar_e2e::desktop::Desktop;
use anyhow::{Context, Result};
use x11rb::{
    connection::Connection,
    protocol::xproto::{ConnectionExt, GrabMode, ModMask},
    rust_connection::RustConnection,
};

/// Keys that belong to another program until the value is dropped.
pub(crate) struct Grab {
    _connection: RustConnection,
}

impl Grab {
    /// Takes Ctrl+Alt and the key of this character, wherever the focus is.
    pub(crate) fn ctrl_alt(desktop: &Desktop, key: char) -> Result<Grab> {
        let (connection, screen) = x11rb::connect(Some(desktop.display()))?;
        let setup = connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = connection
            .get_keyboard_mapping(first, last - first + 1)?
            .reply()?;
        let symbols = map.keysyms.chunks_exact(map.keysyms_per_keycode.into());
        // The keysym of a Latin character is its code.
        let at = symbols
            .into_iter()
            .position(|symbols| symbols.contains(&key.into()));
        let code = first + u8::try_from(at.context("The key on the keyboard")?)?;
        let root = setup.roots[screen].root;
        let held = ModMask::CONTROL | ModMask::M1;
        let (pointer, keyboard) = (GrabMode::ASYNC, GrabMode::ASYNC);
        connection
            .grab_key(true, root, held, code, pointer, keyboard)?
            .check()
            .context("Take the keys")?;
        Ok(Grab {
            _connection: connection,
        })
    }
}
