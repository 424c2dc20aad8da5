//! The HTTP contract, version 1: the types that worker and extension share. No logic.
//!
//! | call | body | answer |
//! |---|---|---|
//! | `GET /v1/{workspace}/mentions` | query: [`ListQuery`] | [`MentionPage`] |
//! | `POST /v1/{workspace}/mentions` | [`NewMention`] | 201 [`MentionView`] (200 where it was there already) |
//! | `GET /v1/{workspace}/mentions/{id}` | | [`MentionView`] with its history |
//! | `POST /v1/{workspace}/mentions/{id}/{claim\|release\|note\|resolve\|dismiss\|reopen}` | [`NoteBody`], [`ResolveBody`] or nothing | [`MentionView`] |
//! | `POST /v1/{workspace}/mentions/{id}/reply` | [`ReplyBody`] | [`MentionView`] with its `reply` |
//! | `POST /v1/{workspace}/mentions/{id}/looked` | [`LookedBody`] | [`MentionView`] with its `reply` |
//! | `GET /v1/openapi.json` | | [`OPENAPI`] |
//! | `GET /healthz` | | [`Health`] |
//!
//! Staff calls carry `Authorization: Bearer <staff key>`. Errors are `application/problem+json`: [`Problem`].

mod glance;
mod list;
mod mention;
mod problem;
mod reply;

pub use glance::{Glance, GlancedMention};
pub use list::{Counts, ListQuery, MentionPage, Shelf};
pub use mention::{Health, MentionView, NewMention, NoteBody, ResolveBody};
pub use problem::{Problem, ProblemCode};
pub use reply::{Answering, Elsewhere, LookedBody, ReplyBody, Terms};

/// The whole contract as an OpenAPI 3.1 document, for clients that are not written in Rust.
pub const OPENAPI: &str = include_str!("../openapi.json");
