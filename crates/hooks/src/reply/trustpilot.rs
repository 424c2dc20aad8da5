//! Trustpilot: the company's one reply to a review.
//! <https://developers.trustpilot.com/service-reviews-api/>

use earshot_mention::{Platform, Post};
use serde_json::json;

use super::request::{base, part};
use super::{Account, CannotReply, Draft, Limit, Replier, ReplyRequest};

const API: &str = "https://api.trustpilot.com";

/// Trustpilot.
#[derive(Debug)]
pub(super) struct Trustpilot;

impl Replier for Trustpilot {
    fn platform(&self) -> Platform {
        Platform::named("trustpilot")
    }

    fn limit(&self, _post: &Post, privately: bool) -> Option<Limit> {
        (!privately).then_some(Limit::of(4000))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let url = format!("{}/v1/private/reviews/{}/reply", base(account, API), part(&post.id.native));
        Ok(ReplyRequest::post(url, account, &json!({ "message": words })))
    }

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        let url = format!("{}/v1/private/reviews/{}", base(account, API), part(&post.id.native));
        Some(ReplyRequest::get(url, account))
    }
}
