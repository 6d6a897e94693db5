//! Tests that the reads that the script sends ahead of the widget (`embed/reads.js`) equal those that the widget itself sends
//! first, byte for byte.

use std::io::Write;
use std::process::{Command as Process, Stdio};

use booking::finder::command::Command as FinderCommand;
use booking::ids::Zone;
use booking::journey::command::Command;
use booking::journey::event::{Change, Event};
use booking::journey::state::State;
use booking::journey::step;
use booking::settings::Ctx;
use booking::time::Zones;
use chrono::NaiveDate;
use dexcare::Host;
use dexcare::exchange::{Context, begin_read};
use serde_json::{Value, json};

use super::config;

/// 7 December 2026, 17:00 UTC, in milliseconds.
const NOW: i64 = 1_796_662_800_000;

type Attributes = Vec<(&'static str, &'static str)>;

/// Time zone rules that know no zone.
pub(super) struct NoZones;
impl Zones for NoZones {
    fn offset(&self, _: &Zone, _: i64) -> Option<i32> {
        None
    }
}

fn noon() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 7).unwrap()
}

fn value<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// The public requests to the API host with which the widget begins, except searches, which the script never sends
/// ahead. Each address is there once, since equal reads are one request.
fn widget_reads(attributes: &Attributes, today: NaiveDate) -> Vec<String> {
    let (config, _) = config::read(&|name| value(attributes, name).map(Into::into), NOW / 1000);
    let Some(config) = config else { return Vec::new() };
    let ctx = Ctx {
        now: NOW / 1000,
        today,
        zones: &NoZones,
        settings: &config.settings,
        errand: booking::errand::not_here,
        ways: Some(booking::finder::order::run),
    };
    let change = Change { is_elsewhere: true, is_other_system: true };
    let mut urls = Vec::new();
    for command in step(&mut State::default(), Event::Configure(change), &ctx) {
        let Command::Finder(FinderCommand::Read { read, fresh, .. }) = command else { continue };
        let request = begin_read(read, fresh, Context { today, ..Context::default() }).request;
        if request.host == Host::Api && !request.path.starts_with("/v1/availability/") {
            assert!(!fresh, "an answer that was read ahead must do");
            urls.extend(config.tier.url(&request).filter(|url| !urls.contains(url)));
        }
    }
    urls
}

