//! How many posts a second one thread reads: `cargo run --release --example throughput < posts.txt`, one post a line.

#![expect(clippy::print_stdout, reason = "an example that measures prints what it measured")]

use std::io::Read;
use std::time::Instant;

use earshot_reading::{Context, Reader, Scratch};

fn main() -> std::io::Result<()> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let posts: Vec<&str> = input.lines().collect();
    let started = Instant::now();
    let reader = Reader::new();
    println!("start: {:?}", started.elapsed());
    let (context, mut scratch) = (Context::default(), Scratch::default());
    for round in 0..4 {
        let started = Instant::now();
        let urgent: u64 = posts
            .iter()
            .map(|post| u64::from(reader.read_with(&mut scratch, post, &context).urgency.score))
            .sum();
        let seconds = started.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a count of lines")]
        let rate = posts.len() as f64 / seconds;
        println!("round {round}: {rate:.0} posts/s (checksum {urgent})");
    }
    Ok(())
}
