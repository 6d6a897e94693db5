//! The sign-in page, without scripts or outside resources.

use std::collections::HashMap;
use std::fmt::Write;

use axum::http::StatusCode;
use axum::response::Response;

use super::authorize::CARRIED;
use crate::page::{escape, page};
use crate::world::people::{self, PASSWORD};

/// The health system that the page names.
const BRAND: &str = "Northlake Health";

/// The sign-in form, with the values typed so far and the problem with them.
pub fn sign_in(
    status: StatusCode,
    values: &HashMap<String, String>,
    username: &str,
    problem: Option<&str>,
) -> Response {
    let mut carried = String::new();
    for name in CARRIED {
        if let Some(value) = values.get(name) {
            let _ = write!(carried, r#"<input type="hidden" name="{name}" value="{}">"#, escape(value));
        }
    }
    let (alert, described) = match problem {
        Some(problem) => (
            format!(r#"<p class="alert" id="problem" role="alert">{}</p>"#, escape(problem)),
            r#" aria-invalid="true" aria-describedby="problem""#,
        ),
        None => (String::new(), ""),
    };
    let mut hints = String::new();
    for person in people::all() {
        let name = &person.demographics.name;
        let _ = write!(
            hints,
            "<dt><code>{}</code> {} {}</dt><dd>{}</dd>",
            person.username,
            escape(&name.given),
            escape(&name.family),
            escape(person.note)
        );
    }
    let username = escape(username);
    let (focus_name, focus_password) =
        if username.is_empty() { (" autofocus", "") } else { ("", " autofocus") };
    let body = format!(
        r#"<form method="post" action="/oauth2/authorize" accept-charset="utf-8">
{alert}{carried}
<label for="username">User name</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required
 value="{username}"{focus_name}{described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required{focus_password}{described}>
<button type="submit">Sign in</button>
</form>
<section class="demo" aria-labelledby="demo"><h2 id="demo">Demo patients</h2>
<p>Every password is <code>{PASSWORD}</code>.</p><dl>{hints}</dl></section>"#
    );
    page(status, BRAND, "Sign in to Northlake Health", &body)
}

/// An error page, for a request without a trusted redirect address.
pub fn problem(text: &str) -> Response {
    let body = format!(r#"<p class="alert" role="alert">{}</p>"#, escape(text));
    page(StatusCode::BAD_REQUEST, BRAND, "We cannot sign you in", &body)
}
