//! Posts whose platform gives every edit an id of its own and may name any of them when the post is deleted.

use earshot_mention::{MentionId, Timestamp};
use serde::Deserialize;
use worker::{Error, Result};

use super::Taken;
use super::admission::REMEMBERED;
use super::object::Desk;

#[derive(Deserialize)]
struct Kept {
    id: String,
}

#[derive(Deserialize)]
struct There {}

impl Desk {
    /// Remembers the other id for as long as the post is here, and as long as a platform may still tell of it. Where the
    /// other one is deleted already, so is the post: the deletion overtook the edit.
    pub(super) fn also_known_as(&self, id: &MentionId, also: &MentionId, now: Timestamp) -> Result<Taken> {
        let query = "SELECT 1 FROM tombstones WHERE id = ? AND deleted = 1";
        if self.row::<There>(query, vec![also.as_str().into()])?.is_some() {
            return self.forget(id, now);
        }
        self.sql.exec(
            "INSERT INTO other_ids (other, id, until) VALUES (?, ?, ?)
             ON CONFLICT (other) DO UPDATE SET until = excluded.until",
            vec![also.as_str().into(), id.as_str().into(), (now + REMEMBERED).as_millis().into()],
        )?;
        Ok(Taken::Passed)
    }

    /// By which id the post is kept that is called this, where it is kept by another.
    pub(super) fn kept_as(&self, id: &MentionId) -> Result<Option<MentionId>> {
        let kept = self.row::<Kept>("SELECT id FROM other_ids WHERE other = ?", vec![id.as_str().into()])?;
        kept.map(|kept| MentionId::parse(&kept.id).map_err(|cause| Error::RustError(cause.to_string())))
            .transpose()
    }
}
