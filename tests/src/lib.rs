//! What the end-to-end tests stand on: the lab, the practice exchange, the virtual headset, the
//! desktop driver.

pub mod alobar;
#[cfg(target_os = "linux")]
pub mod desktop;
#[cfg(target_os = "linux")]
pub mod headset;
#[cfg(target_os = "linux")]
pub mod lab;
pub mod practice;
mod remote;
pub mod sound;
