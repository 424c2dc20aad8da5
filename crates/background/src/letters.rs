//! What the browser knows of letters, so that the extension ships no tables of every script.

use earshot_mention::Letters;

/// As brands are looked for here.
#[cfg(target_arch = "wasm32")]
pub(crate) const LETTERS: Letters = Letters { decompose, is_mark };

/// Tests run where there is no browser.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const LETTERS: Letters = Letters::TABLES;

#[cfg(target_arch = "wasm32")]
fn decompose(letter: char, part: &mut dyn FnMut(char)) {
    let whole = js_sys::JsString::from(letter.encode_utf8(&mut [0; 4]) as &str);
    String::from(whole.normalize("NFKD")).chars().for_each(part);
}

#[cfg(target_arch = "wasm32")]
fn is_mark(letter: char) -> bool {
    thread_local! {
        static MARK: js_sys::RegExp = js_sys::RegExp::new(r"^\p{M}$", "u");
    }
    MARK.with(|mark| mark.test(letter.encode_utf8(&mut [0; 4])))
}
