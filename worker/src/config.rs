//! What the operator set: one silo a workspace, in variables and secrets of the worker.
//!
//! | name | holds |
//! |---|---|
//! | var `WORKSPACE_<ID>` | the workspace's profile, JSON |
//! | secret `STAFF_<ID>` | its staff list: names, roles and hashed keys, JSON |
//! | secret `SECRET_<ID>_<PLATFORM>` | what the platform's signatures are checked with |
//! | secret `SECRET_<ID>_<PLATFORM>_NEXT` | a second one, good at the same time, while the first is being replaced |
//! | secret `VERIFY_TOKEN_<ID>_<PLATFORM>` | what Meta's handshake must present |
//!
//! `<ID>` and `<PLATFORM>` are the names of the address in capitals, `-` written `_`. Read once an isolate: a changed
//! variable is a new deployment, and that starts new isolates.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use earshot_desk::StaffRoster;
use earshot_hooks::{Adapter, Endpoint, Secret, Secrets};
use earshot_mention::{Platform, Triage, Workspace, WorkspaceId};
use earshot_reading::Reader;
use js_sys::{JSON, Reflect};
use worker::Env;

use crate::failure::Failure;

thread_local! {
    static SILOS: RefCell<HashMap<String, Rc<Silo>>> = RefCell::default();
    static READER: Reader = Reader::new();
}

/// The engine, made once an isolate.
pub(crate) fn with_reader<T>(read: impl FnOnce(&Reader) -> T) -> T {
    READER.with(read)
}

/// One company's silo, as the operator set it up.
pub(crate) struct Silo {
    id: WorkspaceId,
    env: Env,
    pub(crate) profile: Workspace,
    pub(crate) triage: Triage,
    roster: OnceCell<Result<StaffRoster, Failure>>,
    endpoints: RefCell<HashMap<Platform, Rc<Endpoint>>>,
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
        let unusable = |error: String| {
            Failure::NotConfigured(format!("the variable {name} cannot be used: {error}").into())
        };
        let profile = Workspace::parse(&profile).map_err(|error| unusable(error.to_string()))?;
        let triage = profile.prepare_triage().map_err(|error| unusable(error.to_string()))?;
        let silo = Rc::new(Self {
            id: id.clone(),
            env: env.clone(),
            profile,
            triage,
            roster: OnceCell::new(),
            endpoints: RefCell::default(),
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
            StaffRoster::parse(&list).map_err(|error| {
                Failure::NotConfigured(format!("the secret {name} cannot be used: {error}").into())
            })
        });
        roster.as_ref().map_err(Clone::clone)
    }

    /// What is set up for a platform. Without a secret it proves nobody, and `earshot_hooks` refuses.
    pub(crate) fn endpoint(&self, adapter: &'static dyn Adapter) -> Rc<Endpoint> {
        let platform = adapter.platform();
        if let Some(known) = self.endpoints.borrow().get(&platform) {
            return Rc::clone(known);
        }
        let name = variable("SECRET", &[self.id(), platform.as_str()]);
        let secrets = [setting(&self.env, &name), setting(&self.env, &format!("{name}_NEXT"))];
        let endpoint = Rc::new(Endpoint {
            secrets: Secrets::new(secrets.into_iter().flatten().map(Secret::new)),
            verify_token: setting(&self.env, &variable("VERIFY_TOKEN", &[self.id(), platform.as_str()]))
                .map(Secret::new),
            own: self.profile.own(&platform).to_vec(),
            ..Endpoint::default()
        });
        self.endpoints.borrow_mut().insert(platform, Rc::clone(&endpoint));
        endpoint
    }
}

fn unknown() -> Failure {
    Failure::NotFound("there is no such workspace here".into())
}

/// The name of a variable or secret.
fn variable(kind: &str, parts: &[&str]) -> String {
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
