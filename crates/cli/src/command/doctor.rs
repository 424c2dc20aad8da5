//! `earshot doctor`: asks an endpoint the questions a platform would ask, and says what is wrong.
//!
//! What is sent means nothing to the endpoint: bodies of an event that no platform has, so nothing is stored or flagged.

use std::io::Write;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use earshot_hooks::{Adapter, Endpoint, Headers, Incoming, Method, Secret, Secrets, adapter};
use earshot_mention::Timestamp;

/// How long an endpoint may take: the slowest platform gives up after 20 seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// The quickest platforms want their answer within three seconds.
const QUICK: Duration = Duration::from_secs(3);

/// A body of an event that no platform has.
const NOTHING: &[u8] = br#"{"type":"earshot.ping"}"#;
/// The same for YouTube, which speaks Atom.
const NOTHING_ATOM: &[u8] = br#"<feed xmlns="http://www.w3.org/2005/Atom"/>"#;

/// What `earshot doctor` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The endpoint, e.g. https://hooks.example/v1/hooks/northwind/x
    url: String,
    /// The platform to ask as; taken from the end of the address where it is not given.
    #[arg(long)]
    platform: Option<String>,
    /// The environment variable that holds the secret.
    #[arg(long, value_name = "NAME")]
    secret_env: String,
    /// The environment variable that holds the verify token (Meta, YouTube).
    #[arg(long, value_name = "NAME")]
    verify_token_env: Option<String>,
}

/// Why the endpoint is not well.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DoctorError {
    /// The platform is not one of ours.
    #[error("no adapter is called `{0}`; name one with --platform")]
    UnknownPlatform(String),
    /// A variable is not set.
    #[error("the environment variable {0} is empty; set it to what the endpoint knows")]
    NotSet(String),
    /// Output cannot be written.
    #[error("standard output cannot be written ({0}): check where it goes and run again")]
    Output(#[from] std::io::Error),
    /// Something is wrong.
    #[error("{0} of {1} checks failed")]
    Unwell(usize, usize),
}

/// What came of one question: what was asked, and what is wrong.
struct Finding {
    asked: &'static str,
    wrong: Option<String>,
}

/// An answer of the endpoint.
struct Answer {
    status: u16,
    body: String,
    date: Option<String>,
    took: Duration,
}

/// Asks everything and prints a line each.
pub(crate) fn run(arguments: &Arguments) -> Result<(), DoctorError> {
    let end = arguments.url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let name =
        arguments.platform.clone().unwrap_or_else(|| end.rsplit('/').next().unwrap_or_default().to_owned());
    let adapter = adapter(&name).ok_or(DoctorError::UnknownPlatform(name))?;
    let secret = Secret::new(variable(&arguments.secret_env)?);
    let verify_token = arguments.verify_token_env.as_deref().map(variable).transpose()?.map(Secret::new);
    let findings = examine(adapter, &arguments.url, secret, verify_token);
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        match &finding.wrong {
            None => writeln!(out, "well    {}", finding.asked)?,
            Some(wrong) => writeln!(out, "unwell  {}: {wrong}", finding.asked)?,
        }
    }
    let unwell = findings.iter().filter(|finding| finding.wrong.is_some()).count();
    if unwell > 0 { Err(DoctorError::Unwell(unwell, findings.len())) } else { Ok(()) }
}

fn variable(name: &str) -> Result<String, DoctorError> {
    std::env::var(name)
        .ok()
        .filter(|value| !value.is_empty())
        .ok_or_else(|| DoctorError::NotSet(name.to_owned()))
}

