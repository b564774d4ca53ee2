//! Which devices there are, and finding the one a person chose.
//!
//! Ids are cpal's `host:id`, stable across restarts and made to be stored. Without PulseAudio the
//! Linux host is ALSA. On Windows the default is the one for multimedia (`eConsole`): cpal does
//! not offer the communications default, so a person with both chooses the headset once.

use std::sync::{Arc, Mutex, PoisonError};

use cpal::traits::{DeviceTrait, HostTrait};

use super::AudioError;

/// A device as it is shown and stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Stable: store this.
    pub id: String,
    /// As the system calls it.
    pub name: String,
    pub is_default: bool,
}

/// Microphones and speakers, in the system's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Devices {
    pub inputs: Vec<Device>,
    pub outputs: Vec<Device>,
}

/// A side of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Input,
    Output,
}

/// Lists what is there now. May block for seconds when the sound server hangs.
///
/// # Errors
/// The sound system cannot be reached.
pub fn devices() -> Result<Devices, AudioError> {
    with_host(|host| {
        let side = |side| {
            Ok(candidates(host, side)?
                .into_iter()
                .map(|(_, device)| device)
                .collect())
        };
        Ok(Devices {
            inputs: side(Side::Input)?,
            outputs: side(Side::Output)?,
        })
    })
}

/// The device that `wanted` names by id or name, else the default, else any.
pub(super) fn find(
    side: Side,
    wanted: Option<&str>,
) -> Result<Option<(cpal::Device, Device)>, AudioError> {
    let mut candidates = with_host(|host| candidates(host, side))?;
    let listed: Vec<&Device> = candidates.iter().map(|(_, device)| device).collect();
    Ok(pick(&listed, wanted).map(|index| candidates.swap_remove(index)))
}

/// Index of the device to use.
pub(super) fn pick(devices: &[&Device], wanted: Option<&str>) -> Option<usize> {
    let by = |test: &dyn Fn(&Device) -> bool| devices.iter().position(|device| test(device));
    wanted
        .and_then(|wanted| by(&|d| d.id == wanted).or_else(|| by(&|d| d.name == wanted)))
        .or_else(|| by(&|d| d.is_default))
        .or_else(|| (!devices.is_empty()).then_some(0))
}

/// The connection to PulseAudio, one for all threads: its client never ends the thread it reads on,
/// nor the connection, and a server takes 64 of them.
static PULSEAUDIO: Mutex<Option<Arc<cpal::Host>>> = Mutex::new(None);

/// Asks the sound system; a connection that has broken is replaced.
fn with_host<T>(ask: impl Fn(&cpal::Host) -> Result<T, AudioError>) -> Result<T, AudioError> {
    let host = connection(None);
    ask(&host).or_else(|_| ask(&connection(Some(&host))))
}

/// The kept connection, or a new one in its place when it is the `broken` one. Threads that come at
/// once wait for one connection: a second would stay for good.
fn connection(broken: Option<&Arc<cpal::Host>>) -> Arc<cpal::Host> {
    let mut kept = PULSEAUDIO.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(host) = &*kept
        && !broken.is_some_and(|broken| Arc::ptr_eq(host, broken))
    {
        return host.clone();
    }
    let host = Arc::new(cpal::default_host());
    *kept = (host.id().to_string() == "pulseaudio").then(|| host.clone());
    host
}

fn candidates(host: &cpal::Host, side: Side) -> Result<Vec<(cpal::Device, Device)>, AudioError> {
    let default = match side {
        Side::Input => host.default_input_device(),
        Side::Output => host.default_output_device(),
    };
    let default = default.and_then(|device| device.id().ok());
    let devices = host.devices().map_err(AudioError::Host)?;
    // A device that cannot say its name has just gone.
    Ok(devices
        .filter_map(|device| describe(device, side, default.as_ref()))
        .collect())
}

fn describe(
    device: cpal::Device,
    side: Side,
    default: Option<&cpal::DeviceId>,
) -> Option<(cpal::Device, Device)> {
    let description = device.description().ok()?;
    let fits = match side {
        Side::Input => description.supports_input(),
        Side::Output => description.supports_output(),
    };
    let id = device.id().ok()?;
    if !fits || is_monitor(&id) || is_plugin(&id) {
        return None;
    }
    let entry = Device {
        name: description.name().to_owned(),
        is_default: default == Some(&id),
        id: id.to_string(),
    };
    Some((device, entry))
}

/// ALSA lists its converters and `null`, which takes every sound and plays none: a call on it would
/// be silent. Only cards, and the default when somebody has made one, are devices.
fn is_plugin(id: &cpal::DeviceId) -> bool {
    id.host().to_string() == "alsa" && id.id() != "default" && !id.id().contains("CARD=")
}

/// A PulseAudio source that hears what a speaker plays: no microphone.
fn is_monitor(id: &cpal::DeviceId) -> bool {
    id.host().to_string() == "pulseaudio" && id.id().ends_with(".monitor")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(id: &str, name: &str, is_default: bool) -> Device {
        Device {
            id: id.into(),
            name: name.into(),
            is_default,
        }
    }

    #[test]
    fn a_choice_is_found_by_id_then_by_name_then_the_default_stands_in() {
        let devices = [
            device("host:a", "Built-in", false),
            device("host:b", "Headset", true),
            device("host:c", "host:a", false),
        ];
        let listed: Vec<&Device> = devices.iter().collect();
        assert_eq!(pick(&listed, Some("host:a")), Some(0));
        assert_eq!(pick(&listed, Some("Built-in")), Some(0));
        assert_eq!(pick(&listed, Some("gone")), Some(1));
        assert_eq!(pick(&listed, None), Some(1));
        assert_eq!(pick(&listed[..1], None), Some(0));
        assert_eq!(pick(&[], Some("host:a")), None);
    }
}
