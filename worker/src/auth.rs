//! Who asks: staff keys.

use earshot_desk::{StaffKey, StaffMember};
use worker::web_sys::Request;

use crate::config::Silo;
use crate::failure::Failure;

/// The member of staff whose key the request carries.
pub(crate) fn staff(request: &Request, silo: &Silo) -> Result<StaffMember, Failure> {
    let header = request.headers().get("authorization").ok().flatten().ok_or(Failure::Unauthorised)?;
    let key = header.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let key = key.and_then(|(_, key)| StaffKey::parse(key).ok()).ok_or(Failure::Unauthorised)?;
    silo.roster()?.authenticate(&key).cloned().ok_or(Failure::Unauthorised)
}
