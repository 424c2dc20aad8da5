//! What customers of a bank ask (BANKING77), as far as its 77 intents say one of ours.

use std::path::Path;

use super::{Labelled, held_out, rows};
use crate::{Example, TrainError};

const ASKED: [&str; 5] = ["lost_stolen_damaged", "billing", "delay", "account_access", "spam_or_irrelevant"];

/// The intents that one of the 77 says.
fn said(label: &str) -> &'static [&'static str] {
    match label {
        "lost_or_stolen_card" | "lost_or_stolen_phone" | "compromised_card" | "card_swallowed" => {
            &["lost_stolen_damaged"]
        }
        "card_arrival"
        | "pending_transfer"
        | "pending_top_up"
        | "pending_cash_withdrawal"
        | "pending_card_payment"
        | "transfer_not_received_by_recipient" => &["delay"],
        "Refund_not_showing_up" => &["billing", "delay"],
        "request_refund"
        | "transaction_charged_twice"
        | "extra_charge_on_statement"
        | "card_payment_fee_charged"
        | "cash_withdrawal_charge"
        | "transfer_fee_charged"
        | "card_payment_not_recognised"
        | "cash_withdrawal_not_recognised"
        | "direct_debit_payment_not_recognised"
        | "wrong_amount_of_cash_received"
        | "exchange_charge" => &["billing"],
        "passcode_forgotten" | "pin_blocked" | "unable_to_verify_identity" => &["account_access"],
        _ => &[],
    }
}

pub(super) fn banking(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Labelled> = rows(&train.join("banking77_intents.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter(|row| row.split.as_deref() == Some("train"))
        // Half of them: they are short, alike, and many.
        .step_by(2)
        .map(|row| {
            let used = held_out(&row.text);
            Example::new("banking77_intents", "en", row.text, used).intents(said(&row.label), &ASKED)
        })
        .collect())
}
