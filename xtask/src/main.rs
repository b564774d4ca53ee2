//! The project's own commands: `cargo xtask COMMAND`.
//!
//! Kept light on purpose: it is the first thing a newcomer waits for.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for the terminal"
)]

#[cfg(target_os = "linux")]
mod bench;
mod bindings;
mod cross;
mod lab;
mod licences;
mod lint;
mod node;
mod packages;
mod prerequisites;
mod progress;
mod run;
mod screenshots;
mod shell;
mod source;
mod stamp;
mod test;
mod tidy;

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "elsewhere.rs")]
mod platform;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask COMMAND

  run [--lab] [--exit-after-paint]   install what is missing, build, start Alobar
                                     (--lab: logged in to the local Asterisk)
  test [FILTER] [--fast]             install what is missing, run every test
                                     (--fast: without the labs)
  lab up|down|status [--instance N] [--json]
                                     the local Asterisk that run --lab and the tests use
  lint                               rustfmt, clippy, tidy, cargo-deny, ESLint, prettier
  tidy                               the architecture's own rules
  bindings [--check]                 write (or compare) ui/src/bridge/generated.ts
  licences [--check]                 write (or compare) the list that the settings show
  cross [--windows] [--macos]        build for Windows, test under Wine, check for macOS
  screenshots [--docs]               a picture of every view in every state: target/screenshots
                                     (--docs: those of the README, docs/pictures)
  bench call|reconnect|practice|windows
                                     measure on this machine; tables under bench/";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[&str]) -> Result<()> {
    let Some((command, rest)) = arguments.split_first() else {
        bail!("No command given.\n\n{USAGE}");
    };
    match *command {
        "run" => run::main(rest),
        "test" => test::main(rest),
        "lab" => lab::main(rest),
        "lint" => lint::main(rest),
        "tidy" => tidy::main(rest),
        "bindings" => bindings::main(rest),
        "licences" => licences::main(rest),
        "cross" => cross::main(rest),
        "screenshots" => screenshots::main(rest),
        #[cfg(target_os = "linux")]
        "bench" => bench::main(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => bail!("There is no command `{unknown}`.\n\n{USAGE}"),
    }
}

/// Splits the known switches from the rest; an unknown switch is a mistake worth stopping for.
fn switches<'a>(arguments: &[&'a str], known: &[&str]) -> Result<(Vec<&'a str>, Vec<&'a str>)> {
    let (on, rest): (Vec<&str>, Vec<&str>) =
        arguments.iter().partition(|word| word.starts_with("--"));
    if let Some(unknown) = on.iter().find(|word| !known.contains(word)) {
        bail!("`{unknown}` is not known here (known: {known:?}).\n\n{USAGE}");
    }
    Ok((on, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_switch_is_refused() {
        assert!(switches(&["--fats"], &["--fast"]).is_err());
    }

    #[test]
    fn words_without_dashes_are_kept_in_order() {
        let (on, rest) = switches(&["hold", "--fast", "resume"], &["--fast"]).unwrap();
        assert_eq!((on, rest), (vec!["--fast"], vec!["hold", "resume"]));
    }
}
