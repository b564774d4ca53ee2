//! Random inputs in any order, some of them what obliging edges would answer. After each one the
//! rules that always hold are checked against a small record of what the phone has put out.

#[cfg(test)]
mod record;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod walk;
