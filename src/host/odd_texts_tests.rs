//! Tests that no text in the attributes, from a page, an editor or a forged link, causes a panic or a configuration that breaks
//! the contract. `cargo xtask fuzz` tries a million texts.

use booking::finder::command::Command as FinderCommand;
use booking::ids::Npi;
use booking::journey::command::Command;
use booking::journey::event::{Change, Event};
use booking::journey::state::State;
use booking::journey::step;
use booking::on_demand::Modality;
use booking::settings::{Ctx, Resume, Target};
use chrono::NaiveDate;
use dexcare::exchange::{Context, begin_read};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;

use super::config;
use super::diagnosis::Level;
use super::first_reads_tests::NoZones;
use super::resume;

/// Monday 7 December 2026, 17:00 UTC.
const NOW: i64 = 1_796_662_800;

/// A valid value of each attribute.
const GOOD: [(&str, &str); 28] = [
    ("api", "https://api.care.northlake.example/dexcare"),
    ("visits", "http://localhost:8091/api/9"),
    ("scheduling", "https://schedule.northlake.example"),
    ("product", "findadoctor"),
    ("npi", "1234567893 1003000126"),
    ("department", "NorthlakeBallard NorthlakeFremont"),
    ("near", "98107"),
    ("radius", "30"),
    ("specialty", "Family Medicine"),
    ("visit-type", "FluShot, Illness"),
    ("practice", "0b8f4b3e-52d1-4d39-a1ad-0c3ce1a51dbd"),
    ("mode", "both"),
    ("region", "WA"),
    ("days", "10"),
    ("max-days", "90"),
    ("heading-level", "3"),
    ("booking", "inline"),
    ("brand", "northlake"),
    ("tenant", "northlake"),
    ("domain", "ballard"),
    ("api-key", "acme-public"),
    ("clinician-line", "whitfield"),
    ("clinic-line", ""),
    ("provider-slots", "v5"),
    ("patient-type", "new"),
    ("loading", "lazy"),
    ("backup-times", "0"),
    ("people", "1"),
];

/// Odd texts that replace a part of a value, or all of it.
const ODD: [&str; 24] = [
    "",
    " ",
    "\n",
    "\0",
    "\u{85}",
    "\u{feff}",
    "\u{202e}",
    "🩺",
    "\"",
    "<script>",
    "@",
    "?",
    "#",
    "\\",
    "//",
    "../",
    ":",
    "%",
    "%2",
    "+",
    "99999999999999999999",
    "-1",
    "١٢٣",
    "javascript:",
];

type Page = Vec<(&'static str, String)>;

/// The valid value `good`, `good` with an odd text in it, another attribute's valid value, or any text.
fn text(good: &'static str) -> impl Strategy<Value = String> {
    let changed = (any::<Index>(), any::<Index>(), select(&ODD[..])).prop_map(move |(from, to, odd)| {
        let letters: Vec<char> = good.chars().collect();
        let (from, to) = (from.index(letters.len() + 1), to.index(letters.len() + 1));
        let (from, to) = (from.min(to), from.max(to));
        letters[..from].iter().copied().chain(odd.chars()).chain(letters[to..].iter().copied()).collect()
    });
    let another = select(&GOOD[..]).prop_map(|(_, good)| good.to_owned());
    prop_oneof![6 => Just(good.to_owned()), 4 => changed, 1 => another, 1 => any::<String>()]
}

fn page() -> impl Strategy<Value = Page> {
    let attribute = |(name, good)| (Just(name), text(good));
    // Nearly every page sets `api`.
    let some = proptest::collection::vec(select(&GOOD[..]).prop_flat_map(attribute), 0..8);
    (text(GOOD[0].1), some).prop_map(|(api, mut page)| {
        page.push(("api", api));
        page
    })
}

/// A value that `resume::write` could return, a changed or truncated one, or any text.
fn value() -> impl Strategy<Value = String> {
    let given = "t1\n1796662800\np\n2026-12-08T15:40:00-08:00\norg.northlake.epic.main\n100210\n1234567893\nNewPatient";
    let line = "n1\n1796662800\nWA\nvirtual";
    let hex = |text: String| resume::hex(&text);
    prop_oneof![
        4 => text(given).prop_map(hex),
        2 => text(line).prop_map(hex),
        2 => text(given).prop_map(hex).prop_flat_map(|value| (Just(value), any::<Index>())).prop_map(|(value, cut)| {
            value.get(..cut.index(value.len() + 1)).unwrap_or_default().to_owned()
        }),
        1 => any::<String>(),
    ]
}

/// Tries `number` values, or the number in `WIDGET_TEXTS`.
fn try_all<S: Strategy>(
    number: u32,
    all: &S,
    check: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Result<(), String> {
    let number = match std::env::var("WIDGET_TEXTS") {
        Ok(text) => text.parse().map_err(|_| format!("WIDGET_TEXTS is {text}, and no whole number"))?,
        Err(_) => number,
    };
    let config = ProptestConfig { cases: number, failure_persistence: None, ..ProptestConfig::default() };
    let tried = TestRunner::new(config).run(all, check);
    eprintln!("{number} texts");
    tried.map_err(|failed| failed.to_string())
}

/// Whether an address is `https:`, or `http:` on loopback, without anything that could send a request elsewhere.
fn is_safe(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let local = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let is_local = local.iter().any(|host| {
        lower.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ':']))
    });
    (lower.starts_with("https://") || is_local)
        && !address.ends_with('/')
        && !address
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control() || "@?#\\<>\"".contains(letter))
}

