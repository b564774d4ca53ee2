//! baresip, the foreign softphone: registered at an exchange, answering and calling with a WAV file.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, SocketAddrV4, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use tempfile::TempDir;

use super::peer::Peer;
use super::{Lab, PATIENCE, Site, password, wait_until};

/// How a [`Baresip`] behaves.
#[derive(Clone, Debug)]
pub struct BaresipOptions {
    /// Answers by itself; otherwise it rings until the caller gives up or [`Baresip::answer`].
    pub answers: bool,
    /// WAV file it speaks, 16 bit: 8 kHz mono for G.711, 48 kHz stereo for Opus; silence without one.
    pub play: Option<PathBuf>,
    /// What it offers.
    pub codec: BaresipCodec,
}

/// The codec of a [`Baresip`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaresipCodec {
    G711,
    Opus,
}

impl BaresipCodec {
    /// As the account's `audio_codecs` writes it.
    fn names(self) -> &'static str {
        match self {
            Self::G711 => "PCMU/8000/1,PCMA/8000/1",
            Self::Opus => "opus/48000/2",
        }
    }

    fn module(self) -> &'static str {
        match self {
            Self::G711 => "g711.so",
            Self::Opus => "opus.so",
        }
    }
}

impl Default for BaresipOptions {
    fn default() -> Self {
        Self {
            answers: true,
            play: None,
            codec: BaresipCodec::G711,
        }
    }
}

/// A running baresip; dropping it unregisters and ends it.
#[derive(Debug)]
pub struct Baresip {
    control: BufReader<TcpStream>,
    server: SocketAddrV4,
    // Ends before the folder it records into goes.
    _peer: Peer,
    folder: TempDir,
}

impl Baresip {
    /// Starts a peer for `extension` (2001–2099) beside the exchange and waits until it is
    /// registered over UDP.
    pub fn start(lab: &Lab, extension: u16, options: &BaresipOptions) -> Result<Self> {
        Self::start_at(&lab.site(), extension, &password(extension), options)
    }

    /// [`Baresip::start`] with another password than the extension's.
    pub fn start_with_password(lab: &Lab, extension: u16, secret: &str) -> Result<Self> {
        Self::start_at(&lab.site(), extension, secret, &BaresipOptions::default())
    }

