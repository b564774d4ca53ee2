//! Opens devices when they are needed, watches them, and replaces the ones that go.
//!
//! A thread of its own, because sound systems block. No platform announces new devices through
//! cpal, and on Linux nothing tells a stream that its device is gone: the list is polled.

use std::error::Error;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedSender;

use super::devices::{self, Device, Devices};
use super::stream::{self, End, Open, OpenError};
use super::{AudioError, AudioEvent, DeviceChoice, DeviceRole};

/// How often the list of devices is read.
const POLL: Duration = Duration::from_secs(1);
/// How often open streams are looked at.
const ATTEND: Duration = Duration::from_millis(200);
/// A stream without a callback for so long is dead.
const STALL: Duration = Duration::from_secs(1);
const RETRY: Duration = Duration::from_secs(1);
const OPEN_TIMEOUT: Duration = Duration::from_secs(5);

/// Which devices are needed now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Needs {
    pub(super) microphone: bool,
    pub(super) speaker: bool,
    pub(super) ringer: bool,
}

/// The pump's handle.
pub(super) struct Hardware {
    orders: Sender<Order>,
    ends: Receiver<(DeviceRole, Option<End>)>,
}

enum Order {
    Need(Needs),
    Choose(DeviceChoice),
    Listed(Devices),
    End,
}

impl Drop for Hardware {
    /// The watcher can give orders too: without this one both threads would wait for each other.
    fn drop(&mut self) {
        self.order(Order::End);
    }
}

impl Hardware {
    pub(super) fn start(
        choice: DeviceChoice,
        events: UnboundedSender<AudioEvent>,
    ) -> Result<Self, AudioError> {
        let (orders, inbox) = channel();
        let (ends_out, ends) = channel();
        let alive = Arc::new(());
        let (watched, listed) = (Arc::downgrade(&alive), orders.clone());
        thread::Builder::new()
            .name("alobar-device-list".into())
            .spawn(move || watch(&watched, &listed))
            .map_err(AudioError::Thread)?;
        let desk = Desk::new(choice, events, ends_out);
        thread::Builder::new()
            .name("alobar-hardware".into())
            .spawn(move || run(desk, &inbox, alive))
            .map_err(AudioError::Thread)?;
        Ok(Self { orders, ends })
    }

    pub(super) fn need(&self, needs: Needs) {
        self.order(Order::Need(needs));
    }

    pub(super) fn choose(&self, choice: DeviceChoice) {
        self.order(Order::Choose(choice));
    }

    /// A device that was opened, or closed (`None`), since the last time.
    pub(super) fn next_end(&self) -> Option<(DeviceRole, Option<End>)> {
        self.ends.try_recv().ok()
    }

    fn order(&self, order: Order) {
        // The thread ends only when this handle is dropped.
        let _ = self.orders.send(order);
    }
}

/// Reports the list of devices whenever it changes.
fn watch(alive: &Weak<()>, listed: &Sender<Order>) {
    let mut known = None;
    while alive.strong_count() > 0 {
        match devices::devices() {
            Ok(devices) if known.as_ref() != Some(&devices) => {
                known = Some(devices.clone());
                if listed.send(Order::Listed(devices)).is_err() {
                    return;
                }
            }
            Ok(_) => {}
            Err(error) => tracing::debug!(error = &error as &dyn Error, "No list of devices"),
        }
        thread::sleep(POLL);
    }
}

/// `_alive` tells the watcher that this thread lives.
fn run(mut desk: Desk, inbox: &Receiver<Order>, _alive: Arc<()>) {
    loop {
        match inbox.recv_timeout(ATTEND) {
            Ok(Order::End) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(order) => desk.obey(order),
            Err(RecvTimeoutError::Timeout) => {}
        }
        desk.attend(Instant::now());
    }
}

struct Desk {
    slots: [Slot; 3],
    choice: DeviceChoice,
    /// `None` until first listed.
    devices: Option<Devices>,
    events: UnboundedSender<AudioEvent>,
    ends: Sender<(DeviceRole, Option<End>)>,
}

/// A use of a device.
struct Slot {
    role: DeviceRole,
    needed: bool,
    open: Option<Open>,
    /// Callbacks seen, and when the count last moved.
    beats: (u32, Instant),
    /// Failures in a row; a stream that moved samples ends the row.
    failures: u32,
    retry_at: Instant,
}

impl Slot {
    fn new(role: DeviceRole) -> Self {
        let now = Instant::now();
        Self {
            role,
            needed: false,
            open: None,
            beats: (0, now),
            failures: 0,
            retry_at: now,
        }
    }

    fn need(&mut self, needed: bool) {
        if needed && !self.needed {
            self.failures = 0;
            self.retry_at = Instant::now();
        }
        self.needed = needed;
    }

    /// False when the stream has failed or stalled.
    fn is_healthy(&mut self, now: Instant) -> bool {
        let Some(open) = &self.open else { return true };
        if open.health.failed.load(Ordering::Relaxed) {
            return false;
        }
        let callbacks = open.health.callbacks.load(Ordering::Relaxed);
        if callbacks != self.beats.0 {
            self.beats = (callbacks, now);
            self.failures = 0;
        }
        now.duration_since(self.beats.1) < STALL
    }
}

