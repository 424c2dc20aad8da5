//! Which request makes which call of the contract.

use earshot_api::{ListQuery, LookedBody, NewMention, NoteBody, ReplyBody, ResolveBody};
use earshot_desk::Command;
use earshot_mention::MentionId;
use serde::Serialize;

use crate::{Connection, WorkspaceUrl};

/// One request, ready for `fetch`; the key is added there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) address: String,
    pub(crate) body: Option<String>,
}

impl Request {
    pub(crate) fn list(connection: &Connection, query: &ListQuery) -> Self {
        // Every field is a string, a number or a name, which this format always has a form for.
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        let mark = if query.is_empty() { "" } else { "?" };
        Self::get(format!("{}{mark}{query}", mentions(connection)))
    }

    pub(crate) fn one(connection: &Connection, id: &MentionId) -> Self {
        Self::get(format!("{}/{id}", mentions(connection)))
    }

    pub(crate) fn flag(connection: &Connection, mention: &NewMention) -> Self {
        Self::post(mentions(connection), Some(json(mention)))
    }

    pub(crate) fn command(connection: &Connection, id: &MentionId, command: &Command) -> Self {
        let (verb, body) = match command {
            Command::Claim => ("claim", None),
            Command::Release => ("release", None),
            Command::Note { text } => ("note", Some(json(&NoteBody { text: text.clone() }))),
            Command::Resolve { outcome } => ("resolve", Some(json(&ResolveBody { outcome: *outcome }))),
            Command::Dismiss => ("dismiss", None),
            Command::Reopen => ("reopen", None),
        };
        Self::post(format!("{}/{id}/{verb}", mentions(connection)), body)
    }

    pub(crate) fn reply(connection: &Connection, id: &MentionId, reply: &ReplyBody) -> Self {
        Self::post(format!("{}/{id}/reply", mentions(connection)), Some(json(reply)))
    }

    pub(crate) fn looked(connection: &Connection, id: &MentionId, looked: &LookedBody) -> Self {
        Self::post(format!("{}/{id}/looked", mentions(connection)), Some(json(looked)))
    }

    pub(crate) fn health(url: &WorkspaceUrl) -> Self {
        Self::get(format!("{}/healthz", url.as_str()))
    }

    fn get(address: String) -> Self {
        Self { method: "GET", address, body: None }
    }

    fn post(address: String, body: Option<String>) -> Self {
        Self { method: "POST", address, body }
    }
}

fn mentions(connection: &Connection) -> String {
    format!("{}/v1/{}/mentions", connection.url.as_str(), connection.workspace.as_str())
}

fn json(body: &impl Serialize) -> String {
    // The contract's types have string keys and finite numbers only, which JSON always has a form for.
    serde_json::to_string(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use earshot_api::Shelf;
    use earshot_desk::{Outcome, ReplyKey};
    use earshot_mention::Platform;
    use earshot_reading::Level;

    use super::*;

    fn connection() -> Connection {
        let key = format!("esk_ida_{}", "0".repeat(64));
        Connection::parse("https://desk.example/earshot/", "northwind", &key).unwrap()
    }

    #[test]
    fn a_list_asks_for_what_is_set_and_nothing_else() {
        for (query, address) in [
            (ListQuery::default(), ""),
            (ListQuery { shelf: Some(Shelf::Urgent), ..ListQuery::default() }, "?shelf=urgent"),
            (ListQuery { limit: Some(1), ..ListQuery::default() }, "?limit=1"),
            (
                ListQuery {
                    shelf: Some(Shelf::Mine),
                    level: Some(Level::High),
                    platform: Some(Platform::named("x")),
                    search: Some("gate B14 & \"lost\" ø=?#".into()),
                    limit: Some(200),
                    cursor: Some("a+b/c=".into()),
                },
                "?shelf=mine&level=high&platform=x&search=gate+B14+%26+%22lost%22+%C3%B8%3D%3F%23&limit=200&cursor=a%2Bb%2Fc%3D",
            ),
        ] {
            let expected = format!("https://desk.example/earshot/v1/northwind/mentions{address}");
            assert_eq!(Request::list(&connection(), &query), Request::get(expected));
        }
    }

    #[test]
    fn every_command_has_its_address_and_body() {
        let id = MentionId::parse("x.1789").unwrap();
        for (command, verb, body) in [
            (Command::Claim, "claim", None),
            (Command::Release, "release", None),
            (Command::Note { text: "call \"back\"".into() }, "note", Some(r#"{"text":"call \"back\""}"#)),
            (Command::Resolve { outcome: Outcome::Elsewhere }, "resolve", Some(r#"{"outcome":"elsewhere"}"#)),
            (Command::Dismiss, "dismiss", None),
            (Command::Reopen, "reopen", None),
        ] {
            let request = Request::command(&connection(), &id, &command);
            assert_eq!(request.method, "POST");
            assert_eq!(
                request.address,
                format!("https://desk.example/earshot/v1/northwind/mentions/x.1789/{verb}")
            );
            assert_eq!(request.body.as_deref(), body, "{verb}");
        }
    }

    #[test]
    fn a_reply_and_what_was_found_of_it_name_their_key() {
        let id = MentionId::parse("x.1789").unwrap();
        let key = ReplyKey::parse("6f9c2b1e-0d5a").unwrap();
        let reply = ReplyBody { key: key.clone(), text: "On \"our\" way".into(), privately: true };
        let said = Request::reply(&connection(), &id, &reply);
        assert_eq!(said.address, "https://desk.example/earshot/v1/northwind/mentions/x.1789/reply");
        assert_eq!(
            said.body.as_deref(),
            Some(r#"{"key":"6f9c2b1e-0d5a","text":"On \"our\" way","privately":true}"#)
        );
        let looked = Request::looked(&connection(), &id, &LookedBody { key, found: false });
        assert_eq!(looked.address, "https://desk.example/earshot/v1/northwind/mentions/x.1789/looked");
        assert_eq!(looked.body.as_deref(), Some(r#"{"key":"6f9c2b1e-0d5a","found":false}"#));
    }

    #[test]
    fn one_mention_and_health_are_read_with_get() {
        let id = MentionId::parse("x.1789").unwrap();
        let connection = connection();
        assert_eq!(
            Request::one(&connection, &id),
            Request::get("https://desk.example/earshot/v1/northwind/mentions/x.1789".into())
        );
        assert_eq!(
            Request::health(&connection.url),
            Request::get("https://desk.example/earshot/healthz".into())
        );
    }

    #[test]
    fn no_request_carries_the_key_in_its_address_or_body() {
        let shown = format!("{:?}", Request::list(&connection(), &ListQuery::default()));
        assert!(!shown.contains("esk_"), "{shown}");
    }
}
