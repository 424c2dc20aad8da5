//! The sites that this extension can read, as its package lists them.

use earshot_client::SiteId;
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// One site of the package's `sites.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Site {
    #[serde(rename = "site")]
    pub(crate) id: SiteId,
    /// What it is called.
    pub(crate) name: String,
    /// Whether its pages get badges, or its posts stand in the side panel.
    #[serde(default)]
    pub(crate) mode: Mode,
    /// The match patterns of its hosts.
    pub(crate) origins: Vec<String>,
}

/// Where a site's readings are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// Beside each post.
    #[default]
    Badge,
    /// Not in the page: its terms forbid it.
    #[serde(other)]
    Panel,
}

impl Site {
    /// Its hosts, as people write them.
    pub(crate) fn hosts(&self) -> String {
        let host = |pattern: &String| {
            let rest = pattern.split_once("://").map_or(pattern.as_str(), |(_, rest)| rest);
            rest.split('/').next().unwrap_or(rest).trim_start_matches("*.").to_owned()
        };
        let mut hosts: Vec<String> = self.origins.iter().map(host).collect();
        hosts.dedup();
        hosts.join(", ")
    }
}

/// Every site of the package; `None` where the package has no such list.
pub(crate) async fn all() -> Option<Vec<Site>> {
    let list = read("sites.json").await.ok()?;
    serde_json::from_str(&list).ok()
}

async fn read(file: &str) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let response: Response = JsFuture::from(window.fetch_with_str(file)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().ok_or(JsValue::UNDEFINED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_list_is_read() {
        let list = r#"[
            {"site": "x", "name": "X", "mode": "badge", "origins": ["https://x.com/*", "https://mobile.x.com/*"]},
            {"site": "linkedin", "name": "LinkedIn", "mode": "panel", "origins": ["https://*.linkedin.com/*"]}
        ]"#;
        let sites: Vec<Site> = serde_json::from_str(list).unwrap();
        assert_eq!(sites[0].hosts(), "x.com, mobile.x.com");
        assert_eq!((sites[1].mode, sites[1].hosts()), (Mode::Panel, "linkedin.com".to_owned()));
    }
}
