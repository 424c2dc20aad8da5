//! The least that keeping a delivery takes: take the body, one KV put, one insert in a Durable Object, answer 200.

use worker::{
    Context, Date, DurableObject, Env, Method, Request, RequestInit, Response, Result, State, durable_object, event,
};

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, _context: Context) -> Result<Response> {
    let body = request.text().await?;
    // The path is the delivery's id.
    let id = request.path();
    env.kv("MENTIONS")?.put(&id, body.as_str())?.execute().await?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(body.into()));
    let insert = Request::new_with_init(&format!("https://desk{id}"), &init)?;
    env.durable_object("DESK")?.get_by_name("bare")?.fetch_with_request(insert).await?;
    Response::empty()
}

/// Keeps each delivery as a row.
#[durable_object(fetch)]
#[derive(Debug)]
pub struct Desk {
    state: State,
}

impl DurableObject for Desk {
    fn new(state: State, _env: Env) -> Self {
        // Without its table nothing that follows works, and says so.
        let _ = state.storage().sql().exec(
            "CREATE TABLE IF NOT EXISTS deliveries (id TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL)",
            None,
        );
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let now = i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX);
        let body = request.text().await?;
        self.state.storage().sql().exec(
            "INSERT INTO deliveries (id, at, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            vec![request.path().into(), now.into(), body.into()],
        )?;
        Response::empty()
    }
}
