//! What an answer means.

use earshot_api::Problem;
use serde::de::DeserializeOwned;

use crate::Error;

/// What an answer means: what was asked for, or why not.
pub(crate) fn read<T: DeserializeOwned>(status: u16, body: &str) -> Result<T, Error> {
    if (200..300).contains(&status) {
        // The parser's own message may quote the body, so only the place is kept.
        return serde_json::from_str(body).map_err(|cause| Error::Unexpected {
            status,
            why: format!("unreadable at line {} column {}", cause.line(), cause.column()),
        });
    }
    if status == 401 {
        return Err(Error::Unauthorised);
    }
    match serde_json::from_str::<Problem>(body) {
        // The status that came decides, whatever the body claims.
        Ok(problem) => Err(Error::Refused(Problem { status, ..problem })),
        Err(_) => Err(Error::Unexpected { status, why: "no explanation came with it".into() }),
    }
}

#[cfg(test)]
mod tests {
    use earshot_api::{Health, ProblemCode};

    use super::*;

    const PROBLEM: &str = r#"{"type":"conflict","title":"Somebody else has it","status":409,"detail":"ida holds this mention"}"#;

    #[test]
    fn a_good_answer_is_what_was_asked_for() {
        let body = r#"{"status":"ok","version":"0.1.0","model":"rules-1","newer":"field"}"#;
        let health = Health { status: "ok".into(), version: "0.1.0".into(), model: "rules-1".into() };
        assert_eq!(read::<Health>(200, body), Ok(health));
    }

    #[test]
    fn a_bad_answer_says_which_kind_of_bad() {
        assert_eq!(read::<Health>(401, PROBLEM), Err(Error::Unauthorised));
        assert_eq!(read::<Health>(401, ""), Err(Error::Unauthorised));

        let refused = read::<Health>(409, PROBLEM).unwrap_err();
        assert!(refused.is_conflict());
        assert_eq!(refused.to_string(), "ida holds this mention");

        let newer = r#"{"type":"moon-phase","title":"Not tonight","status":200}"#;
        let Err(Error::Refused(problem)) = read::<Health>(418, newer) else { panic!("refused") };
        assert_eq!((problem.code, problem.status), (ProblemCode::Unknown, 418));

        for (status, body) in [(502, "<html>bad gateway"), (404, ""), (200, "{}"), (200, ""), (304, "")] {
            let error = read::<Health>(status, body).unwrap_err();
            assert!(
                matches!(error, Error::Unexpected { status: seen, .. } if seen == status),
                "{status} {body}"
            );
        }
    }

    #[test]
    fn an_error_never_quotes_the_answer() {
        let body = r#"{"status":"ok","version":"0.1.0","model":{"words":"my phone is 555 0100"}}"#;
        assert!(!read::<Health>(200, body).unwrap_err().to_string().contains("555"));
    }
}
