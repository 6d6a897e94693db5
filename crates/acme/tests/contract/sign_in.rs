//! The identity provider: authorization code with PKCE, and the requests that it refuses.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use reqwest::Url;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::{Answer, MARTA, Town, send, town};

const BACK: &str = "http://localhost:8080/callback.html";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn request(challenge: &str) -> Vec<(&'static str, String)> {
    vec![
        ("response_type", "code".to_owned()),
        ("client_id", "find-a-time-preview".to_owned()),
        ("redirect_uri", BACK.to_owned()),
        ("scope", "openid offline_access".to_owned()),
        ("state", "s&\"<1>".to_owned()),
        ("nonce", "n1".to_owned()),
        ("code_challenge", challenge.to_owned()),
        ("code_challenge_method", "S256".to_owned()),
    ]
}

fn good_request() -> Vec<(&'static str, String)> {
    request(&URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)))
}

async fn show(town: &Town, request: &[(&str, String)]) -> Answer {
    let mut url = Url::parse(&town.api("/oauth2/authorize")).expect("a URL");
    url.query_pairs_mut().extend_pairs(request);
    send(town.http.get(url)).await
}

async fn submit(
    town: &Town,
    mut request: Vec<(&'static str, String)>,
    username: &str,
    password: &str,
) -> Answer {
    request.push(("username", username.to_owned()));
    request.push(("password", password.to_owned()));
    send(town.http.post(town.api("/oauth2/authorize")).form(&request)).await
}

fn back(answer: &Answer) -> Url {
    Url::parse(answer.header("location").unwrap_or_else(|| panic!("no redirect: {}", answer.text)))
        .expect("a URL")
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn code(town: &Town) -> String {
    let answer = submit(town, good_request(), "Marta ", "acme").await;
    assert_eq!(answer.status, 303);
    parameter(&back(&answer), "code").expect("a code")
}

async fn exchange(town: &Town, code: &str, redirect_uri: &str, verifier: &str) -> Answer {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "find-a-time-preview"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("code_verifier", verifier),
    ];
    send(town.http.post(town.api("/oauth2/token")).form(&form)).await
}

#[tokio::test]
async fn a_patient_signs_in_and_the_access_token_opens_her_record() {
    let town = town().await;
    let page = show(&town, &good_request()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<html lang=\"en\">") && page.text.contains("<label for=\"password\">"));
    assert!(page.text.contains("s&amp;&quot;&lt;1&gt;"), "the state travels, escaped");
    assert!(!page.text.contains("<script") && page.header("content-security-policy").is_some());

    let answer = submit(&town, good_request(), "marta", "acme").await;
    assert_eq!(answer.status, 303);
    let target = back(&answer);
    assert!(target.as_str().starts_with(BACK));
    assert_eq!(parameter(&target, "state").as_deref(), Some("s&\"<1>"));

    let tokens = exchange(&town, &parameter(&target, "code").expect("a code"), BACK, VERIFIER).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    assert_eq!(tokens.header("cache-control"), Some("no-store"));
    let tokens = tokens.json();
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&"Bearer".into(), &3600.into()));
    let access = tokens["access_token"].as_str().expect("a token");
    let patient = send(town.http.get(town.api("/v1/patient")).bearer_auth(access)).await;
    assert_eq!(patient.json()["id"], MARTA);
}

