//! Which texts name which brand, as somebody who looks after a brand would list them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use earshot_mention::{Alias, Brand, BrandError, BrandId, BrandMatcher, Side};
use proptest::prelude::*;

fn brand(id: &str) -> Brand {
    Brand {
        id: BrandId(id.into()),
        name: id.into(),
        side: Side::Ours,
        aliases: Vec::new(),
        handles: Vec::new(),
        hashtags: Vec::new(),
        exclusions: Vec::new(),
    }
}

fn exactly(text: &str) -> Alias {
    Alias { text: text.into(), case_matters: true }
}

fn all(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// An airline and its cargo arm, a bank called by a verb, names with accents and in other scripts, and a competitor.
fn brands() -> Vec<Brand> {
    vec![
        Brand {
            aliases: vec![Alias::new("Northwind"), Alias::new("Northwind Air"), exactly("NWA")],
            handles: all(&["northwindair", "@northwind_help"]),
            hashtags: all(&["flynorthwind", "#NorthwindFail"]),
            exclusions: all(&["Northwind Orchestra", "the northwind blows"]),
            ..brand("northwind")
        },
        Brand { aliases: vec![Alias::new("Northwind Air Cargo")], ..brand("cargo") },
        Brand { aliases: vec![exactly("Chase")], exclusions: all(&["Paper Chase"]), ..brand("chase") },
        Brand { aliases: vec![Alias::new("Café Lumen")], ..brand("lumen") },
        Brand { aliases: vec![Alias::new("Weißbach")], ..brand("weissbach") },
        Brand { aliases: vec![Alias::new("Işık")], ..brand("isik") },
        Brand {
            aliases: vec![Alias::new("ノースウィンド"), Alias::new("노스윈드"), Alias::new("北风航空")],
            ..brand("asia")
        },
        Brand { aliases: vec![Alias::new("O'Malley's")], ..brand("omalley") },
        Brand {
            aliases: vec![Alias::new("Contoso Jet"), Alias::new("Contoso")],
            handles: all(&["contosojet"]),
            side: Side::Competitor,
            ..brand("contoso")
        },
    ]
}

/// `brand:words` for each match, in the order of the text.
fn found(text: &str) -> Vec<String> {
    let matcher = BrandMatcher::new(&brands()).unwrap();
    let named = matcher.find(text).into_iter();
    named.map(|found| format!("{}:{}", found.brand.0, found.span.of(text).unwrap())).collect()
}

#[test]
fn who_is_named() {
    let cases: &[(&str, &[&str])] = &[
        // Words
        ("Northwind lost my bag", &["northwind:Northwind"]),
        ("northwind lost my bag", &["northwind:northwind"]),
        ("NORTHWIND!!", &["northwind:NORTHWIND"]),
        ("NoRtHwInD AiR", &["northwind:NoRtHwInD AiR"]),
        ("northwinds are cold today", &[]),
        ("the greatnorthwind festival", &[]),
        ("northwind2", &[]),
        ("north wind", &[]),
        ("", &[]),
        // The longest of the names that start together; whole words only, also of the longer one
        ("Northwind Air Cargo called", &["cargo:Northwind Air Cargo"]),
        ("Northwind Airlines called", &["northwind:Northwind"]),
        ("Northwind Air, Northwind", &["northwind:Northwind Air", "northwind:Northwind"]),
        // Possessives, hyphens, line breaks, double and unbreakable spaces
        ("Northwind's crew", &["northwind:Northwind"]),
        ("Northwind’s crew", &["northwind:Northwind"]),
        ("Northwind-Air", &["northwind:Northwind-Air"]),
        ("Northwind\n  Air", &["northwind:Northwind\n  Air"]),
        ("Northwind\u{a0}Air", &["northwind:Northwind\u{a0}Air"]),
        ("lunch at O’Malley’s", &["omalley:O’Malley’s"]),
        // Addresses of pages and mail are us; somebody else's handle is not
        ("see https://northwind.example/refunds?x=1", &["northwind:northwind"]),
        ("www.northwind-air.example", &["northwind:northwind-air"]),
        ("mailed help@northwind.example twice", &["northwind:northwind"]),
        ("@northwind is a band", &[]),
        // Handles
        ("@northwindair help", &["northwind:@northwindair"]),
        (".@NorthwindAir help", &["northwind:@NorthwindAir"]),
        ("(@northwindair)", &["northwind:@northwindair"]),
        ("＠northwindair", &["northwind:＠northwindair"]),
        ("@northwindairport is lovely", &[]),
        ("@northwindair_fans unite", &[]),
        ("ida@northwindair", &[]),
        ("@northwind_help hello?", &["northwind:@northwind_help"]),
        // Hashtags
        ("#FlyNorthwind", &["northwind:#FlyNorthwind"]),
        ("#northwindfail again", &["northwind:#northwindfail"]),
        ("#northwindfails again", &[]),
        ("#northwind", &["northwind:northwind"]),
        ("flynorthwind", &[]),
        // Emoji and signs right beside the name
        ("✈️Northwind✈️", &["northwind:Northwind"]),
        ("👨‍👩‍👧Northwind🇬🇧", &["northwind:Northwind"]),
        ("Northwind™ and Northwind®", &["northwind:Northwind", "northwind:Northwind"]),
        ("NWA1️⃣", &[]),
        // Capitals where they matter
        ("NWA cancelled", &["northwind:NWA"]),
        ("nwa straight outta compton", &[]),
        ("Chase froze my account", &["chase:Chase"]),
        ("I had to chase them for weeks", &[]),
        ("CHASE froze my account", &[]),
        // Phrases that do not mean the brand
        ("the Northwind Orchestra played", &[]),
        ("Northwind Orchestra flew Northwind", &["northwind:Northwind"]),
        ("The northwind blows, Northwind flies", &["northwind:Northwind"]),
        ("Paper Chase is a film, Chase a bank", &["chase:Chase"]),
        ("Northwind Orchestrations", &["northwind:Northwind"]),
        // Letters that are written in several ways
        ("CAFÉ LUMEN", &["lumen:CAFÉ LUMEN"]),
        ("Cafe\u{301} Lumen", &["lumen:Cafe\u{301} Lumen"]),
        ("Cafe Lumen", &[]),
        (
            "Weißbach, WEISSBACH, weissbach",
            &["weissbach:Weißbach", "weissbach:WEISSBACH", "weissbach:weissbach"],
        ),
        ("WEIẞBACH", &["weissbach:WEIẞBACH"]),
        ("IŞIK ışık Işık işik İŞİK", &["isik:IŞIK", "isik:ışık", "isik:Işık", "isik:işik", "isik:İŞİK"]),
        ("𝗡𝗼𝗿𝘁𝗵𝘄𝗶𝗻𝗱 scam", &["northwind:𝗡𝗼𝗿𝘁𝗵𝘄𝗶𝗻𝗱"]),
        ("Ｎｏｒｔｈｗｉｎｄ", &["northwind:Ｎｏｒｔｈｗｉｎｄ"]),
        (
            "North\u{200b}wind and North\u{ad}wind",
            &["northwind:North\u{200b}wind", "northwind:North\u{ad}wind"],
        ),
        ("Northwind\u{301}", &[]),
        // Scripts without spaces, and particles
        ("昨日ノースウィンドに乗った", &["asia:ノースウィンド"]),
        ("我讨厌北风航空的服务", &["asia:北风航空"]),
        ("노스윈드가 늦었어", &["asia:노스윈드"]),
        ("노스윈들", &[]),
        ("Northwindに乗った", &["northwind:Northwind"]),
        // Competitors
        ("Contoso Jet beats Northwind", &["contoso:Contoso Jet", "northwind:Northwind"]),
        ("@contosojet @northwindair", &["contoso:@contosojet", "northwind:@northwindair"]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "in {text:?}");
    }
}

#[test]
fn competitors_are_told_apart() {
    let matcher = BrandMatcher::new(&brands()).unwrap();
    let sides: Vec<Side> =
        matcher.find("Contoso or Northwind?").into_iter().map(|found| found.side).collect();
    assert_eq!(sides, [Side::Competitor, Side::Ours]);
}

#[test]
fn a_name_that_is_ours_and_a_competitors_counts_as_ours() {
    let theirs = Brand { aliases: vec![Alias::new("Skyline")], side: Side::Competitor, ..brand("theirs") };
    let ours = Brand { aliases: vec![Alias::new("skyline")], ..brand("ours") };
    let matcher = BrandMatcher::new(&[theirs, ours]).unwrap();
    assert_eq!(matcher.find("Skyline")[0].brand, BrandId("ours".into()));
}

#[test]
fn one_brands_exclusion_leaves_the_others_alone() {
    let ours =
        Brand { aliases: vec![Alias::new("Lumen")], exclusions: all(&["Lumen Field"]), ..brand("ours") };
    let field = Brand { aliases: vec![Alias::new("Lumen Field")], side: Side::Competitor, ..brand("field") };
    let matcher = BrandMatcher::new(&[ours, field]).unwrap();
    assert_eq!(matcher.find("at Lumen Field")[0].brand, BrandId("field".into()));
}

#[test]
fn no_brands_are_named_nowhere() {
    assert_eq!(BrandMatcher::new(&[]).unwrap().find("Northwind"), []);
}

#[test]
fn brands_that_cannot_be_looked_for_say_what_to_change() {
    let twice = BrandMatcher::new(&[brand("northwind"), brand("northwind")]).unwrap_err();
    assert!(matches!(twice, BrandError::SharedId { .. }));
    assert_eq!(twice.to_string(), "two brands have the id \"northwind\"; give each its own");
    for blank in ["", "  ", "\u{200b}", "@", "!!"] {
        let handle = Brand { handles: all(&[blank]), ..brand("northwind") };
        let empty = BrandMatcher::new(&[handle]).unwrap_err();
        assert!(matches!(empty, BrandError::EmptyName { field: "handles", .. }), "{blank:?}");
    }
}

#[test]
fn an_alias_is_a_string_or_says_that_case_matters() {
    let aliases: Vec<Alias> =
        serde_json::from_str(r#"["Northwind", {"text": "NWA", "case_matters": true}]"#).unwrap();
    assert_eq!(aliases, [Alias::new("Northwind"), exactly("NWA")]);
    let written = serde_json::to_string(&aliases).unwrap();
    assert_eq!(written, r#"["Northwind",{"text":"NWA","case_matters":true}]"#);
    let error = serde_json::from_str::<Alias>("7").unwrap_err();
    assert!(error.to_string().contains("an alias is a string"), "{error}");
}

/// Texts made of what brand matching could trip over.
fn tricky_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "Northwind",
            "northwind air",
            "NWA",
            "Chase",
            "@northwindair",
            "#flynorthwind",
            "Northwind Orchestra",
            "Café Lumen",
            "Weißbach",
            "İşık",
            "ノースウィンド",
            "노스윈드",
            " ",
            "-",
            "'",
            "’",
            "@",
            "#",
            "_",
            "\u{301}",
            "\u{200b}",
            "\u{307}",
            "✈️",
            "™",
            "ﬁ",
            "𝗡",
            "ẞ",
            "Contoso Jet",
            "\n",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,3}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Whatever the text, every match is a stretch of it, in order and none overlapping another.
    #[test]
    fn matches_are_stretches_of_the_text(text in tricky_text()) {
        let matcher = BrandMatcher::new(&brands()).unwrap();
        let mut free_from = 0;
        for found in matcher.find(&text) {
            prop_assert!(found.span.start >= free_from);
            prop_assert!(found.span.start < found.span.end);
            prop_assert!(found.span.of(&text).is_some());
            free_from = found.span.end;
        }
    }

    /// What is named by some words is named by them alone.
    #[test]
    fn the_words_of_a_match_name_the_brand_by_themselves(text in tricky_text()) {
        let matcher = BrandMatcher::new(&brands()).unwrap();
        for found in matcher.find(&text) {
            let alone = matcher.find(found.span.of(&text).unwrap());
            prop_assert_eq!(alone.len(), 1);
            prop_assert_eq!(&alone[0].brand, &found.brand);
        }
    }

    /// Words around a name do not hide it.
    #[test]
    fn a_name_between_spaces_is_always_found(before in "[a-z ]{0,12}", after in "[a-z ]{0,12}") {
        let text = format!("{before} Weißbach {after}");
        prop_assert!(found(&text).contains(&"weissbach:Weißbach".to_owned()));
    }
}