fn examine(adapter: &dyn Adapter, url: &str, secret: Secret, verify_token: Option<Secret>) -> Vec<Finding> {
    let endpoint = Endpoint { secrets: Secrets::new([secret.clone()]), verify_token, ..Endpoint::default() };
    let body = if adapter.platform().as_str() == "youtube" { NOTHING_ATOM } else { NOTHING };
    let mut findings = Vec::new();
    let mut find = |asked, wrong| findings.push(Finding { asked, wrong });

    let unsigned = post(url, &Headers::new(), body);
    let unsigned = match unsigned {
        Ok(answer) => answer,
        Err(error) => {
            find("it can be reached", Some(format!("no answer ({error}); check the address, DNS and TLS")));
            return findings;
        }
    };
    find("it can be reached", None);
    let slow = unsigned.took > QUICK;
    find("it answers within 3 seconds", slow.then(|| format!("it took {} ms", unsigned.took.as_millis())));
    find("an unsigned delivery is refused", refused(&unsigned));
    find("its clock agrees with ours", clock(&unsigned));

    match adapter.sign(&secret, body, now()) {
        None => find(
            "a signed delivery is taken",
            Some("this secret is a public key: only the platform can sign".into()),
        ),
        Some(headers) => {
            find("a signed delivery is taken", taken(post(url, &headers, body)));
            let forged: Vec<(String, String)> =
                adapter.sign(&Secret::new("whsec_bm90IHRoZSBzZWNyZXQ="), body, now()).unwrap_or_default();
            find(
                "a delivery signed with another secret is refused",
                outcome(post(url, &forged, body), refused),
            );
        }
    }

    let token = endpoint.verify_token.as_ref().map(Secret::expose).unwrap_or_default();
    let questions = [
        ("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=", token),
        ("crc_token=", "Y3JjX3Rva2VuX2Zvcl90ZXN0cw%3D%3D"),
        ("challengeCode=", "890e4665-4dfe-4ab1-b689-ed553bceeed0"),
    ];
    for (question, value) in questions {
        let value = if question.starts_with("hub.") { escaped(value) } else { value.to_owned() };
        let query = format!("{question}{value}");
        let asked = Incoming { method: Method::Get, query: &query, headers: &[], body: b"" };
        let Some(Ok(expected)) = adapter.handshake(&asked, &endpoint) else { continue };
        find(
            "the platform's challenge is answered",
            outcome(get(&format!("{url}?{query}")), |answer| {
                let right = answer.status == expected.status && answer.body.trim() == expected.body;
                (!right).then(|| {
                    format!("it answered {}; is its secret or verify token another one?", answer.status)
                })
            }),
        );
    }
    for question in ["crc_token", "challengeCode"] {
        let forged =
            format!("{url}?{question}={}", escaped(r#"{"for_user_id":"1","tweet_create_events":[]}"#));
        find(
            "nothing but a challenge is signed",
            outcome(get(&forged), |answer| {
                (answer.status == 200)
                    .then(|| "it signed a body that was sent as a challenge: anybody can forge".to_owned())
            }),
        );
    }
    findings
}

fn taken(answer: Result<Answer, ureq::Error>) -> Option<String> {
    outcome(answer, |answer| match answer.status {
        200..=299 => None,
        401 | 403 => {
            Some(format!("{}: the endpoint has another secret, or a clock that is off", answer.status))
        }
        404 => Some("404: no such workspace or platform".to_owned()),
        503 => Some("503: no secret is set there, or its storage is down".to_owned()),
        status => Some(format!("it answered {status}")),
    })
}

fn refused(answer: &Answer) -> Option<String> {
    match answer.status {
        401 | 403 => None,
        503 => Some("503: no secret is set there".to_owned()),
        404 => Some("404: no such workspace or platform".to_owned()),
        200..=299 => Some(format!("{}: it takes what nobody signed", answer.status)),
        status => Some(format!("it answered {status}")),
    }
}

fn clock(answer: &Answer) -> Option<String> {
    let Some(theirs) = answer.date.as_deref().and_then(date) else {
        return Some("it sends no Date header, so its clock cannot be seen".to_owned());
    };
    let apart = (theirs - now().as_millis() / 1000).abs();
    (apart > 60).then(|| format!("they are {apart} seconds apart; signatures are good for 300"))
}

/// `Sun, 22 Nov 2026 18:00:00 GMT` (RFC 9110, section 5.6.7) in seconds since 1970.
fn date(text: &str) -> Option<i64> {
    let form = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    time::PrimitiveDateTime::parse(text, form).ok().map(|time| time.assume_utc().unix_timestamp())
}

fn outcome(answer: Result<Answer, ureq::Error>, judge: impl Fn(&Answer) -> Option<String>) -> Option<String> {
    match answer {
        Ok(answer) => judge(&answer),
        Err(error) => Some(format!("no answer ({error})")),
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .max_redirects_will_error(false);
    config.build().into()
}

fn post(url: &str, headers: &[(String, String)], body: &[u8]) -> Result<Answer, ureq::Error> {
    let mut request = agent().post(url).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let started = Instant::now();
    read(request.send(body)?, started)
}

fn get(url: &str) -> Result<Answer, ureq::Error> {
    let started = Instant::now();
    read(agent().get(url).call()?, started)
}

fn read(mut answer: ureq::http::Response<ureq::Body>, started: Instant) -> Result<Answer, ureq::Error> {
    let date = answer.headers().get("date").and_then(|date| date.to_str().ok()).map(str::to_owned);
    let status = answer.status().as_u16();
    let body = answer.body_mut().read_to_string()?;
    Ok(Answer { status, body, date, took: started.elapsed() })
}

fn escaped(value: &str) -> String {
    value
        .bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_seconds(i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Read};
    use std::net::TcpListener;

    /// An endpoint that is well, or has one thing wrong with it.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Patient {
        Well,
        OtherSecret,
        TakesAnything,
        SignsAnything,
    }

    /// Serves until the test is over, and tells where.
    fn serve(patient: Patient) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/v1/hooks/northwind/x", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut first = String::new();
                reader.read_line(&mut first).unwrap();
                let mut headers = Headers::new();
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).unwrap();
                    let Some((name, value)) = line.trim().split_once(": ") else { break };
                    headers.push((name.to_ascii_lowercase(), value.to_owned()));
                }
                let length = headers
                    .iter()
                    .find(|(name, _)| name == "content-length")
                    .map_or(0, |(_, length)| length.parse().unwrap());
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let (status, words) = respond(patient, &first, &headers, &body);
                let answer = format!(
                    "HTTP/1.1 {status} X\r\nDate: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{words}",
                    http_date(),
                    words.len()
                );
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        address
    }

    fn respond(patient: Patient, first: &str, headers: &Headers, body: &[u8]) -> (u16, String) {
        let query =
            first.split(' ').nth(1).and_then(|path| path.split_once('?')).map_or("", |(_, query)| query);
        if patient == Patient::TakesAnything && first.starts_with("POST")
            || patient == Patient::SignsAnything && query.contains("for%5F")
        {
            return (200, String::new());
        }
        let secret = if patient == Patient::OtherSecret { "another" } else { "secret" };
        let endpoint = Endpoint { secrets: Secrets::new([Secret::new(secret)]), ..Endpoint::default() };
        let method = if first.starts_with("GET") { Method::Get } else { Method::Post };
        let incoming = Incoming { method, query, headers, body };
        match earshot_hooks::receive(adapter("x").unwrap(), &incoming, &endpoint, now()) {
            Ok(earshot_hooks::Receipt::Reply(reply)) => (reply.status, reply.body),
            Ok(earshot_hooks::Receipt::Events(_)) => (200, String::new()),
            Err(_) => (401, String::new()),
        }
    }

    fn http_date() -> String {
        let form = time::macros::format_description!(
            "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
        );
        time::OffsetDateTime::from(SystemTime::now()).format(form).unwrap()
    }

    fn unwell(patient: Patient) -> Vec<&'static str> {
        let findings = examine(adapter("x").unwrap(), &serve(patient), Secret::new("secret"), None);
        assert!(findings.len() > 5);
        findings.iter().filter(|finding| finding.wrong.is_some()).map(|finding| finding.asked).collect()
    }

    #[test]
    fn each_illness_is_named() {
        assert_eq!(unwell(Patient::Well), Vec::<&str>::new());
        assert_eq!(
            unwell(Patient::OtherSecret),
            ["a signed delivery is taken", "the platform's challenge is answered"]
        );
        assert_eq!(
            unwell(Patient::TakesAnything),
            ["an unsigned delivery is refused", "a delivery signed with another secret is refused"]
        );
        assert_eq!(
            unwell(Patient::SignsAnything),
            ["nothing but a challenge is signed", "nothing but a challenge is signed"]
        );
    }

    #[test]
    fn nobody_at_home() {
        let findings = examine(adapter("x").unwrap(), "http://127.0.0.1:1/x", Secret::new("secret"), None);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].wrong.is_some());
    }
}
