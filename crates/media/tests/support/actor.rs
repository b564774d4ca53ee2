//! A voice with a memory.

use std::sync::{Arc, Mutex};

use alobar_media::Voice;
use alobar_media::audio::{FRAME, Frame};
use tokio::sync::oneshot;

use super::PATIENCE;

/// Says `says` once, then nothing.
pub struct Actor {
    says: Vec<f32>,
    memory: Arc<Mutex<Memory>>,
    /// Only its end matters.
    _present: oneshot::Sender<()>,
}

#[derive(Default)]
struct Memory {
    heard: Vec<f32>,
    keys: String,
}

/// What an [`Actor`] tells of the call.
pub struct Witness {
    memory: Arc<Mutex<Memory>>,
    present: oneshot::Receiver<()>,
}

impl Actor {
    pub fn new(says: &[f32]) -> (Actor, Witness) {
        let memory = Arc::<Mutex<Memory>>::default();
        let (_present, present) = oneshot::channel();
        let witness = Witness {
            memory: memory.clone(),
            present,
        };
        let actor = Actor {
            says: says.to_vec(),
            memory,
            _present,
        };
        (actor, witness)
    }
}

impl Voice for Actor {
    fn frame(&mut self, heard: &Frame, said: &mut Frame) {
        let mut memory = self.memory.lock().unwrap();
        let at = memory.heard.len();
        memory.heard.extend_from_slice(heard);
        if let Some(words) = self.says.get(at..at + FRAME) {
            said.copy_from_slice(words);
        }
    }

    fn key(&mut self, key: char) {
        self.memory.lock().unwrap().keys.push(key);
    }
}

impl Witness {
    /// From the voice's first frame on.
    pub fn heard(&self) -> Vec<f32> {
        self.memory.lock().unwrap().heard.clone()
    }

    pub fn keys(&self) -> String {
        self.memory.lock().unwrap().keys.clone()
    }

    /// Waits until the actor has been dropped.
    pub async fn actor_leaves(self) {
        let left = tokio::time::timeout(PATIENCE, self.present).await;
        left.expect("hangs").unwrap_err();
    }
}
