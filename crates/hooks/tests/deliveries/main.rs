//! Deliveries as the edge gets them: signed requests in, events out.

mod fetches;
mod fixtures;
mod forgeries;
mod google_tokens;
mod replies;
mod samples;
mod support;
mod vectors;
