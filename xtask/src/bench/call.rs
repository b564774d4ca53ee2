//! One minute of an Opus call by `alobar call`, beside baresip in the same namespace.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use alobar_e2e::lab::{Baresip, BaresipCodec, BaresipOptions, Lab, Transport};
use alobar_e2e::sound;
use anyhow::{Context, Result, ensure};

use super::process::{self, Usage};
use crate::shell;

/// Nobody else's exchange.
const INSTANCE: u8 = 41;
/// Length of each call, seconds.
const LENGTH: u64 = 60;

pub(super) fn main() -> Result<()> {
    let program = super::build_release()?;
    let lab = Lab::own(INSTANCE)?;
    let folder = shell::scratch()?.join("bench-call");
    std::fs::create_dir_all(&folder)?;
    let (mono, stereo) = speech(&folder)?;
    let account = folder.join("account.toml");
    std::fs::write(&account, lab.account_toml(1001, Transport::Wss))?;

    let plain = alobar(&lab, &program, &account, &mono, false)?;
    let processed = alobar(&lab, &program, &account, &mono, true)?;
    let peer = baresip(&lab, &stereo)?;
    super::keep("call", &table(&lab, plain, processed, peer))
}

/// A minute of speech: 48 kHz mono for us, stereo for baresip's Opus.
fn speech(folder: &Path) -> Result<(std::path::PathBuf, std::path::PathBuf)> {
    let (once, mono, stereo) = (
        folder.join("once.wav"),
        folder.join("mono.wav"),
        folder.join("stereo.wav"),
    );
    sound::speak(&once);
    shell::run(
        Command::new("sox")
            .arg(&once)
            .arg(&mono)
            .args(["repeat", "9"]),
    )?;
    shell::run(
        Command::new("sox")
            .arg(&mono)
            .args(["-c", "2"])
            .arg(&stereo),
    )?;
    Ok((mono, stereo))
}

fn alobar(
    lab: &Lab,
    program: &Path,
    account: &Path,
    play: &Path,
    processing: bool,
) -> Result<Usage> {
    println!(
        "    alobar call, sound processing {}, {LENGTH} s …",
        if processing { "on" } else { "off" }
    );
    let record = play.with_file_name("heard.wav");
    let mut child = lab
        .in_netns(program)
        .args(["--json", "call", "600", "--account"])
        .arg(account)
        .arg("--play")
        .arg(play)
        .arg("--record")
        .arg(&record)
        .args(["--for", &LENGTH.to_string()])
        .args(processing.then_some("--processing"))
        .stdout(Stdio::null())
        .spawn()?;
    let usage = process::until_end(process::find("alobar", &record.to_string_lossy())?)?;
    ensure!(child.wait()?.success(), "the call failed");
    Ok(usage)
}

fn baresip(lab: &Lab, play: &Path) -> Result<Usage> {
    println!("    baresip, Opus over UDP and plain RTP, {LENGTH} s …");
    let options = BaresipOptions {
        play: Some(play.to_owned()),
        codec: BaresipCodec::Opus,
        ..BaresipOptions::default()
    };
    let mut peer = Baresip::start(lab, 2001, &options)?;
    let process = process::find("baresip", &peer.folder().to_string_lossy())?;
    peer.call("600")?;
    peer.wait_for("CALL_ESTABLISHED")?;
    thread::sleep(Duration::from_secs(LENGTH));
    process::usage(process).context("baresip has ended")
}

fn table(lab: &Lab, plain: Usage, processed: Usage, peer: Usage) -> String {
    let row = |name: &str, usage: Usage| {
        format!(
            "| {name} | {:.2} | {:.2} | {:.1} |\n",
            usage.cpu * 60.0 / LENGTH as f64,
            usage.cpu / peer.cpu,
            usage.peak
        )
    };
    format!(
        "# One call\n\n\
         `cargo xtask bench call`: release build, {LENGTH} s of speech to the echo of Asterisk {}, files\n\
         instead of devices, all in one network namespace, one after the other. Start and registration\n\
         are included.\n\n\
         | Phone | CPU seconds a minute | × baresip | Peak RSS, MB |\n|---|---|---|---|\n{}{}{}\n\
         Aim with processing off: at most 1.5 × baresip and 40 MB. baresip 1.0 sends plain RTP over UDP;\n\
         alobar does WSS, ICE and DTLS-SRTP.\n",
        lab.version(),
        row("alobar, processing off", plain),
        row("alobar, processing on", processed),
        row("baresip", peer),
    )
}
