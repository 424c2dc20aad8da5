//! How people spell words whose apostrophes and accents cost a key more.

/// People leave apostrophes out, except where that makes another word.
pub(super) fn without_apostrophe(word: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 29] = [
        ("can't", "cant"),
        ("won't", "wont"),
        ("don't", "dont"),
        ("didn't", "didnt"),
        ("doesn't", "doesnt"),
        ("isn't", "isnt"),
        ("wasn't", "wasnt"),
        ("aren't", "arent"),
        ("weren't", "werent"),
        ("haven't", "havent"),
        ("hasn't", "hasnt"),
        ("hadn't", "hadnt"),
        ("couldn't", "couldnt"),
        ("wouldn't", "wouldnt"),
        ("shouldn't", "shouldnt"),
        ("i'm", "im"),
        ("i've", "ive"),
        ("you've", "youve"),
        ("you're", "youre"),
        ("that's", "thats"),
        ("what's", "whats"),
        ("where's", "wheres"),
        ("there's", "theres"),
        ("how's", "hows"),
        ("let's", "lets"),
        ("it's", "its"),
        ("he's", "hes"),
        ("we've", "weve"),
        ("they're", "theyre"),
    ];
    PAIRS.iter().find(|(full, _)| *full == word).map(|(_, bare)| *bare)
}

/// The word as it is typed on a keyboard without accents: `esta` for `está`, `muessen` for `müssen`. `None` where that is
/// the same, and for single letters (`é` and `e` are two words).
pub(super) fn without_accents(word: &str) -> Option<String> {
    if word.is_ascii() || word.chars().count() < 2 {
        return None;
    }
    let mut bare = String::with_capacity(word.len());
    for c in word.chars() {
        let plain = match c {
            'á' | 'à' | 'â' | 'ã' => "a",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'í' | 'ì' | 'î' | 'ï' => "i",
            'ó' | 'ò' | 'ô' | 'õ' => "o",
            'ú' | 'ù' | 'û' => "u",
            'ç' => "c",
            'ñ' => "n",
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'œ' => "oe",
            other => {
                bare.push(other);
                continue;
            }
        };
        bare.push_str(plain);
    }
    (bare != word).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_fall_away_as_people_type() {
        for (word, bare) in [
            ("llegó", Some("llego")),
            ("müssen", Some("muessen")),
            ("reçu", Some("recu")),
            ("não", Some("nao")),
            ("é", None),
            ("flight", None),
            ("😭", None),
        ] {
            assert_eq!(without_accents(word).as_deref(), bare, "{word}");
        }
    }
}
