//! Asterisk's configuration of one instance: the templates of `tests/lab/asterisk` filled in, and
//! the extensions, which only differ by number, generated.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::numbers::{self, Extension};

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../lab/asterisk/", $name)))),*]
    };
}

const TEMPLATES: [(&str, &str); 11] = templates![
    "asterisk.conf",
    "extensions.conf",
    "http.conf",
    "indications.conf",
    "logger.conf",
    "manager.conf",
    "modules.conf",
    "musiconhold.conf",
    "pjsip.conf",
    "queues.conf",
    "rtp.conf",
];

/// What the templates' placeholders stand for.
#[derive(Debug)]
pub(super) struct Values<'a> {
    pub(super) address: String,
    pub(super) network: String,
    pub(super) folder: &'a Path,
    pub(super) modules: &'a Path,
    pub(super) instance: u8,
    pub(super) secret: &'a str,
}

/// Files that need say nothing, and whose absence Asterisk reports as an error.
const EMPTY: [&str; 8] = [
    "acl.conf",
    "ccss.conf",
    "cdr.conf",
    "cel.conf",
    "features.conf",
    "pjproject.conf",
    "queuerules.conf",
    "udptl.conf",
];

/// Writes every configuration file into `folder`.
pub(super) fn write(folder: &Path, values: &Values<'_>) -> Result<()> {
    let instance = values.instance.to_string();
    let (home, modules) = (
        values.folder.display().to_string(),
        values.modules.display().to_string(),
    );
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
    };
    for (name, template) in TEMPLATES {
        let text = template
            .replace("@ADDRESS@", &values.address)
            .replace("@NETWORK@", &values.network)
            .replace("@DIR@", &home)
            .replace("@MODULES@", &modules)
            .replace("@INSTANCE@", &instance)
            .replace("@SECRET@", values.secret);
        write(name, &text)?;
    }
    for name in EMPTY {
        write(name, "; Asterisk's defaults\n")?;
    }
    write("pjsip-extensions.conf", &endpoints())?;
    write("extensions-hints.conf", &hints())
}

fn endpoints() -> String {
    let mut text = String::new();
    for extension in numbers::extensions() {
        let Extension {
            number, kind, auth, ..
        } = extension;
        let (name, password) = (extension.display_name(), numbers::password(number));
        let _ = write!(
            text,
            "[{number}]({kind})\nauth={number}\naors={number}\ncallerid=\"{name}\" <{number}>\n\
             [{number}]({auth})\nusername={number}\npassword={password}\n\
             [{number}](binding)\n\n"
        );
    }
    text
}

/// Presence of each extension, and of each queue: `support` (somebody waits), `support-avail`
/// (in use = nobody can take a call), `support-pause1001` (in use = paused).
fn hints() -> String {
    let mut text = String::new();
    for extension in numbers::extensions() {
        let number = extension.number;
        let _ = writeln!(text, "exten => {number},hint,PJSIP/{number}");
    }
    for queue in numbers::QUEUES {
        let _ = writeln!(text, "exten => {queue},hint,Queue:{queue}");
        let _ = writeln!(text, "exten => {queue}-avail,hint,Queue:{queue}_avail");
        for Extension { number, .. } in numbers::extensions().filter(Extension::is_agent) {
            let _ = writeln!(
                text,
                "exten => {queue}-pause{number},hint,Queue:{queue}_pause_PJSIP/{number}"
            );
        }
    }
    text
}