/// What the script would send ahead in each case, on a device in `zone`.
fn script_reads(cases: &[(Attributes, i64)], zone: &str) -> Vec<Vec<String>> {
    let object = |attributes: &Attributes| {
        Value::Object(attributes.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    };
    let cases: Vec<_> =
        cases.iter().map(|(given, now)| json!({ "attributes": object(given), "now": now })).collect();
    let mut node = Process::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/first-reads.js"))
        .env("TZ", zone)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut input = node.stdin.take().unwrap();
    let text = serde_json::to_vec(&cases).unwrap();
    let writer = std::thread::spawn(move || input.write_all(&text).unwrap());
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whether the script may send fewer reads than the widget: where requests need a preflight, and in rare cases, which the
/// script leaves out to stay small.
fn is_left_to_the_widget(attributes: &Attributes) -> bool {
    let is_given = |name: &str| value(attributes, name).is_some_and(|value| !value.trim().is_empty());
    let is = |name: &str, word: &str| {
        value(attributes, name).is_some_and(|value| value.trim().eq_ignore_ascii_case(word))
    };
    ["api-key", "domain", "resume"].into_iter().any(is_given)
        || is("mode", "on-demand")
        || is("provider-slots", "v5")
        || value(attributes, "api").is_some_and(|api| api.starts_with("https://["))
        // The page names neither clinicians nor clinics, for example only a brand.
        || !["npi", "department"].into_iter().any(is_given)
}

/// The values to try for each attribute; `None` leaves the attribute out.
const SAID: [(&str, &[Option<&str>]); 17] = [
    (
        "api",
        &[
            Some("https://api.care.example.org"),
            Some(" https://api.care.example.org/dexcare// "),
            Some("HTTPS://Api.Care.Example.Org:8443/a%20b"),
            Some("http://127.0.0.1:8090"),
            Some("http://LOCALHOST"),
            Some("http://[::1]:8090/x/"),
            Some("https://[2001:db8::1]"),
            Some("https://[2001:db8::1]:443/"),
            Some("http://api.care.example.org"),
            Some("http://localhost.example.org"),
            Some("http://localhost:/x"),
            Some("https://"),
            Some("https:///x"),
            Some("https://:443"),
            Some("https://api.example.org:x"),
            Some("https://someone@api.example.org"),
            Some("https://api.example.org?x=1"),
            Some("https://api.example.org/#x"),
            Some("https://api.example.org/a b"),
            Some("https://api.example.org/\u{7f}"),
            Some("https://\u{85}api.example.org"),
            Some("\u{85}https://api.example.org\u{3000}"),
            Some("https:\\\\api.example.org"),
            Some("https://api.exämple.org/<x>"),
            Some("ftp://api.example.org"),
            Some("api.example.org"),
            Some("/dexcare"),
            Some(""),
            None,
        ],
    ),
    (
        "product",
        &[
            Some("findadoctor"),
            Some(" find a doctor "),
            Some("a&b=c+d/e?f#g%20"),
            Some("!'()*~-._"),
            Some("ñ🩺"),
            Some(" "),
            None,
        ],
    ),
    (
        "npi",
        &[
            Some("1234567893"),
            None,
            Some(" 1234567893 \n1003000126\t1234567893 "),
            Some("1234567890 1993999998"),
            Some("1234567890"),
            Some("1234567893,1003000126"),
            Some("1234567893\u{2003}1003000126\u{85}1993999998"),
            Some("\u{feff}1234567893"),
            Some("١٢٣٤٥٦٧٨٩٣"),
            Some("12345678931"),
            Some("  "),
        ],
    ),
    (
        "department",
        &[
            Some("NorthlakeBallard"),
            None,
            Some("NorthlakeBallard  NorthlakeFremont\u{a0}NorthlakeBallard"),
            Some("Año+1|%/"),
            Some(" "),
        ],
    ),
    (
        "visit-type",
        &[
            Some("NewPatient"),
            None,
            Some(" , Flu Shot ,Illness"),
            Some("Grippe & co (neu)!"),
            Some("\u{feff}FluShot\u{85}"),
            Some(","),
        ],
    ),
    (
        "max-days",
        &[
            None,
            Some("1"),
            Some("13"),
            Some("14"),
            Some("+5"),
            Some("007"),
            Some("0"),
            Some("401"),
            Some("400"),
            Some("-3"),
            Some("3.0"),
            Some("3e0"),
            Some("٣"),
            Some("99999999999999999999"),
            Some("soon"),
        ],
    ),
    ("provider-slots", &[None, Some("v4"), Some(" V5 "), Some("v6")]),
    ("patient-type", &[None, Some("New"), Some(" established"), Some("old")]),
    ("mode", &[None, Some("scheduled"), Some("both"), Some(" On-Demand "), Some("never")]),
    ("near", &[None, Some(""), Some("98107"), Some("47.6,-122.3"), Some("Seattle")]),
    ("practice", &[None, Some("c0a8f6a1-0000-4000-8000-000000000001"), Some("7"), Some(" ")]),
    ("brand", &[None, Some("northlake"), Some(" north lake "), Some("")]),
    ("api-key", &[None, Some(""), Some("key")]),
    ("domain", &[None, Some(" "), Some("northlake.example")]),
    ("resume", &[None, Some(""), Some("not one")]),
    ("loading", &[None, Some("eager"), Some(" Lazy ")]),
    ("visits", &[None, Some("https://visits.care.example.org")]),
];

/// Chooses one value for each attribute; `choose` gets the attribute's name and its number of values.
fn case(mut choose: impl FnMut(&str, usize) -> usize) -> Attributes {
    let said = |(name, values): &(&'static str, &'static [Option<&'static str>])| {
        values.get(choose(name, values.len())).copied().flatten().map(|value| (*name, value))
    };
    SAID.iter().filter_map(said).collect()
}

/// The usual pages, and each of them with every other value of each single attribute.
fn plain_cases() -> Vec<Attributes> {
    let mut cases = Vec::new();
    // Each bit decides whether the page has npi, department, visit-type or brand.
    for page in 0..16_usize {
        let bit = |name: &str| {
            let place = ["npi", "department", "visit-type", "brand"].iter().position(|known| *known == name);
            match place {
                // The bit is the index: one of an attribute's first two values is `None`.
                Some(3) => page >> 3 & 1,
                Some(place) => page >> place & 1,
                None => 0,
            }
        };
        for (other, values) in &SAID {
            for value in 0..values.len() {
                cases.push(case(|name, _| if name == *other { value } else { bit(name) }));
            }
        }
    }
    cases
}

/// Attributes in any combination; the same ones in every run.
fn mixed_cases() -> Vec<Attributes> {
    let mut seed = 1_u64;
    let mut random = move |count: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % count
    };
    // Half of the values are each attribute's first, which is what most pages have.
    (0..20_000).map(|_| case(|_, count| if random(2) == 0 { 0 } else { random(count) })).collect()
}

#[test]
fn the_script_reads_ahead_what_the_widget_reads_first_byte_for_byte() {
    let cases: Vec<_> = plain_cases().into_iter().chain(mixed_cases()).map(|case| (case, NOW)).collect();
    let read = script_reads(&cases, "UTC");
    assert_eq!(read.len(), cases.len());
    let (mut same, mut left) = (0, 0);
    for ((attributes, _), read) in cases.iter().zip(read) {
        // These two characters are white space only in Rust or only in JavaScript, so the reads may differ.
        if attributes.iter().any(|(_, value)| value.contains(['\u{85}', '\u{feff}'])) {
            continue;
        }
        let wanted = widget_reads(attributes, noon());
        if is_left_to_the_widget(attributes) {
            assert!(read.iter().all(|url| wanted.contains(url)), "{attributes:?}: {read:?}");
            left += 1;
        } else {
            assert_eq!(read, wanted, "{attributes:?}");
            same += usize::from(!read.is_empty());
        }
    }
    assert!(same > 1_000 && left > 1_000, "{same} cases read something ahead, {left} are left to the widget");
}

#[test]
fn headers_and_a_sign_in_that_comes_back_keep_the_script_from_reading() {
    let page = [("api", "https://api.example.org"), ("npi", "1234567893"), ("visit-type", "NewPatient")];
    let with = |more: &[(&'static str, &'static str)]| ([&page[..], more].concat(), NOW);
    let cases = [
        with(&[]),
        with(&[("api-key", "key")]),
        with(&[("domain", "example.org")]),
        with(&[("resume", "x")]),
        with(&[("mode", "on-demand")]),
    ];
    let counts: Vec<_> = script_reads(&cases, "UTC").iter().map(Vec::len).collect();
    assert_eq!(counts, [2, 0, 0, 0, 0]);
}

#[test]
fn the_first_day_is_the_devices_own_on_either_side_of_midnight_and_of_a_change_of_clocks() {
    let attributes: Attributes =
        vec![("api", "https://api.example.org"), ("npi", "1234567893"), ("visit-type", "NewPatient")];
    // Milliseconds since 1970, and the date in that zone at that moment.
    for (zone, moments) in [
        ("UTC", [(1_796_687_999_999, "2026-12-07"), (1_796_688_000_000, "2026-12-08")]),
        // Midnight is 08:00 UTC in Seattle, 10:00 UTC the day before on Kiritimati.
        ("America/Los_Angeles", [(1_796_716_799_999, "2026-12-07"), (1_796_716_800_000, "2026-12-08")]),
        ("Pacific/Kiritimati", [(1_796_637_599_999, "2026-12-07"), (1_796_637_600_000, "2026-12-08")]),
        ("Asia/Kathmandu", [(1_796_667_299_999, "2026-12-07"), (1_796_667_300_000, "2026-12-08")]),
        // Clocks go forward at midnight on 25 April 2025 in Cairo: that day begins at 01:00. In Seattle they go
        // back on 1 November 2026.
        ("Africa/Cairo", [(1_745_531_999_999, "2025-04-24"), (1_745_532_000_000, "2025-04-25")]),
        ("America/Los_Angeles", [(1_793_602_799_999, "2026-11-01"), (1_793_606_400_000, "2026-11-02")]),
        ("Europe/Berlin", [(1_830_293_999_999, "2027-12-31"), (1_830_294_000_000, "2028-01-01")]),
    ] {
        let cases = moments.map(|(now, _)| (attributes.clone(), now));
        for ((_, day), read) in moments.iter().zip(script_reads(&cases, zone)) {
            let today = day.parse::<NaiveDate>().unwrap();
            assert_eq!(read, widget_reads(&attributes, today), "{day} in {zone}");
            assert!(read[0].contains(&["startDate=", day].concat()), "{zone}: {}", read[0]);
        }
    }
}
