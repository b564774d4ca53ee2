//! One action over the Asterisk Manager Interface: log in, ask, read the answer.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Result, bail, ensure};

const PATIENCE: Duration = Duration::from_secs(10);

/// Performs `action` with its `fields` and returns the answer's lines.
pub(super) fn perform(
    address: Ipv4Addr,
    secret: &str,
    action: &str,
    fields: &[(&str, &str)],
) -> Result<Vec<String>> {
    let stream = TcpStream::connect_timeout(&SocketAddr::new(address.into(), 5038), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut banner = String::new();
    reader.read_line(&mut banner)?;
    ensure!(
        banner.starts_with("Asterisk Call Manager"),
        "no manager at {address}"
    );
    let login = [
        ("Username", "alobar"),
        ("Secret", secret),
        ("Events", "off"),
    ];
    exchange(&stream, &mut reader, "Login", &login)?;
    exchange(&stream, &mut reader, action, fields)
}

fn exchange(
    mut stream: &TcpStream,
    reader: &mut impl BufRead,
    action: &str,
    fields: &[(&str, &str)],
) -> Result<Vec<String>> {
    let mut request = format!("Action: {action}\r\nActionID: {action}\r\n");
    for (key, value) in fields {
        ensure!(!value.contains(['\r', '\n']), "{key} holds a line break");
        request.push_str(&format!("{key}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes())?;
    let answer = loop {
        let message = read_message(reader)?;
        if message
            .first()
            .is_some_and(|line| line.starts_with("Response:"))
        {
            break message;
        }
    };
    if answer.iter().any(|line| line == "Response: Error") {
        bail!("the exchange refused {action}: {}", answer.join("; "));
    }
    Ok(answer)
}

/// Lines up to the empty one.
fn read_message(reader: &mut impl BufRead) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        ensure!(
            reader.read_line(&mut line)? > 0,
            "the manager connection was closed"
        );
        match line.trim_end() {
            "" => return Ok(lines),
            text => lines.push(text.to_owned()),
        }
    }
}
