//! How much one platform may bring one workspace in a while: the runtime's own rate limit, where `wrangler.toml` binds
//! one as `HOOKS_RATE`. <https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/>
//!
//! Only deliveries whose sender is proved count. Were it otherwise, anybody could use up a platform's allowance with
//! forgeries and keep the real ones out. A forgery costs us one hash over a body that is capped, and no storage.

use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use worker::{Env, RateLimiter, console_error};

use crate::failure::Failure;

thread_local! {
    static LIMITER: OnceCell<Option<Rc<RateLimiter>>> = const { OnceCell::new() };
}

/// Counts one delivery of a platform to a workspace.
///
/// # Errors
/// [`Failure::TooMany`] where there were too many of late: the platform sends again. A limiter that does not answer
/// lets everything through; it protects the desk and decides nothing.
pub(crate) async fn count(env: &Env, workspace: &str, platform: &str) -> Result<(), Failure> {
    let Some(limiter) = bound(env) else {
        return Ok(());
    };
    match limiter.limit(format!("{workspace}/{platform}")).await {
        Ok(outcome) if !outcome.success => Err(Failure::TooMany),
        Ok(_) => Ok(()),
        Err(error) => {
            console_error!("the rate limit did not answer: {error}");
            Ok(())
        }
    }
}

/// Whether there is a limit to ask.
pub(crate) fn is_bound(env: &Env) -> bool {
    bound(env).is_some()
}

fn bound(env: &Env) -> Option<Rc<RateLimiter>> {
    let find = || {
        let binding = Reflect::get(env, &"HOOKS_RATE".into()).ok()?;
        (!binding.is_undefined()).then(|| Rc::new(binding.unchecked_into()))
    };
    LIMITER.with(|known| known.get_or_init(find).clone())
}
