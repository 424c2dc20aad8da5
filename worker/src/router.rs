//! Which address is which route.

use worker::Method;

/// An address of the contract, with its parts still unparsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `/healthz`
    Health,
    /// `/v1/openapi.json`
    Contract,
    /// `/v1/hooks/{workspace}/{platform}`
    Hook { workspace: &'a str, platform: &'a str },
    /// `/v1/{workspace}/mentions`
    Mentions { workspace: &'a str },
    /// `/v1/{workspace}/mentions/{id}`
    Mention { workspace: &'a str, id: &'a str },
    /// `/v1/{workspace}/mentions/{id}/reply`
    Reply { workspace: &'a str, id: &'a str },
    /// `/v1/{workspace}/mentions/{id}/looked`
    Looked { workspace: &'a str, id: &'a str },
    /// `/v1/{workspace}/mentions/{id}/{verb}`
    Act { workspace: &'a str, id: &'a str, verb: Verb },
}

/// What can be done with a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Claim,
    Release,
    Note,
    Resolve,
    Dismiss,
    Reopen,
}

/// Path and query of an address as the runtime writes it: absolute, normalised, percent-encoded.
pub(crate) fn path_and_query(url: &str) -> (&str, &str) {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let from_path = after_scheme.find('/').map_or("/", |at| &after_scheme[at..]);
    let (rest, _fragment) = from_path.split_once('#').unwrap_or((from_path, ""));
    rest.split_once('?').unwrap_or((rest, ""))
}

impl<'a> Route<'a> {
    /// The route at this path; `None` where there is none. No part of an address needs percent-encoding, so none is
    /// decoded.
    pub(crate) fn find(path: &'a str) -> Option<Self> {
        let mut parts = path.strip_prefix('/')?.split('/');
        let mut next = || parts.next().filter(|part| !part.is_empty());
        let route = match next()? {
            "healthz" => Self::Health,
            "v1" => match next()? {
                "openapi.json" => Self::Contract,
                "hooks" => Self::Hook { workspace: next()?, platform: next()? },
                workspace => {
                    if next()? != "mentions" {
                        return None;
                    }
                    match (next(), next()) {
                        (None, _) if path.ends_with("/mentions") => Self::Mentions { workspace },
                        (Some(id), None) if path.ends_with(id) => Self::Mention { workspace, id },
                        (Some(id), Some("reply")) => Self::Reply { workspace, id },
                        (Some(id), Some("looked")) => Self::Looked { workspace, id },
                        (Some(id), Some(verb)) => Self::Act { workspace, id, verb: Verb::find(verb)? },
                        _ => return None,
                    }
                }
            },
            _ => return None,
        };
        parts.next().is_none().then_some(route)
    }

    /// The methods that the route answers. `OPTIONS` is a browser's question before it asks, and a handshake of some
    /// platforms.
    pub(crate) fn methods(self) -> &'static [Method] {
        match self {
            Self::Hook { .. } | Self::Mentions { .. } => &[Method::Get, Method::Post, Method::Options],
            Self::Health | Self::Contract | Self::Mention { .. } => &[Method::Get, Method::Options],
            Self::Act { .. } | Self::Reply { .. } | Self::Looked { .. } => &[Method::Post, Method::Options],
        }
    }
}

impl Verb {
    fn find(name: &str) -> Option<Self> {
        Some(match name {
            "claim" => Self::Claim,
            "release" => Self::Release,
            "note" => Self::Note,
            "resolve" => Self::Resolve,
            "dismiss" => Self::Dismiss,
            "reopen" => Self::Reopen,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_contract_are_found() {
        let workspace = "northwind";
        for (path, route) in [
            ("/healthz", Route::Health),
            ("/v1/openapi.json", Route::Contract),
            ("/v1/hooks/northwind/x", Route::Hook { workspace, platform: "x" }),
            ("/v1/northwind/mentions", Route::Mentions { workspace }),
            ("/v1/northwind/mentions/x.17", Route::Mention { workspace, id: "x.17" }),
            ("/v1/northwind/mentions/x.17/claim", Route::Act { workspace, id: "x.17", verb: Verb::Claim }),
            (
                "/v1/northwind/mentions/x.17/release",
                Route::Act { workspace, id: "x.17", verb: Verb::Release },
            ),
            ("/v1/northwind/mentions/x.17/note", Route::Act { workspace, id: "x.17", verb: Verb::Note }),
            (
                "/v1/northwind/mentions/x.17/resolve",
                Route::Act { workspace, id: "x.17", verb: Verb::Resolve },
            ),
            (
                "/v1/northwind/mentions/x.17/dismiss",
                Route::Act { workspace, id: "x.17", verb: Verb::Dismiss },
            ),
            ("/v1/northwind/mentions/x.17/reply", Route::Reply { workspace, id: "x.17" }),
            ("/v1/northwind/mentions/x.17/looked", Route::Looked { workspace, id: "x.17" }),
            ("/v1/northwind/mentions/x.17/reopen", Route::Act { workspace, id: "x.17", verb: Verb::Reopen }),
        ] {
            assert_eq!(Route::find(path), Some(route), "{path}");
        }
    }

    #[test]
    fn an_address_is_taken_apart() {
        for (url, parts) in [
            (
                "https://desk.example/v1/hooks/northwind/x?crc_token=a/b?c",
                ("/v1/hooks/northwind/x", "crc_token=a/b?c"),
            ),
            ("https://desk.example/healthz", ("/healthz", "")),
            ("http://127.0.0.1:8787/?", ("/", "")),
            ("https://desk.example/a#b?c", ("/a", "")),
        ] {
            assert_eq!(path_and_query(url), parts, "{url}");
        }
    }

    #[test]
    fn other_addresses_are_not() {
        for path in [
            "",
            "/",
            "/v1",
            "/v1/",
            "/v1/hooks",
            "/v1/hooks/northwind",
            "/v1/hooks/northwind/",
            "/v1/hooks//x",
            "/v1/hooks/northwind/x/",
            "/v1/hooks/northwind/x/y",
            "/v1/northwind",
            "/v1/northwind/",
            "/v1/openapi.json/",
            "/v1/openapi.json/mentions",
            "/v1/northwind/people",
            "/v1/northwind/mentions/",
            "/v1/northwind/mentions//claim",
            "/v1/northwind/mentions/x.17/",
            "/v1/northwind/mentions/x.17/delete",
            "/v1/northwind/mentions/x.17/reply/",
            "/v1/northwind/mentions//reply",
            "/v1/northwind/mentions/x.17/claim/",
            "/v1/northwind/mentions/x.17/claim/now",
            "/v2/northwind/mentions",
            "/healthz/",
            "/HEALTHZ",
            "healthz",
        ] {
            assert_eq!(Route::find(path), None, "{path}");
        }
    }
}
