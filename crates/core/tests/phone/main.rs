//! The phone against a scripted world with virtual time: one test for each row of the transition
//! table and for each race. Each input and its outputs are printed; a failing test shows them.

#[cfg(test)]
mod world;

#[cfg(test)]
mod between_calls;
#[cfg(test)]
mod deadlines;
#[cfg(test)]
mod hold;
#[cfg(test)]
mod incoming;
#[cfg(test)]
mod outgoing;
#[cfg(test)]
mod races;
#[cfg(test)]
mod registration;
#[cfg(test)]
mod rejected;
#[cfg(test)]
mod talking;
#[cfg(test)]
mod transfer;