#[tokio::test]
async fn tokens_verify_against_the_published_key_set() {
    let town = town().await;
    let discovery = town.read("/.well-known/openid-configuration").await;
    let issuer = town.api("");
    assert_eq!(discovery["issuer"], issuer);
    assert_eq!(discovery["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    let jwks = send(town.http.get(discovery["jwks_uri"].as_str().expect("an address"))).await.json();
    let key = &jwks["keys"][0];
    assert_eq!((&key["kty"], &key["alg"]), (&"EC".into(), &"ES256".into()));
    let text = |name: &str| key[name].as_str().expect("a coordinate").to_owned();
    let key = DecodingKey::from_ec_components(&text("x"), &text("y")).expect("a key");

    let tokens = exchange(&town, &code(&town).await, BACK, VERIFIER).await.json();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.validate_exp = false;
    validation.set_audience(&["find-a-time-preview"]);
    validation.set_issuer(&[&issuer]);
    let id_token = tokens["id_token"].as_str().expect("an id token");
    let claims = jsonwebtoken::decode::<Value>(id_token, &key, &validation).expect("a valid token").claims;
    assert_eq!((&claims["nonce"], &claims["name"]), (&"n1".into(), &"Marta Okafor".into()));
}

#[tokio::test]
async fn a_code_is_good_once_for_its_verifier_and_its_address() {
    let town = town().await;
    let wrong_verifier = "x".repeat(43);
    for (redirect_uri, verifier) in
        [(BACK, wrong_verifier.as_str()), (BACK, ""), ("http://localhost/other", VERIFIER)]
    {
        let refused = exchange(&town, &code(&town).await, redirect_uri, verifier).await;
        assert_eq!((refused.status, &refused.json()["error"]), (400, &"invalid_grant".into()));
    }
    let code = code(&town).await;
    assert_eq!(exchange(&town, &code, BACK, VERIFIER).await.status, 200);
    assert_eq!(exchange(&town, &code, BACK, VERIFIER).await.status, 400, "a second time");
}

#[tokio::test]
async fn a_code_expires() {
    let town = town().await;
    let code = code(&town).await;
    town.tell("/clock", serde_json::json!({"advance": 301})).await;
    assert_eq!(exchange(&town, &code, BACK, VERIFIER).await.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_wrong_password_shows_the_form_again_and_keeps_the_name() {
    let town = town().await;
    for (username, password) in [("marta", "wrong"), ("nobody", "acme"), ("marta", "")] {
        let answer = submit(&town, good_request(), username, password).await;
        assert_eq!(answer.status, 400);
        assert!(
            answer.text.contains("role=\"alert\"") && answer.text.contains(&format!("value=\"{username}\""))
        );
        assert!(answer.header("location").is_none());
    }
    let hostile = submit(&town, good_request(), "\"><script>", "x").await;
    assert!(!hostile.text.contains("<script>"));
}

#[tokio::test]
async fn pkce_is_required_and_only_known_ways_back_are_taken() {
    let town = town().await;
    let without =
        |name: &str| -> Vec<_> { good_request().into_iter().filter(|(key, _)| *key != name).collect() };
    for name in ["code_challenge", "code_challenge_method"] {
        let answer = show(&town, &without(name)).await;
        assert_eq!(parameter(&back(&answer), "error").as_deref(), Some("invalid_request"), "{name}");
        assert!(parameter(&back(&answer), "state").is_some());
    }
    let plain = request(VERIFIER).into_iter().map(|(name, value)| {
        if name == "code_challenge_method" { (name, "plain".to_owned()) } else { (name, value) }
    });
    let answer = show(&town, &plain.collect::<Vec<_>>()).await;
    assert_eq!(parameter(&back(&answer), "error").as_deref(), Some("invalid_request"));

    for bad in [
        "https://evil.example/",
        "http://localhost.evil.example/",
        "javascript:alert(1)",
        "http://localhost/#x",
        "",
    ] {
        let mut request = good_request();
        request[2].1 = bad.to_owned();
        let answer = show(&town, &request).await;
        assert_eq!((answer.status, answer.header("location")), (400, None), "{bad}");
    }
    let mut stranger = good_request();
    stranger[1].1 = "somebody-else".to_owned();
    assert_eq!(show(&town, &stranger).await.status, 400);
}

#[tokio::test]
async fn a_token_that_was_tampered_with_or_signed_by_another_seed_is_refused() {
    let town = town().await;
    let other_seed = crate::support::town_with(acme::Config {
        seed: 2,
        now: Some(crate::support::at(crate::support::MONDAY_MORNING)),
        ..acme::Config::default()
    });
    let foreign = other_seed.await.token("marta").await;
    let own = town.token("marta").await;
    let (head, rest) = own.split_once('.').expect("a header");
    let (claims, signature) = rest.split_once('.').expect("claims");
    let nadia = URL_SAFE_NO_PAD.decode(claims).map(|claims| {
        URL_SAFE_NO_PAD.encode(String::from_utf8(claims).expect("text").replace("marta", "nadia"))
    });
    let forged = format!("{head}.{}.{signature}", nadia.expect("claims"));
    let unsigned = format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#));
    for token in [foreign, forged, unsigned, "x.y.z".to_owned(), String::new()] {
        let answer = send(town.http.get(town.api("/v1/patient")).bearer_auth(token)).await;
        assert_eq!(answer.status, 401);
    }
    let basic =
        send(town.http.get(town.api("/v1/patient")).header("authorization", format!("Basic {own}"))).await;
    assert_eq!(basic.status, 401);
}
