//! The real window of the real program, driven as a person would: WebKitWebDriver under Xvfb,
//! with a keyring and, for calls, a virtual headset and the lab's Asterisk.
#![cfg(target_os = "linux")]

mod agent;
mod app;
mod calls;
mod grab;
mod keyboard;
mod notices;
mod notifications;
mod places;
mod practice;
mod questions;
mod ring;
mod shortcuts;
mod window;
