//! The road from data to a model file.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use earshot_reading::model::{Fingerprint, Model};

use crate::deep::{self, Net, Shape, Training};
use crate::prepared::{Prepared, prepare};
use crate::pruning::Effects;
use crate::soft_labels::SoftLabels;
use crate::wide::{self, Wide};
use crate::{TrainError, Use, checkpoint, file, lexicon, mix, sets, vocabulary, word_vectors};

/// What to make a model of, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The folder of the sets.
    pub data: PathBuf,
    /// The folder of the soft labels.
    pub soft_labels: PathBuf,
    /// A company's own corrections, if any.
    pub corrections: Option<PathBuf>,
    /// Where to keep what is done so far, if anywhere.
    pub checkpoint: Option<PathBuf>,
    /// What the model is to be called.
    pub name: String,
    /// Draws everything random.
    pub seed: u64,
    /// How many threads the deep half may use; the result does not depend on it.
    pub threads: usize,
    /// The room for the vocabulary.
    pub vocabulary: vocabulary::Room,
    /// The deep half's widths.
    pub shape: Shape,
    /// The deep half's passes over the data.
    pub deep_passes: usize,
    /// How far the deep half's first steps go.
    pub deep_rate: f32,
    /// The wide half's passes.
    pub wide_passes: usize,
    /// How far the wide half's first step goes.
    pub wide_rate: f32,
    /// How much the texts count against keeping the wide half's weights small.
    pub wide_strength: f32,
    /// How much the strongest word of the lexicon starts with in the wide half.
    pub prior: f32,
    /// Every so many training texts only, for trying things out; 1 for all.
    pub every: usize,
}

impl Plan {
    /// What the shipped model is made with.
    #[must_use]
    pub fn shipped(data: PathBuf, soft_labels: PathBuf) -> Self {
        Self {
            data,
            soft_labels,
            corrections: None,
            checkpoint: None,
            name: "earshot-2026.11".to_owned(),
            seed: 1,
            threads: 2,
            vocabulary: vocabulary::Room { words: 11_000, parts: 3_000 },
            shape: Shape { width: 48, channels: 64, hidden: 64 },
            deep_passes: 7,
            deep_rate: 2e-3,
            wide_passes: 6,
            wide_rate: 0.5,
            wide_strength: 1.0,
            prior: 1.0,
            every: 1,
        }
    }
}

/// A model that was made.
#[derive(Debug)]
pub struct Made {
    /// The file's bytes.
    pub file: Vec<u8>,
    /// Which sets it learnt from, and how many texts of each.
    pub sets: BTreeMap<&'static str, usize>,
    /// The texts with their features, for measuring.
    pub texts: Vec<Prepared>,
}

/// Makes a model.
///
/// # Errors
/// Where the data cannot be read, or a checkpoint cannot be written.
pub fn train(plan: &Plan, say: &(dyn Fn(&str) + Sync)) -> Result<Made, TrainError> {
    let started = Instant::now();
    let say = |text: String| say(&format!("{:5.0} s  {text}", started.elapsed().as_secs_f32()));
    let mut examples = sets::all(&plan.data)?;
    if plan.every > 1 {
        let mut at = 0;
        examples.retain(|example| {
            at += 1;
            example.used != Use::Train || at % plan.every == 0
        });
    }
    if let Some(path) = &plan.corrections {
        examples.extend(sets::corrections(path)?);
    }
    let soft = SoftLabels::read(&plan.soft_labels, &plan.data)?;
    for example in &mut examples {
        soft.add_to(example);
    }
    let mut recombined = sets::recombined(&examples);
    for example in &mut recombined {
        soft.add_to(example);
    }
    examples.append(&mut recombined);
    sets::leave_out_links(&mut examples);
    examples.retain(|example| {
        example.used != Use::Train || !example.targets.iter().all(|target| target.is_nan())
    });
    let mut counts = BTreeMap::new();
    for example in examples.iter().filter(|example| example.used == Use::Train) {
        *counts.entry(example.set).or_insert(0) += 1;
    }
    say(format!("{} texts, soft labels for {}", examples.len(), soft.count()));
    let lexicon = lexicon::read(&plan.data)?;
    let (fingerprints, vocabulary) = vocabulary::choose(&examples, &lexicon, plan.vocabulary)?;
    let texts = prepare(&examples, &vocabulary);
    say(format!("{} pieces, {} lexicon words", fingerprints.len(), lexicon.len()));
    let valence: Vec<(u16, f32)> = lexicon
        .iter()
        .filter_map(|(word, valence)| {
            Some((vocabulary.find(Fingerprint::WORD.with(word.as_bytes()))?, *valence))
        })
        .collect();
    let vectors = word_vectors::read(&plan.soft_labels.join("word_vectors.bin"), &fingerprints)?;
    say(format!("{} pieces begin with a word's vector", vectors.len()));
    let settings = deep::Settings {
        shape: plan.shape,
        passes: plan.deep_passes,
        rounded_passes: 2,
        rate: plan.deep_rate,
        seed: plan.seed,
        threads: plan.threads,
    };
    let (wide_part, net) = thread::scope(|scope| {
        let wide = scope.spawn(|| {
            let draft = train_wide(plan, &lexicon, &texts, |_| true, &say);
            let buckets = Effects::new(&draft, &texts).buckets();
            // What is left learns again: it has to say what the others said.
            let mut ships = vec![false; draft.rows.len()];
            for bucket in &buckets {
                ships[*bucket] = true;
            }
            let wide = train_wide(plan, &lexicon, &texts, |bucket| ships[bucket], &say);
            let chosen = Effects::new(&wide, &texts).weights(&buckets);
            file::wide(&wide, &chosen)
        });
        let net = train_deep(
            plan,
            settings,
            Net::new(plan.shape, vocabulary.ids(), &vectors, &valence, plan.seed),
            &texts,
            &say,
        );
        (wide.join(), net)
    });
    let wide_part = wide_part.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let net = net?;
    let draft = Model::from_bytes(&file::write(&plan.name, &fingerprints, &net, &wide_part, &mix::EVEN))?;
    let mixes = mix::find(&draft, &texts);
    for group in &crate::loss::GROUPS {
        let [english, other] = mixes.map(|mix| mix[group.outputs.start]);
        say(format!(
            "{}: deep {:.1}, wide {:.1}; in other languages deep {:.1}, wide {:.1}",
            group.name, english.deep, english.wide, other.deep, other.wide
        ));
    }
    let file = file::write(&plan.name, &fingerprints, &net, &wide_part, &mixes);
    say(format!("{} bytes", file.len()));
    Ok(Made { file, sets: counts, texts })
}

