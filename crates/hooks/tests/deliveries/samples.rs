//! Every real body we hold becomes the right posts, or is dropped for a stated reason. The bodies are not part of the
//! repository; what came of each is, without its words: `golden/samples.txt` is there to be read and disagreed with.

use std::fmt::Write;

use crate::support::{deliver, endpoint, files, golden, root, shape, shared};
use earshot_hooks::ADAPTERS;
use earshot_mention::Timestamp;

const NOW: Timestamp = Timestamp::from_seconds(1_763_830_800);

/// Of the form that every adapter takes: Discord's relays must be told from its public keys.
const SECRET: &str = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHM=";

/// Folders whose name is not the adapter's.
const FOLDERS: &[(&str, &str)] = &[("google", "google_business_profile")];

#[test]
fn every_sample_has_the_posts_that_a_person_finds_in_it() {
    let Some(samples) = shared("samples/hooks") else { return };
    let mut told = String::new();
    for adapter in ADAPTERS {
        let platform = adapter.platform();
        let folder = FOLDERS
            .iter()
            .find(|(name, _)| *name == platform.as_str())
            .map_or(platform.as_str(), |(_, folder)| folder);
        let endpoint = endpoint(SECRET, &[]);
        for file in files(&samples.join(folder), &["json", "xml"]) {
            let body = std::fs::read(&file).expect("a sample can be read");
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let lines = shape(&deliver(*adapter, &body, &headers_of(&file), &endpoint, NOW));
            assert!(!lines.is_empty(), "{folder}/{name} is neither posts nor dropped");
            writeln!(told, "{folder}/{name}").expect("a string takes any text");
            for line in lines {
                writeln!(told, "    {line}").expect("a string takes any text");
            }
        }
    }
    golden(&root().join("crates/hooks/tests/golden/samples.txt"), &told);
}

/// The headers that a capture came with, where its note tells them: Discourse names its event only there.
fn headers_of(file: &std::path::Path) -> Vec<(String, String)> {
    let note = std::fs::read_to_string(file.with_extension("source")).unwrap_or_default();
    let Some((_, listed)) = note.split_once("headers: ") else { return Vec::new() };
    let Some(end) = listed.find('}') else { return Vec::new() };
    let Ok(headers) = serde_json::from_str::<std::collections::BTreeMap<String, String>>(&listed[..=end])
    else {
        return Vec::new();
    };
    headers
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| !name.ends_with("signature"))
        .collect()
}
