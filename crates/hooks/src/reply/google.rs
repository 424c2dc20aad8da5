//! Google Business Profile: the owner's one reply to a review. A second one replaces the first, so repeating is safe.
//! <https://developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews/updateReply>

use earshot_mention::{Platform, Post};
use serde_json::json;

use super::request::base;
use super::{Account, CannotReply, Draft, Limit, Replier, ReplyRequest};
use crate::item::fits_address;

pub(crate) const API: &str = "https://mybusiness.googleapis.com";

/// Google Business Profile.
#[derive(Debug)]
pub(super) struct Google;

impl Replier for Google {
    fn platform(&self) -> Platform {
        Platform::named("google")
    }

    fn limit(&self, _post: &Post, privately: bool) -> Option<Limit> {
        (!privately).then_some(Limit::of(4096))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let url = format!("{}/v4/{}/reply", base(account, API), name(post).ok_or(CannotReply::NotPossible)?);
        Ok(ReplyRequest::put(url, account, &json!({ "comment": words })))
    }

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        Some(ReplyRequest::get(format!("{}/v4/{}", base(account, API), name(post)?), account))
    }
}

/// The review's resource name: `accounts/…/locations/…/reviews/…`, and nothing that leads elsewhere.
pub(crate) fn name(post: &Post) -> Option<&str> {
    let parts: Vec<&str> = post.id.native.split('/').collect();
    let plain = parts.iter().all(|part| fits_address(part));
    matches!(parts.as_slice(), ["accounts", _, "locations", _, "reviews", _] if plain)
        .then_some(post.id.native.as_str())
}