impl Desk {
    fn new(
        choice: DeviceChoice,
        events: UnboundedSender<AudioEvent>,
        ends: Sender<(DeviceRole, Option<End>)>,
    ) -> Self {
        let slots = [
            DeviceRole::Microphone,
            DeviceRole::Speaker,
            DeviceRole::Ringer,
        ]
        .map(Slot::new);
        Self {
            slots,
            choice,
            devices: None,
            events,
            ends,
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Need(needs) => {
                for slot in &mut self.slots {
                    slot.need(match slot.role {
                        DeviceRole::Microphone => needs.microphone,
                        DeviceRole::Speaker => needs.speaker,
                        DeviceRole::Ringer => needs.ringer,
                    });
                }
            }
            Order::Choose(choice) => {
                self.choice = choice;
                self.follow_choice();
            }
            Order::Listed(devices) => self.listed(devices),
            Order::End => {}
        }
    }

    fn listed(&mut self, devices: Devices) {
        if self.devices.is_some() {
            self.report(AudioEvent::DevicesChanged);
        }
        let lost: Vec<_> = self
            .slots
            .iter()
            .filter_map(|slot| Some((slot.role, slot.open.as_ref()?.id.clone())))
            .filter(|(role, id)| !side(&devices, *role).iter().any(|device| device.id == *id))
            .collect();
        self.devices = Some(devices);
        for (role, id) in lost {
            self.report(AudioEvent::DeviceLost { role, id });
        }
        self.follow_choice();
    }

    /// Closes streams that are not on the device that is now right; `attend` opens them there.
    fn follow_choice(&mut self) {
        let Some(devices) = &self.devices else { return };
        for slot in &mut self.slots {
            let listed: Vec<&Device> = side(devices, slot.role).iter().collect();
            let right = devices::pick(&listed, wanted(&self.choice, slot.role));
            let right = right.map(|index| listed[index].id.as_str());
            if slot
                .open
                .as_ref()
                .is_some_and(|open| Some(open.id.as_str()) != right)
            {
                slot.open = None;
                slot.retry_at = Instant::now();
            }
        }
    }

    fn attend(&mut self, now: Instant) {
        for index in 0..self.slots.len() {
            let slot = &mut self.slots[index];
            let role = slot.role;
            if !slot.needed {
                if slot.open.take().is_some() {
                    self.hand_over(role, None);
                }
            } else if slot.open.is_none() {
                if now >= slot.retry_at {
                    self.open(index);
                }
            } else if !slot.is_healthy(now) {
                tracing::warn!(?role, "Sound device stopped");
                slot.open = None;
                self.failed(index);
            }
        }
    }

    fn open(&mut self, index: usize) {
        let role = self.slots[index].role;
        let wanted = wanted(&self.choice, role).map(str::to_owned);
        match open_bounded(role, wanted) {
            Ok((open, end)) => {
                let slot = &mut self.slots[index];
                slot.open = Some(open);
                slot.beats = (0, Instant::now());
                self.hand_over(role, Some(end));
                self.report(AudioEvent::DeviceOpened { role });
            }
            Err(error) => {
                tracing::warn!(?role, error = &error as &dyn Error, "No sound device");
                // Nothing to gain from a second look: say it now.
                self.slots[index].failures = self.slots[index].failures.max(1);
                self.failed(index);
            }
        }
    }

    /// One failure is answered by opening again, the second in a row is told.
    fn failed(&mut self, index: usize) {
        let slot = &mut self.slots[index];
        slot.failures += 1;
        slot.retry_at = Instant::now()
            + if slot.failures > 1 {
                RETRY
            } else {
                Duration::ZERO
            };
        let (role, failures) = (slot.role, slot.failures);
        self.hand_over(role, None);
        if failures == 2 {
            self.report(AudioEvent::DeviceFailed { role });
        }
    }

    fn hand_over(&self, role: DeviceRole, end: Option<End>) {
        // Fails only while the pump is ending.
        let _ = self.ends.send((role, end));
    }

    fn report(&self, event: AudioEvent) {
        // Fails only when nobody listens any more.
        let _ = self.events.send(event);
    }
}

fn side(devices: &Devices, role: DeviceRole) -> &[Device] {
    match role {
        DeviceRole::Microphone => &devices.inputs,
        DeviceRole::Speaker | DeviceRole::Ringer => &devices.outputs,
    }
}

fn wanted(choice: &DeviceChoice, role: DeviceRole) -> Option<&str> {
    match role {
        DeviceRole::Microphone => choice.microphone.as_deref(),
        DeviceRole::Speaker => choice.speaker.as_deref(),
        DeviceRole::Ringer => choice.ringer.as_deref().or(choice.speaker.as_deref()),
    }
}

/// Opens on a thread that is left behind when the sound system hangs.
fn open_bounded(role: DeviceRole, wanted: Option<String>) -> Result<(Open, End), OpenError> {
    let (done, outcome) = sync_channel(1);
    thread::Builder::new()
        .name("alobar-open-device".into())
        .spawn(move || {
            // Nobody waits any more: the stream is closed again.
            let _ = done.send(stream::open(role, wanted.as_deref()));
        })
        .map_err(AudioError::Thread)?;
    outcome
        .recv_timeout(OPEN_TIMEOUT)
        .unwrap_or(Err(OpenError::Hangs))
}
