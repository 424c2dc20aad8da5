//! What a platform says in headers alone stands beside a body: `FILE.headers.json` beside `FILE.json`, an object of names
//! and values.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use earshot_hooks::Headers;

/// Why they cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HeadersError {
    /// The file is there and cannot be read.
    #[error("{path} cannot be read ({source})", path = path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    /// It holds something else.
    #[error("{path} is no object of header names and values ({source})", path = path.display())]
    NotHeaders { path: PathBuf, source: serde_json::Error },
}

/// The headers beside a body; none where there is no such file.
pub(crate) fn headers_beside(body: &Path) -> Result<Headers, HeadersError> {
    let path = body.with_extension("headers.json");
    match fs::read(&path) {
        Ok(text) => serde_json::from_slice::<BTreeMap<String, String>>(&text)
            .map(|headers| {
                headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect()
            })
            .map_err(|source| HeadersError::NotHeaders { path, source }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Headers::new()),
        Err(source) => Err(HeadersError::Unreadable { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_stand_beside_a_body_or_not_at_all() -> Result<(), Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join(format!("earshot-headers-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("a.headers.json"), r#"{"X-Discourse-Event": "post_edited"}"#)?;
        fs::write(folder.join("b.headers.json"), "[]")?;
        let beside = |body: &str| headers_beside(&folder.join(body));
        assert_eq!(beside("a.json")?, [("x-discourse-event".to_owned(), "post_edited".to_owned())]);
        assert!(matches!(beside("b.json"), Err(HeadersError::NotHeaders { .. })));
        assert!(beside("c.json")?.is_empty());
        fs::remove_dir_all(&folder)?;
        Ok(())
    }
}