fn train_wide(
    plan: &Plan,
    lexicon: &BTreeMap<String, f32>,
    texts: &[Prepared],
    may: impl Fn(usize) -> bool,
    say: &(dyn Fn(String) + Sync),
) -> Wide {
    let settings = wide::Settings {
        passes: plan.wide_passes,
        rate: plan.wide_rate,
        strength: plan.wide_strength,
        prior: plan.prior,
        seed: plan.seed,
    };
    let mut wide = wide::train(lexicon, texts, settings, may, |pass, wide| {
        say(format!("wide pass {}: {}", pass + 1, held_out_loss(texts, |text| wide.read(&text.buckets))));
    });
    wide.centre();
    wide
}

fn train_deep(
    plan: &Plan,
    settings: deep::Settings,
    net: Net,
    texts: &[Prepared],
    say: &(dyn Fn(String) + Sync),
) -> Result<Net, TrainError> {
    let stamp = checkpoint::stamp(plan, texts, &net);
    let mut training = Training::new(net);
    if let Some(path) = &plan.checkpoint
        && checkpoint::restore(path, &stamp, &mut training)?
    {
        say(format!("going on after pass {}", training.passes));
    }
    while training.passes < settings.passes {
        training.pass(texts, settings, |_| {});
        let mut trace = deep::Trace::default();
        let mut random = crate::random::Random::new(0, 0);
        let losses = held_out_loss(texts, |text| {
            training.net.forward(&text.pieces, deep::CALM, &mut random, &mut trace);
            trace.logits
        });
        say(format!("deep pass {}: {losses}", training.passes));
        if let Some(path) = &plan.checkpoint {
            checkpoint::keep(path, &stamp, &mut training)?;
        }
    }
    Ok(training.net)
}

/// The mean loss of each group on the held-out texts, in words.
fn held_out_loss(
    texts: &[Prepared],
    mut read: impl FnMut(&Prepared) -> [f32; earshot_reading::model::OUTPUTS],
) -> String {
    let mut sums = [(0.0_f32, 0.0_f32); crate::loss::GROUPS.len()];
    for text in texts.iter().filter(|text| text.used == Use::Validate) {
        let logits = read(text);
        for (group, (sum, count)) in crate::loss::GROUPS.iter().zip(&mut sums) {
            if let Some(loss) = crate::loss::loss(group, &logits, &text.targets, text.four.as_ref()) {
                *sum += loss;
                *count += 1.0;
            }
        }
    }
    let words: Vec<String> = crate::loss::GROUPS
        .iter()
        .zip(sums)
        .map(|(group, (sum, count))| format!("{} {:.3}", group.name, sum / count.max(1.0)))
        .collect();
    words.join(", ")
}
