//! The one place that performs a request: deadline over head and body, three attempts for a read, one for a write,
//! equal public reads shared by every widget of the page.
//!
//! What a response means is not decided here but in `dexcare::exchange`; [`crate::app`] performs an exchange with what is
//! here. No URL, token or body ever goes into an error.

mod attempt;
mod retry;
mod shared;

use dexcare::exchange::{NoAnswer, Reply};
use dexcare::{Auth, Host, Method, Request};

pub use attempt::Abort;
pub use retry::Deadline;

use self::retry::Attempts;
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

/// The header by which a patient is known to the API. It goes with the requests that are marked for it and with no
/// others. Made where a token can be had: what only finds times holds no such header.
pub struct Credential {
    /// Name of the header.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

/// Milliseconds a write may take.
const WRITE_DEADLINE: i32 = 30_000;

impl Tier {
    /// Performs a request: a write once, a read as often as the policy allows until the deadline. `fresh` = no remembered
    /// answer will do.
    pub async fn perform(
        &self,
        request: &Request,
        patient: Option<&Credential>,
        fresh: bool,
        deadline: Deadline,
        abort: &Abort,
    ) -> Reply {
        match request.auth {
            Auth::Public => shared::read(self, request, fresh, deadline, abort).await,
            Auth::Patient if request.is_write() => {
                attempt::perform(self, request, patient, WRITE_DEADLINE, abort).await.reply
            }
            Auth::Patient => self.read_alone(request, patient, deadline, abort).await,
        }
    }

    async fn read_alone(
        &self,
        request: &Request,
        patient: Option<&Credential>,
        deadline: Deadline,
        abort: &Abort,
    ) -> Reply {
        let mut attempts = Attempts::until(deadline);
        let mut last = Err(NoAnswer);
        while let Some(milliseconds) = attempts.begin(clock::now_ms()) {
            let done = attempt::perform(self, request, patient, milliseconds, abort).await;
            let status = done.reply.as_ref().map_or(0, |response| response.status);
            last = done.reply;
            // What is too long would be too long again.
            if done.is_cut {
                break;
            }
            let random = js_sys::Math::random();
            let Some(pause) = attempts.pause(status, done.retry_after, random, clock::now_ms()) else {
                break;
            };
            if abort.is_aborted() {
                break;
            }
            clock::sleep(pause).await;
            if abort.is_aborted() {
                break;
            }
        }
        last
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

/// Whether the method carries a body.
fn is_post(request: &Request) -> bool {
    matches!(request.method, Method::Post)
}

#[cfg(test)]
mod first_reads_tests;
