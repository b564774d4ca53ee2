//! `alobar devices`.

use std::process::ExitCode;

use alobar_media::Device;
use serde_json::json;

use crate::report::{Exit, Report};

pub(crate) fn run(report: &Report) -> ExitCode {
    let devices = match alobar_app::line::devices() {
        Ok(devices) => devices,
        Err(failure) => {
            tracing::warn!(?failure, "List the devices");
            return report.result(Exit::MediaFailed, Some("no_sound_system"), None);
        }
    };
    print(report, "input", &devices.inputs);
    print(report, "output", &devices.outputs);
    report.result(Exit::Done, None, None)
}

fn print(report: &Report, kind: &str, devices: &[Device]) {
    for device in devices {
        report.print(&json!({
            "event": "device", "kind": kind, "id": device.id, "name": device.name, "default": device.is_default,
        }));
    }
}
