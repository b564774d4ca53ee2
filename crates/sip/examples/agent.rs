//! A user agent by hand, to try the signalling without sound:
//!
//! ```text
//! cargo run -p alobar-sip --example agent -- wss://pbx:8089/ws 1001 secret ca.pem
//! ```
//!
//! Commands on stdin: `call NUMBER`, `accept`, `ring`, `refuse STATUS`, `bye`, `cancel`, `hold`,
//! `refer NUMBER`, `ladder`, `reconnect`, `quit`. Each acts on the newest call. Incoming calls are
//! left alone, offers inside a call are answered.
#![allow(clippy::print_stdout, reason = "a tool for the terminal")]

use std::time::Instant;

use alobar_core::{CallId, CallIds, Pii, Signal, SipAction};
use alobar_sip::{Account, SipEvent, UserAgent};
use tokio::io::{AsyncBufReadExt, BufReader};

/// A description that a WebRTC endpoint takes; nothing listens at its address.
fn sdp(version: u32, direction: &str) -> Pii<String> {
    let fingerprint = vec!["5A"; 32].join(":");
    Pii::new(format!(
        "v=0\r\no=- 4711 {version} IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n\
         m=audio 40000 UDP/TLS/RTP/SAVPF 111 0 8 101\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:0 PCMU/8000\r\n\
         a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fingerprint:sha-256 {fingerprint}\r\n\
         a=setup:active\r\na=mid:0\r\na=rtcp-mux\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n\
         a=candidate:1 1 udp 2130706431 192.0.2.1 40000 typ host\r\na={direction}\r\n"
    ))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [servers, user, password, ca @ ..] = args.as_slice() else {
        return Err("SERVER[,SERVER] USER PASSWORD [CA]".into());
    };
    let servers = servers
        .split(',')
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let mut account = Account::new(servers, user, password.clone());
    account.ca = ca.first().map(std::fs::read).transpose()?;
    let ids = CallIds::default();
    let (agent, mut events) = UserAgent::start(account, ids.clone())?;
    let (start, mut call, mut version) = (Instant::now(), CallId(0), 1);
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        tokio::select! {
            event = events.recv() => {
                let Some(event) = event else { return Ok(()) };
                println!("{:9.3} {event:?}", start.elapsed().as_secs_f64());
                match event {
                    SipEvent::Call { call: id, signal: Signal::Incoming { .. } } => call = id,
                    SipEvent::Call { call, signal: Signal::Reoffered { .. } } => {
                        version += 1;
                        agent.perform(call, SipAction::AnswerReoffer { answer: sdp(version, "sendrecv") });
                    }
                    SipEvent::Call { .. } | SipEvent::Registration(_) => {}
                }
            }
            line = lines.next_line() => {
                let Some(line) = line? else { break };
                let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
                let action = match command {
                    "call" => {
                        call = ids.next_id();
                        SipAction::Invite { to: rest.to_owned().into(), offer: sdp(version, "sendrecv"), headers: vec![] }
                    }
                    "accept" => SipAction::Accept { sdp: sdp(version, "sendrecv") },
                    "ring" => SipAction::Ring,
                    "refuse" => SipAction::Refuse { status: rest.parse()? },
                    "bye" => SipAction::Bye,
                    "cancel" => SipAction::Cancel,
                    "hold" => {
                        version += 1;
                        SipAction::Reoffer { offer: sdp(version, "sendonly") }
                    }
                    "refer" => SipAction::Refer { to: rest.to_owned().into() },
                    "reconnect" => { agent.reconnect(); continue }
                    "ladder" => {
                        for line in agent.ladder(call) {
                            println!("          {line}");
                        }
                        continue;
                    }
                    _ => break,
                };
                agent.perform(call, action);
            }
        }
    }
    let stopping = Instant::now();
    agent.stop().await;
    println!("stopped in {:?}", stopping.elapsed());
    while let Ok(event) = events.try_recv() {
        println!("{:9.3} {event:?}", start.elapsed().as_secs_f64());
    }
    Ok(())
}
