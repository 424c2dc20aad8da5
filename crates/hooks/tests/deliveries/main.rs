//! Deliveries as the edge gets them: signed requests in, events out.

mod fixtures;
mod forgeries;
mod samples;
mod support;
mod vectors;