fn check(page: &Page) -> Result<(), TestCaseError> {
    let attribute =
        |name: &str| page.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let (config, found) = config::read(&attribute, NOW);
    for diagnosis in &found {
        prop_assert!(diagnosis.message.chars().count() < 300 && !diagnosis.mend.is_empty(), "{diagnosis:?}");
    }
    let Some(config) = config else {
        prop_assert!(
            found.iter().any(|diagnosis| diagnosis.level == Level::Error),
            "nothing is shown, and nobody told why"
        );
        return Ok(());
    };
    let tier = &config.tier;
    prop_assert!(is_safe(&tier.api), "{}", tier.api);
    for address in [&tier.visits, &config.scheduling].into_iter().flatten() {
        prop_assert!(is_safe(address), "{address}");
    }
    for header in [&tier.domain, &tier.api_key].into_iter().flatten() {
        prop_assert!(header.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{header}");
    }
    let settings = &config.settings;
    prop_assert!((1..=60).contains(&settings.days) && (1..=400).contains(&settings.max_days));
    prop_assert!((2..=6).contains(&config.heading_level) && !tier.product.trim().is_empty());
    if let Target::Clinicians { npis, .. } = &settings.target {
        prop_assert!(npis.iter().all(|npi| Npi::parse(npi.as_str()).is_ok()));
    }

    // The widget sends its requests to the hosts of `api` and `visits` and no other, in plain characters.
    let today = NaiveDate::from_ymd_opt(2026, 12, 7).unwrap();
    let ctx = Ctx {
        now: NOW,
        today,
        zones: &NoZones,
        settings,
        errand: booking::errand::not_here,
        ways: Some(booking::finder::order::run),
    };
    let change = Change { is_elsewhere: true, is_other_system: true };
    for command in step(&mut State::default(), Event::Configure(change), &ctx) {
        let Command::Finder(FinderCommand::Read { read, fresh, .. }) = command else { continue };
        let request = begin_read(read, fresh, Context { today, ..Context::default() }).request;
        let Some(url) = tier.url(&request) else { continue };
        let is_plain = |rest: &str| {
            rest.starts_with('/')
                && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%/?&=".contains(&byte))
        };
        // The address of one host may begin with the address of the other.
        let mut hosts = [Some(&tier.api), tier.visits.as_ref()].into_iter().flatten();
        let is_sent_there = hosts.any(|host| url.strip_prefix(host.as_str()).is_some_and(is_plain));
        prop_assert!(is_sent_there, "{url}");
        prop_assert!(url.contains("product="), "{url}");
    }
    Ok(())
}

#[test]
fn no_attributes_hurt() -> Result<(), String> {
    try_all(4_000, &page(), |page| check(&page))
}

#[test]
fn no_resume_value_hurts() -> Result<(), String> {
    try_all(4_000, &(value(), -100..4_000_i64), |(value, later)| {
        let now = NOW + later;
        match resume::read(&value, now) {
            Resume::Lost => {}
            Resume::Time(slot) => {
                prop_assert!((-60..=1_800).contains(&later), "{later} s later");
                prop_assert!(slot.id.is_none(), "a slot's id is always read again");
                let texts = [slot.npi.as_str(), slot.visit_type.as_str(), slot.place.ehr.as_str()];
                prop_assert!(texts.iter().all(|text| !text.is_empty()));
            }
            Resume::OnDemand(region, modality) => {
                let again = resume::read(&resume::write_line(&region, modality, now), now);
                prop_assert!(matches!(again, Resume::OnDemand(..)), "{value}");
                prop_assert!(Modality::from_wire(modality.as_str()).is_some());
            }
        }
        Ok(())
    })
}
