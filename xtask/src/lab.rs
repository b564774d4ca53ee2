//! `cargo xtask lab`: the local Asterisk that `run --lab` and the tests use.

use anyhow::{Result, bail};

const USAGE: &str = "cargo xtask lab up|down|status [--instance N] [--json]";

/// `up`, `down` or `status` of one instance; `--json` prints one object instead of a table.
pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    let (mut command, mut instance, mut json) = (None, 0, false);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match *word {
            "--json" => json = true,
            "--instance" => match words.next().and_then(|number| number.parse::<u8>().ok()) {
                Some(number) => instance = number,
                None => bail!("--instance takes a number from 0 to 255.\n\n{USAGE}"),
            },
            word if command.is_none() => command = Some(word),
            unknown => bail!("`{unknown}` is not known here.\n\n{USAGE}"),
        }
    }
    perform(command.unwrap_or_default(), instance, json)
}

#[cfg(not(target_os = "linux"))]
fn perform(_: &str, _: u8, _: bool) -> Result<()> {
    bail!("The lab is a network namespace with Debian's Asterisk in it: it runs on Linux only.")
}

#[cfg(target_os = "linux")]
fn perform(command: &str, instance: u8, json: bool) -> Result<()> {
    use alobar_e2e::lab::Lab;

    let lab = match command {
        "up" => Lab::up_with(instance, &|line| eprintln!("{line}"))?,
        "status" => Lab::attach(instance)?,
        "down" => {
            Lab::down(instance)?;
            eprintln!("lab: instance {instance} is down");
            return Ok(());
        }
        _ => bail!("The lab knows up, down and status.\n\n{USAGE}"),
    };
    if json {
        print_json(&lab, instance)
    } else {
        print_table(&lab, instance)
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn print_table(lab: &alobar_e2e::lab::Lab, instance: u8) {
    use alobar_e2e::lab::{Transport, password};

    let address = lab.address();
    println!(
        "Asterisk {} at {address}, instance {instance}",
        lab.version()
    );
    for transport in Transport::ALL {
        println!("  {transport:<4} {}", transport.server(address));
    }
    println!("  ca   {}", lab.ca_path().display());
    println!("  log  {}", lab.log_path().display());
    for (first, what) in [(1001, "WebRTC"), (2001, "plain RTP")] {
        for extension in first..first + 10 {
            println!("  {extension} {} ({what})", password(extension));
        }
    }
    println!(
        "  dial 600 echo, 601 announcement, 603 DTMF, 700 queue support; more: tests/README.md"
    );
}

#[cfg(target_os = "linux")]
fn print_json(lab: &alobar_e2e::lab::Lab, instance: u8) {
    use alobar_e2e::lab::{Transport, password};

    let servers: serde_json::Map<_, _> = Transport::ALL
        .map(|transport| {
            (
                transport.to_string(),
                transport.server(lab.address()).into(),
            )
        })
        .into_iter()
        .collect();
    let accounts: Vec<_> = (1001..=1010)
        .chain(2001..=2010)
        .map(|extension| serde_json::json!({"user": extension.to_string(), "password": password(extension)}))
        .collect();
    let report = serde_json::json!({
        "instance": instance,
        "version": lab.version(),
        "address": lab.address(),
        "servers": servers,
        "ca": lab.ca_path(),
        "log": lab.log_path(),
        "accounts": accounts,
    });
    println!("{report}");
}
