//! What the operator set: one silo a workspace, in variables and secrets of the worker.
//!
//! | name | holds |
//! |---|---|
//! | var `WORKSPACE_<ID>` | the workspace's profile, JSON |
//! | secret `STAFF_<ID>` | its staff list: names, roles and hashed keys, JSON |
//! | secret `SECRET_<ID>_<PLATFORM>` | what the platform's signatures are checked with |
//! | secret `SECRET_<ID>_<PLATFORM>_NEXT` | a second one, good at the same time, while the first is being replaced |
//! | secret `VERIFY_TOKEN_<ID>_<PLATFORM>` | what Meta's handshake must present |
//! | var `OPEN_ID_<ID>_<PLATFORM>` | what a push's OpenID Connect token must say, JSON: `audience`, `email`, and `keys`, the address of the issuer's keys, where it is not Google's |
//! | secret `TOKEN_<ID>_<PLATFORM>` | what the platform's API lets in: answers are sent with it |
//! | var `ACCOUNT_<ID>_<PLATFORM>` | what the API wants besides, JSON: `id`, `user`, `address`; see [`Account::parse`] |
//! | var `REPLY_ANSWER_SECONDS` | how long a platform may take to answer, 1 to 12; 8 where not said |
//! | var `REPLY_LOOK_SECONDS` | how long after a silence the platform is looked at, 1 to 3600; 30 where not said |
//! | var `MAPPING_<ID>_<PLATFORM>` | where in a foreign body a post's fields stand, JSON |
//!
//! `<ID>` and `<PLATFORM>` are the names of the address in capitals, `-` written `_`. Read once an isolate: a changed
//! variable is a new deployment, and that starts new isolates.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::error::Error;
use std::rc::Rc;
use std::time::Duration;

use earshot_desk::{Patience, StaffRoster};
use earshot_hooks::{Account, Adapter, Endpoint, OpenId, Secret, Secrets, is_safe_address};
use earshot_mention::{Platform, Triage, Workspace, WorkspaceId};
use earshot_reading::{Reader, Scratch};
use js_sys::{JSON, Reflect};
use serde::Deserialize;
use worker::Env;

use crate::failure::Failure;

thread_local! {
    static SILOS: RefCell<HashMap<String, Rc<Silo>>> = RefCell::default();
    static READER: Reader = Reader::new();
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// The engine, made once an isolate.
pub(crate) fn with_reader<T>(read: impl FnOnce(&Reader) -> T) -> T {
    READER.with(read)
}

/// The engine, and room to work in that is kept from post to post.
pub(crate) fn with_reader_and_scratch<T>(read: impl FnOnce(&Reader, &mut Scratch) -> T) -> T {
    READER.with(|reader| SCRATCH.with_borrow_mut(|scratch| read(reader, scratch)))
}

/// One company's silo, as the operator set it up.
pub(crate) struct Silo {
    id: WorkspaceId,
    env: Env,
    pub(crate) profile: Workspace,
    pub(crate) triage: Triage,
    roster: OnceCell<Result<StaffRoster, Failure>>,
    endpoints: RefCell<HashMap<Platform, Rc<Endpoint>>>,
    key_addresses: RefCell<HashMap<Platform, String>>,
}

/// Google's keys: <https://developers.google.com/identity/openid-connect/openid-connect#discovery>.
const GOOGLE_KEYS: &str = "https://www.googleapis.com/oauth2/v3/certs";

/// Whose push tokens are taken.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pusher {
    audience: String,
    email: String,
    keys: Option<String>,
}

impl Silo {
    /// The workspace of this name.
    pub(crate) fn find(env: &Env, id: &str) -> Result<Rc<Self>, Failure> {
        if let Some(known) = SILOS.with_borrow(|silos| silos.get(id).cloned()) {
            return Ok(known);
        }
        let id = WorkspaceId::parse(id).map_err(|_| unknown())?;
        let name = variable("WORKSPACE", &[id.as_str()]);
        let profile = setting(env, &name).ok_or_else(unknown)?;
        let profile = Workspace::parse(&profile).map_err(|error| unusable(&name, &error))?;
        let triage = profile.prepare_triage().map_err(|error| unusable(&name, &error))?;
        let silo = Rc::new(Self {
            id: id.clone(),
            env: env.clone(),
            profile,
            triage,
            roster: OnceCell::new(),
            endpoints: RefCell::default(),
            key_addresses: RefCell::default(),
        });
        // Only workspaces that exist are kept, so nobody can fill the memory with invented names.
        SILOS.with_borrow_mut(|silos| silos.insert(id.into(), Rc::clone(&silo)));
        Ok(silo)
    }

    /// Its name in addresses and keys.
    pub(crate) fn id(&self) -> &str {
        self.id.as_str()
    }

    /// Who has a key.
    pub(crate) fn roster(&self) -> Result<&StaffRoster, Failure> {
        let roster = self.roster.get_or_init(|| {
            let name = variable("STAFF", &[self.id()]);
            let list = setting(&self.env, &name).ok_or_else(|| {
                Failure::NotConfigured(
                    format!(
                        "nobody has a key yet: put the entry that `earshot key` prints into the secret {name}"
                    )
                    .into(),
                )
            })?;
            StaffRoster::parse(&list).map_err(|error| unusable(&name, &error))
        });
        roster.as_ref().map_err(Clone::clone)
    }

    /// In whose name posts on a platform are answered; `None` where no token is set.
    pub(crate) fn account(&self, platform: &Platform) -> Result<Option<Account>, Failure> {
        account(&self.env, self.id(), platform)
    }

