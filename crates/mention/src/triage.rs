//! Triage: what becomes of a post. Is it about us, what does it say, and should somebody look at it?

use earshot_reading::{Reader, Reading, Scratch};

use crate::{
    BrandId, BrandMatcher, Channel, Flag, FlaggedBy, Mention, MentionId, Policy, Post, Side, Timestamp,
    Verdict,
};

/// A workspace's triage: the one road from a post to a flagged mention, whichever edge it came in by.
#[derive(Debug)]
pub struct Triage {
    /// The brands to look for.
    pub matcher: BrandMatcher,
    /// What gets flagged.
    pub policy: Policy,
}

/// What becomes of a post.
#[derive(Debug, Clone, PartialEq)]
pub enum Considered {
    /// About us, and somebody should look at it.
    Flagged(Mention),
    /// About us, and nobody needs to.
    Quiet {
        /// What was said.
        post: Post,
        /// What the engine makes of it.
        reading: Reading,
        /// The brand of ours it names.
        brand: Option<BrandId>,
    },
    /// Not about us: keep nothing of it.
    NotAboutUs {
        /// The competitors it names, each once.
        competitors: Vec<BrandId>,
    },
}

impl Triage {
    /// What becomes of a post that reached us at `received`.
    #[must_use]
    pub fn consider(&self, post: Post, reader: &Reader, received: Timestamp) -> Considered {
        self.consider_with(&mut Scratch::default(), post, reader, received)
    }

    /// The same, in room that was used before: for whoever considers many.
    #[must_use]
    pub fn consider_with(
        &self,
        scratch: &mut Scratch,
        post: Post,
        reader: &Reader,
        received: Timestamp,
    ) -> Considered {
        let (brand, competitors) = self.named(&post);
        if post.channel == Channel::Elsewhere && brand.is_none() {
            return Considered::NotAboutUs { competitors };
        }
        let reading = reader.read_with(scratch, post.text.as_str(), &post.context());
        match self.policy.decide(&post, &reading) {
            Verdict::Flag(reasons) => {
                let flag = Flag { by: FlaggedBy::Triage, reasons };
                Considered::Flagged(mention(post, reading, brand, flag, received))
            }
            Verdict::Pass => Considered::Quiet { post, reading, brand },
        }
    }

    /// A post that the member of staff of this name flags on a page: flagged whatever the policy says, and for the
    /// policy's reasons where it has some.
    #[must_use]
    pub fn flag(&self, post: Post, staff: &str, reader: &Reader, received: Timestamp) -> Mention {
        let (brand, _) = self.named(&post);
        let reading = reader.read(post.text.as_str(), &post.context());
        let reasons = match self.policy.decide(&post, &reading) {
            Verdict::Flag(reasons) => reasons,
            Verdict::Pass => Vec::new(),
        };
        let flag = Flag { by: FlaggedBy::Staff(staff.to_owned()), reasons };
        mention(post, reading, brand, flag, received)
    }

    /// The first brand of ours that the post names, and every competitor.
    fn named(&self, post: &Post) -> (Option<BrandId>, Vec<BrandId>) {
        let mut ours = None;
        let mut competitors = Vec::new();
        for found in self.matcher.find(post.text.as_str()) {
            match found.side {
                Side::Ours => ours = ours.or(Some(found.brand)),
                Side::Competitor if competitors.contains(&found.brand) => {}
                Side::Competitor => competitors.push(found.brand),
            }
        }
        (ours, competitors)
    }
}

fn mention(post: Post, reading: Reading, brand: Option<BrandId>, flag: Flag, received: Timestamp) -> Mention {
    Mention { id: MentionId::of(&post.id), post, reading, brand, flag, received }
}