    /// [`Baresip::start`] at any exchange.
    pub fn start_at(
        site: &Site,
        extension: u16,
        secret: &str,
        options: &BaresipOptions,
    ) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("alobar-baresip-")
            .tempdir()?;
        let server = site.exchange;
        let control = SocketAddr::new(site.address().into(), 30_000 + extension);
        let play = match &options.play {
            Some(path) => path.clone(),
            None => write_silence(&folder)?,
        };
        let settings = settings(folder.path(), control, &play, options.codec)?;
        fs::write(folder.path().join("config"), settings)?;
        fs::write(folder.path().join("accounts"), "")?;
        let peer = Peer::start(site, "baresip", |command| {
            // It may leave a core dump when it ends: not in the checkout.
            command
                .arg("-f")
                .arg(folder.path())
                .current_dir(folder.path());
        })?;
        let control = connect(control, &peer)?;
        let mut baresip = Self {
            control,
            server,
            _peer: peer,
            folder,
        };
        let mode = if options.answers { "auto" } else { "manual" };
        baresip.command(
            "uanew",
            &format!(
                "<sip:{extension}@{server};transport=udp>;auth_user={extension};auth_pass={secret};\
                 answermode={mode};regint=60;audio_codecs={codecs}",
                codecs = options.codec.names(),
            ),
        )?;
        baresip
            .wait_for("REGISTER_OK")
            .context("baresip did not register")?;
        Ok(baresip)
    }

    /// Calls `number`; [`Baresip::wait_for`] `CALL_ESTABLISHED` or `CALL_CLOSED` tells the outcome.
    pub fn call(&mut self, number: &str) -> Result<()> {
        let target = format!("sip:{number}@{}", self.server);
        self.command("dial", &target)
    }

    /// Answers the ringing call.
    pub fn answer(&mut self) -> Result<()> {
        self.command("accept", "")
    }

    /// Presses keys in the call (RFC 4733).
    pub fn press(&mut self, keys: &str) -> Result<()> {
        for key in keys.chars() {
            self.command("sndcode", &key.to_string())?;
        }
        Ok(())
    }

    /// Ends the call.
    pub fn hang_up(&mut self) -> Result<()> {
        self.command("hangup", "")
    }

    /// Waits for baresip's next event of `kind` (`CALL_INCOMING`, which a peer that answers by
    /// itself does not tell; `CALL_RINGING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, …) and returns its
    /// `param`: the other side's address, for a closed call the reason.
    pub fn wait_for(&mut self, kind: &str) -> Result<String> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let message = self
                .read()
                .with_context(|| format!("waiting for baresip's {kind}"))?;
            if message["event"] == true && message["type"] == kind {
                return Ok(message["param"].as_str().unwrap_or_default().to_owned());
            }
            if kind.starts_with("REGISTER") && message["type"] == "REGISTER_FAIL" {
                bail!("registration refused: {}", message["param"]);
            }
        }
        bail!("waited {} s for baresip's {kind}", PATIENCE.as_secs());
    }

    /// Its folder: stands in its command line, so that a bench finds the process.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it heard in its calls so far, one WAV file a call; complete once the call is closed.
    pub fn heard(&self) -> Result<Vec<PathBuf>> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.folder.path())?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.to_string_lossy().ends_with("-dec.wav"))
            .collect();
        files.sort();
        Ok(files)
    }

    /// A netstring of JSON, as the module ctrl_tcp reads them.
    fn command(&mut self, command: &str, params: &str) -> Result<()> {
        let body = serde_json::json!({"command": command, "params": params}).to_string();
        Ok(write!(self.control.get_mut(), "{}:{body},", body.len())?)
    }

    fn read(&mut self) -> Result<Value> {
        let mut length = Vec::new();
        self.control.read_until(b':', &mut length)?;
        length.pop();
        let length: usize = str::from_utf8(&length)?
            .parse()
            .context("baresip has ended")?;
        // The body and the comma behind it.
        let mut body = vec![0; length + 1];
        self.control.read_exact(&mut body)?;
        Ok(serde_json::from_slice(&body[..length])?)
    }
}

/// baresip's configuration file: one codec, sound from and to files, and a control port.
fn settings(
    folder: &Path,
    control: SocketAddr,
    play: &Path,
    codec: BaresipCodec,
) -> Result<String> {
    Ok(format!(
        "poll_method epoll\nsip_listen {address}:0\nnet_interface {address}\n\
         audio_source aufile,{play}\naudio_player aubridge,nobody\n\
         module_path {modules}\nmodule {codec}\nmodule aufile.so\nmodule aubridge.so\n\
         module sndfile.so\nsnd_path {folder}\n\
         module_tmp account.so\nmodule_app menu.so\nmodule_app ctrl_tcp.so\n\
         ctrl_tcp_listen {control}\n",
        address = control.ip(),
        play = play.display(),
        codec = codec.module(),
        modules = module_path()?.display(),
        folder = folder.display(),
    ))
}

fn connect(address: SocketAddr, peer: &Peer) -> Result<BufReader<TcpStream>> {
    let mut found = None;
    wait_until("baresip to start", || {
        ensure!(!peer.has_ended()?, "baresip ended at once: {}", peer.said());
        found = TcpStream::connect(address).ok();
        Ok(found.is_some())
    })?;
    let stream = found.context("no connection to baresip")?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::new(stream))
}

/// Where the distribution keeps baresip's modules.
fn module_path() -> Result<PathBuf> {
    let output = Command::new("dpkg")
        .args(["-L", "baresip-core"])
        .stderr(Stdio::null())
        .output()?;
    let list = String::from_utf8_lossy(&output.stdout);
    let module = list.lines().find(|line| line.ends_with("/g711.so"));
    let folder = module.and_then(|line| PathBuf::from(line).parent().map(PathBuf::from));
    folder.context("baresip is not installed: apt-get install baresip-core")
}

fn write_silence(folder: &TempDir) -> Result<PathBuf> {
    let path = folder.path().join("silence.wav");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 8000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(&path, spec)?;
    let samples = Duration::from_secs(60).as_secs() * u64::from(spec.sample_rate);
    for _ in 0..samples {
        wav.write_sample(0_i16)?;
    }
    wav.finalize()?;
    Ok(path)
}
