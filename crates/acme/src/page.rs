//! The frame of Acme's own HTML pages: sign-in, scheduling, waiting room. No script, no outside resource.

use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

// No `form-action`: browsers would apply it to the redirect back to the host page as well.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                      frame-ancestors 'none'";

const STYLE: &str = include_str!("page.css");

/// A page with the name of its owner and a heading; `body` is HTML.
pub fn page(status: StatusCode, name: &str, heading: &str, body: &str) -> Response {
    let html = format!(
        r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading} · {name}</title><link rel="icon" href="data:,"><style>{STYLE}</style></head>
<body><header class="brand"><span class="mark" aria-hidden="true"></span>{name}</header>
<main><h1>{heading}</h1>
<p class="notice">This is a test system. Nobody here is real, and no appointment made here is real.</p>
{body}</main></body></html>"#
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("x-frame-options"), "DENY"),
    ];
    (status, headers, html).into_response()
}

/// Escapes a text for HTML content and attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
