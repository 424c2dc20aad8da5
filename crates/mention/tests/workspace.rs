//! What an operator may write into a workspace's profile, and what they are told where it cannot be used.

use earshot_mention::{Platform, Policy, Targets, Workspace, WorkspaceId};

#[test]
fn a_name_is_enough() {
    let workspace = Workspace::parse(r#"{"name": "Northwind Air"}"#).unwrap();
    assert_eq!(workspace.triage, Policy::default());
    assert_eq!(workspace.targets, Targets::default());
    assert_eq!(workspace.retention_days, 30);
    assert_eq!(workspace.own(&Platform::named("x")), [] as [String; 0]);
    assert!(workspace.prepare_triage().unwrap().matcher.find("Northwind").is_empty());
}

#[test]
fn own_accounts_are_told_a_platform_at_a_time() {
    let json = r#"{"name": "Northwind Air", "platforms": {"x": {"own": ["northwindair", "2244000001"]}, "facebook": {}}}"#;
    let workspace = Workspace::parse(json).unwrap();
    assert_eq!(workspace.own(&Platform::named("x")), ["northwindair", "2244000001"]);
    assert!(workspace.own(&Platform::named("facebook")).is_empty());
}

#[test]
fn a_profile_survives_being_written_out() {
    let json = r#"{"name":"Northwind Air","brands":[{"id":"n","name":"N","aliases":["N Air",{"text":"NWA","case_matters":true}]}],
        "platforms":{"x":{"own":["n"]}},"triage":{"praise_from":0.9},"targets":{"critical_minutes":5},"retention_days":7}"#;
    let workspace = Workspace::parse(json).unwrap();
    assert_eq!(Workspace::parse(&serde_json::to_string(&workspace).unwrap()).unwrap(), workspace);
}

#[test]
fn what_cannot_be_used_says_which_field_and_what_to_do() {
    let cases = [
        ("", "`.`: EOF"),
        ("{}", "missing field `name`"),
        (r#"{"name": " "}"#, "`name` is empty"),
        (r#"{"name": "N"} x"#, "trailing characters"),
        (r#"{"name": "N", "brand": []}"#, "unknown field `brand`, expected one of `name`, `brands`"),
        (r#"{"name": "N", "brands": [{"id": "n"}]}"#, "wrong at `brands[0]`: missing field `name`"),
        (
            r#"{"name": "N", "brands": [{"id": "n", "name": "N", "aliases": ["N", 7]}]}"#,
            "wrong at `brands[0].aliases[1]`: an alias is a string",
        ),
        (
            r#"{"name": "N", "brands": [{"id": "n", "name": "N", "aliases": [" "]}]}"#,
            "the brand \"n\" has an entry among its aliases without a letter or digit",
        ),
        (r#"{"name": "N", "platforms": {"X": {}}}"#, "a platform's name is 1 to 32 of a-z, 0-9 and -"),
        (
            r#"{"name": "N", "platforms": {"x": {"ours": []}}}"#,
            "wrong at `platforms.x.ours`: unknown field `ours`",
        ),
        (
            r#"{"name": "N", "triage": {"complaint_from": 60}}"#,
            "wrong at `triage.complaint_from`: a probability is 0 to 1",
        ),
        (
            r#"{"name": "N", "triage": {"stars_at_most": 0}}"#,
            "wrong at `triage.stars_at_most`: a review has 1 to 5 stars",
        ),
        (r#"{"name": "N", "targets": {"critical_minutes": 0}}"#, "`targets` must be 1 minute or more"),
        (r#"{"name": "N", "targets": {"critical_minutes": 90}}"#, "may not grow shorter"),
        (r#"{"name": "N", "retention_days": 0}"#, "`retention_days` is 0; choose 1 to 3650"),
    ];
    for (json, expected) in cases {
        let error = Workspace::parse(json).unwrap_err().to_string();
        assert!(error.contains(expected), "{json} says: {error}");
    }
}

#[test]
fn a_workspaces_id_stands_in_addresses_as_it_is() {
    for id in ["northwind", "northwind-eu-2", "0", &"a".repeat(32)] {
        assert_eq!(WorkspaceId::parse(id).unwrap().as_str(), id);
    }
    for id in ["", "Northwind", "north_wind", "north/wind", "..", "nörd", &"a".repeat(33)] {
        assert!(WorkspaceId::parse(id).is_err(), "{id}");
    }
}
