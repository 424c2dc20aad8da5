//! Reading a body without being led astray by it.

use serde_json::Value;

use crate::Refusal;

/// Longest body that is read, in bytes. The edge turns longer ones away before they are hashed.
pub const LONGEST_BODY: usize = 1 << 20;

/// Deepest nesting that is read. The deepest real body seen has 12 levels.
const DEEPEST: usize = 48;

/// Parses JSON after looking at how long and how deep it is.
///
/// # Errors
/// [`Refusal::Broken`] where it is no JSON, too long or too deep.
pub(crate) fn json(bytes: &[u8]) -> Result<Value, Refusal> {
    if bytes.len() > LONGEST_BODY || depth(bytes) > DEEPEST {
        return Err(Refusal::Broken);
    }
    serde_json::from_slice(bytes).map_err(|_| Refusal::Broken)
}

/// How deep arrays and objects nest, counted in one pass and without building anything.
fn depth(bytes: &[u8]) -> usize {
    let (mut now, mut deepest) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for &byte in bytes {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_broken() {
        let too_deep = "[".repeat(49) + &"]".repeat(49);
        let too_long = format!("\"{}\"", "a".repeat(LONGEST_BODY));
        for body in ["", "{", "not json", "{\"a\":1}x", &too_deep, &too_long] {
            assert_eq!(json(body.as_bytes()), Err(Refusal::Broken), "{:.20}", body);
        }
        assert_eq!(json(b"\xff\xfe"), Err(Refusal::Broken));
    }

    #[test]
    fn brackets_in_strings_do_not_count_as_depth() {
        let brackets = format!(r#"{{"a":"{}\"{}"}}"#, "[".repeat(60), "{".repeat(60));
        assert!(json(brackets.as_bytes()).is_ok());
        assert!(json(("[".repeat(48) + &"]".repeat(48)).as_bytes()).is_ok());
    }
}
