//! One line per step while it goes on, one table at the end.

use std::time::{Duration, Instant};

use anyhow::Result;

/// The stages of one command, in order, with what each took.
#[derive(Debug)]
pub(crate) struct Stages {
    started: Instant,
    done: Vec<(String, Duration, bool)>,
}

impl Stages {
    pub(crate) fn start() -> Self {
        Self {
            started: Instant::now(),
            done: Vec::new(),
        }
    }

    /// Runs one stage, saying when it starts and what it took.
    pub(crate) fn stage<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("▸ {name}");
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        let mark = if result.is_ok() { '✓' } else { '✗' };
        println!("{mark} {name} · {}", seconds(took));
        self.done.push((name.to_owned(), took, result.is_ok()));
        result
    }

    /// Prints what every stage took.
    pub(crate) fn print_table(&self) {
        let width = self
            .done
            .iter()
            .map(|(name, ..)| name.chars().count())
            .max();
        let width = width.unwrap_or_default();
        println!();
        for (name, took, ok) in &self.done {
            let mark = if *ok { '✓' } else { '✗' };
            println!("  {mark} {name:<width$}  {:>9}", seconds(*took));
        }
        println!(
            "    {:<width$}  {:>9}",
            "in all",
            seconds(self.started.elapsed())
        );
    }
}

fn seconds(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    match tenths / 600 {
        0 => format!("{}.{} s", tenths / 10, tenths % 10),
        minutes => format!("{minutes} min {:02} s", tenths % 600 / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_a_person_says_them() {
        assert_eq!(seconds(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_failed_stage_is_marked_and_its_error_kept() {
        let mut stages = Stages::start();
        let result: Result<()> = stages.stage("breaks", || anyhow::bail!("no"));
        assert_eq!(result.unwrap_err().to_string(), "no");
        assert!(!stages.done[0].2);
    }
}