    /// Where the keys of a platform's push tokens come from; `None` where no such tokens are taken.
    pub(crate) fn keys_address(&self, platform: &Platform) -> Option<String> {
        self.key_addresses.borrow().get(platform).cloned()
    }

    /// Puts newer keys where push tokens are checked.
    pub(crate) fn set_keys(&self, platform: &Platform, keys: String) {
        let mut endpoints = self.endpoints.borrow_mut();
        if let Some(endpoint) = endpoints.get_mut(platform) {
            let mut with_keys = Endpoint::clone(endpoint);
            if let Some(open_id) = &mut with_keys.open_id {
                open_id.keys = keys;
            }
            *endpoint = Rc::new(with_keys);
        }
    }

    /// Whose push tokens are taken; their keys come later.
    fn open_id(&self, platform: &Platform, name: &str) -> Result<Option<OpenId>, Failure> {
        let Some(pusher) = setting(&self.env, name) else { return Ok(None) };
        let pusher: Pusher = serde_json::from_str(&pusher).map_err(|error| unusable(name, &error))?;
        let address = pusher.keys.unwrap_or_else(|| GOOGLE_KEYS.to_owned());
        // Whoever can change the keys on their way can sign.
        if !is_safe_address(&address) {
            let detail = format!("{name} cannot be used: the keys' address must begin with https://");
            return Err(Failure::NotConfigured(detail.into()));
        }
        self.key_addresses.borrow_mut().insert(platform.clone(), address);
        Ok(Some(OpenId { keys: String::new(), audience: pusher.audience, email: pusher.email }))
    }

    /// What is set up for a platform. Without a secret it proves nobody, and `earshot_hooks` refuses.
    pub(crate) fn endpoint(&self, adapter: &'static dyn Adapter) -> Result<Rc<Endpoint>, Failure> {
        let platform = adapter.platform();
        if let Some(known) = self.endpoints.borrow().get(&platform) {
            return Ok(Rc::clone(known));
        }
        let named = |kind: &str| variable(kind, &[self.id(), platform.as_str()]);
        let secret = named("SECRET");
        let secrets = [setting(&self.env, &secret), setting(&self.env, &format!("{secret}_NEXT"))];
        let mapping = named("MAPPING");
        let open_id = self.open_id(&platform, &named("OPEN_ID"))?;
        let endpoint = Rc::new(Endpoint {
            secrets: Secrets::new(secrets.into_iter().flatten().map(Secret::new)),
            verify_token: setting(&self.env, &named("VERIFY_TOKEN")).map(Secret::new),
            own: self.profile.own(&platform).to_vec(),
            open_id,
            mapping: setting(&self.env, &mapping)
                .map(|json| serde_json::from_str(&json))
                .transpose()
                .map_err(|error| unusable(&mapping, &error))?,
        });
        // Only platforms of the table get here.
        self.endpoints.borrow_mut().insert(platform.clone(), Rc::clone(&endpoint));
        Ok(endpoint)
    }
}

/// In whose name a workspace answers posts on a platform; `None` where no token is set.
pub(crate) fn account(env: &Env, workspace: &str, platform: &Platform) -> Result<Option<Account>, Failure> {
    let named = |kind: &str| variable(kind, &[workspace, platform.as_str()]);
    let Some(token) = setting(env, &named("TOKEN")).filter(|token| !token.is_empty()) else {
        return Ok(None);
    };
    let beside = named("ACCOUNT");
    let account = Account::parse(&token, setting(env, &beside).as_deref());
    account.map(Some).map_err(|error| {
        let names = format!("{} with {beside}", named("TOKEN"));
        unusable(&names, &error)
    })
}

/// How long platforms may take. The browser waits for 15 seconds, so an answer must be there before.
pub(crate) fn patience(env: &Env) -> Patience {
    let seconds = |name: &str, usual: u64, most: u64| {
        let set = setting(env, name).and_then(|value| value.trim().parse::<u64>().ok());
        Duration::from_secs(set.unwrap_or(usual).clamp(1, most))
    };
    Patience { answer: seconds("REPLY_ANSWER_SECONDS", 8, 12), look: seconds("REPLY_LOOK_SECONDS", 30, 3600) }
}

fn unusable(name: &str, error: &dyn Error) -> Failure {
    Failure::NotConfigured(format!("{name} cannot be used: {error}").into())
}

fn unknown() -> Failure {
    Failure::NotFound("there is no such workspace here".into())
}

/// The name of a variable or secret.
pub(crate) fn variable(kind: &str, parts: &[&str]) -> String {
    let mut name = kind.to_owned();
    for part in parts {
        name.push('_');
        name.extend(part.chars().map(|letter| if letter == '-' { '_' } else { letter.to_ascii_uppercase() }));
    }
    name
}

/// A variable or secret; a variable that was written as a table instead of a string is taken as the JSON it means.
fn setting(env: &Env, name: &str) -> Option<String> {
    let value =
        Reflect::get(env, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())?;
    value.as_string().or_else(|| JSON::stringify(&value).ok().and_then(|json| json.as_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_named_after_addresses() {
        assert_eq!(variable("WORKSPACE", &["northwind"]), "WORKSPACE_NORTHWIND");
        assert_eq!(
            variable("SECRET", &["northwind-eu", "standard-webhooks"]),
            "SECRET_NORTHWIND_EU_STANDARD_WEBHOOKS"
        );
    }
}
