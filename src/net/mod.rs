//! The one place that performs a request: deadline over head and body, three attempts for a read, one for a write,
//! equal public reads shared by every widget of the page.
//!
//! What a response means is not decided here; [`crate::app::effects`] asks the `dexcare` crate. No URL, token or body
//! ever goes into an error.

mod attempt;
mod shared;

use dexcare::{Auth, Host, Method, Request};

pub use attempt::Abort;

use crate::platform::clock;

/// Where requests go and what goes along, from the element's attributes.
#[derive(Clone, PartialEq, Eq)]
pub struct Tier {
    /// Base URL of the API host.
    pub api: String,
    /// Base URL of the Visit host, when the page names one.
    pub visits: Option<String>,
    /// The page's use case, on every request.
    pub product: String,
    /// Sent as a header only when set: it costs a preflight.
    pub domain: Option<String>,
    /// Likewise.
    pub api_key: Option<String>,
}

/// A response of any status, whole unless it is too long.
#[derive(Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The body; empty if it is too long.
    pub body: Vec<u8>,
    /// `Retry-After` in seconds, where the server lets a page read it.
    retry_after: Option<u32>,
    /// Whether the body is longer than 8 MB. The script reports that as `answer-too-long`.
    is_cut: bool,
}

/// No whole response: refused, cut off, too slow, aborted. Browsers tell no more (and we would not show it).
#[derive(Clone)]
pub struct NoAnswer;

/// Milliseconds an attempt of a read may take, head and body.
const READ_DEADLINE: i32 = 8_000;
/// Milliseconds after which a read is given up, attempts and pauses together.
const READ_PATIENCE: f64 = 18_000.0;
/// Attempts of a read.
const READ_ATTEMPTS: u32 = 3;
/// Milliseconds a write may take.
const WRITE_DEADLINE: i32 = 30_000;
/// Longest `Retry-After` that is waited for, in seconds.
const LONGEST_RETRY_AFTER: u32 = 10;

impl Tier {
    /// Performs a read, repeating it as the policy allows. `fresh` = no remembered answer will do.
    pub async fn read(
        &self,
        request: &Request,
        token: Option<&str>,
        fresh: bool,
        abort: &Abort,
    ) -> Result<Response, NoAnswer> {
        match request.auth {
            Auth::Public => shared::read(self, request, fresh, abort).await,
            Auth::Patient => self.read_alone(request, token, abort).await,
        }
    }

    async fn read_alone(
        &self,
        request: &Request,
        token: Option<&str>,
        abort: &Abort,
    ) -> Result<Response, NoAnswer> {
        let started = clock::now_ms();
        let mut attempt = 1;
        loop {
            let left = READ_PATIENCE - (clock::now_ms() - started);
            let answer = attempt::perform(self, request, token, READ_DEADLINE.min(whole(left)), abort).await;
            let worth_another = match &answer {
                // A body that is too long would be too long again.
                Ok(response) => !response.is_cut && matches!(response.status, 429 | 500 | 502 | 503 | 504),
                Err(NoAnswer) => !abort.is_aborted(),
            };
            let retry_after = answer.as_ref().ok().and_then(|response| response.retry_after);
            let pause = match retry_after {
                Some(seconds) if seconds > LONGEST_RETRY_AFTER => return answer,
                Some(seconds) => f64::from(seconds) * 1000.0,
                // Full jitter, so that fifty widgets on a page do not come back as one.
                None => js_sys::Math::random() * f64::min(4000.0, 300.0 * f64::from(1 << attempt)),
            };
            let left = READ_PATIENCE - (clock::now_ms() - started);
            if !worth_another || attempt == READ_ATTEMPTS || pause >= left {
                return answer;
            }
            clock::sleep(whole(pause)).await;
            if abort.is_aborted() {
                return Err(NoAnswer);
            }
            attempt += 1;
        }
    }

    /// Performs a write, once.
    pub async fn write(
        &self,
        request: &Request,
        token: Option<&str>,
        abort: &Abort,
    ) -> Result<Response, NoAnswer> {
        attempt::perform(self, request, token, WRITE_DEADLINE, abort).await
    }

    /// The address of a request; `None` when its host is not configured.
    fn url(&self, request: &Request) -> Option<String> {
        let base = match request.host {
            Host::Api => &self.api,
            Host::Visit => self.visits.as_ref()?,
        };
        Some(request.url(base, &self.product))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most the patience above")]
fn whole(milliseconds: f64) -> i32 {
    milliseconds.max(1.0) as i32
}

/// Whether the method carries a body.
fn is_post(request: &Request) -> bool {
    matches!(request.method, Method::Post)
}
