//! A request as it came.

/// A request as it came, borrowed from the edge.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// How it came.
    pub method: Method,
    /// The query without `?`, undecoded.
    pub query: &'a str,
    /// Header names in lower case, values as sent.
    pub headers: &'a [(String, String)],
    /// The raw bytes.
    pub body: &'a [u8],
}

impl<'a> Incoming<'a> {
    /// The first header of this name, which must be in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The methods a webhook's address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A handshake.
    Get,
    /// A delivery.
    Post,
    /// A handshake of CloudEvents.
    Options,
}
