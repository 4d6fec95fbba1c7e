//! `soundcheck review`: what it refuses, and what it says about a series for a
//! real kernel where one is at hand.

mod edits;
mod input;
mod kernel;
