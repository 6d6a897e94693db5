//! Tests the client against servers that know nothing of Acme: mocks of DexCare's published API descriptions, which
//! answer with the descriptions' own examples or with random data. `cargo xtask test published` starts the mocks and
//! passes their addresses in environment variables; without these the tests print "skipped".

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test, whose figures are read")]

use std::env;

use booking::ids::{PracticeId, RegionCode, VisitType};
use booking::search::{Search, SearchCentre, SearchPage};
use chrono::NaiveDate;
use dexcare::{Auth, Call, FindOptions, Method, NearbyVisitTypes, SearchForm, WaitTimes};

/// How often each call is made.
const ANSWERS: usize = 500;

/// A mock server of one description, with its address and whether its answers are random.
struct Mock {
    base: String,
    is_random: bool,
    client: reqwest::Client,
}

impl Mock {
    /// Reads the mocks that the environment variable `variable` names, in the form `static ADDRESS random ADDRESS`.
    fn named(variable: &str) -> Vec<Self> {
        let named = env::var(variable).unwrap_or_default();
        let words: Vec<&str> = named.split_whitespace().collect();
        if words.is_empty() {
            println!("skipped: {variable} names no mock server");
        }
        let mock = |pair: &[&str]| Self {
            base: pair[1].to_owned(),
            is_random: pair[0] == "random",
            client: reqwest::Client::new(),
        };
        words.chunks_exact(2).map(mock).collect()
    }

    /// Makes a call once. The mock's paths have no version prefix.
    async fn ask<C: Call>(&self, call: &C) -> (u16, Option<C::Answer>) {
        let request = call.request();
        assert!(request.auth == Auth::Public, "public reads only");
        let url = request.url(&self.base, "published").replacen("/api/9/", "/", 1).replacen("/v1/", "/", 1);
        let asked = match request.method {
            Method::Get => self.client.get(url),
            Method::Post => self
                .client
                .post(url)
                .header("content-type", "application/json")
                .body(request.body.unwrap_or_default()),
        };
        let response = asked.header("x-api-key", "any").send().await.unwrap();
        let status = response.status().as_u16();
        let body = response.bytes().await.unwrap();
        (status, (status == 200).then(|| call.read(&body)).flatten())
    }

    /// Makes a call many times and reads every 200; `held` counts what the widget would show of an answer.
    async fn many<C: Call>(&self, what: &str, call: &C, held: impl Fn(&C::Answer) -> usize) {
        let (mut answered, mut read, mut shown) = (0, 0, 0);
        for _ in 0..ANSWERS {
            let (status, answer) = self.ask(call).await;
            answered += usize::from(status == 200);
            if let Some(answer) = answer {
                read += 1;
                shown += held(&answer);
            }
        }
        let kind = if self.is_random { "random" } else { "as published" };
        println!("{what}, {kind}: {answered} answers, {read} read, {shown} rows held");
        assert_eq!(answered, ANSWERS, "{what}: the mock answers every request of ours");
        assert_eq!(read, ANSWERS, "{what}: every answer that keeps to the description is read");
        assert!(self.is_random || shown >= ANSWERS, "{what}: what the published example holds is shown");
    }
}

fn search() -> Search {
    Search {
        around: Some(SearchCentre::Zip("98107".into())),
        radius: 25,
        specialty: None,
        gender: None,
        clinic_type: None,
        patient_type: None,
    }
}

fn options(form: SearchForm) -> FindOptions {
    let visit_types = vec![VisitType::new("NewPatient")];
    FindOptions {
        search: search(),
        page: SearchPage { from: None, days: 10, visit_types },
        form,
        today: NaiveDate::from_ymd_opt(2026, 12, 7).unwrap(),
    }
}

#[tokio::test]
async fn care_options_are_read_whatever_the_published_description_allows() {
    for mock in Mock::named("FAT_MOCK_CARE_OPTIONS") {
        mock.many("slots by GET", &options(SearchForm::Get), |found| found.slots.slots.len()).await;
        mock.many("slots by POST", &options(SearchForm::Post), |found| found.slots.slots.len()).await;
        mock.many("offered nearby", &NearbyVisitTypes { search: search() }, Vec::len).await;
    }
}

#[tokio::test]
async fn wait_times_are_read_whatever_the_published_description_allows() {
    // The practice of the published example; the client shows the waits of no other.
    let practice = PracticeId::new("00000000-0000-0000-0000-000000000000");
    for mock in Mock::named("FAT_MOCK_VISIT_SERVICE") {
        let all = WaitTimes { practice: practice.clone(), region: None };
        mock.many("waits of all regions", &all, Vec::len).await;
        let one = WaitTimes { practice: practice.clone(), region: Some(RegionCode::new("WA")) };
        mock.many("waits of a region", &one, Vec::len).await;
    }
}
