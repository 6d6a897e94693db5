//! Reads the attributes into a configuration. Nothing here throws: a value that cannot be used is reported, and the default is
//! used instead.

use booking::attributes::{
    BACKUP_TIMES, BOOKING, DAYS, EVENT_DETAILS, HEADING_LEVEL, LOADING, MAX_DAYS, PATIENT_TYPE, PEOPLE, TIER,
    VIEW,
};
use booking::ids::{RegionCode, VisitType};
use booking::search::PatientType;
use booking::settings::{Number, Resume, Route, Settings};
use net::Tier;

use super::attribute::Reader;
use super::diagnosis::{Diagnosis, Level};

/// How the page wants a chosen time booked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Booking {
    /// Decided at each press by what the page has set ([`Config::route`]).
    Auto,
    /// In the widget, even if the page gives no token yet.
    Inline,
    /// On DexCare's scheduling pages.
    Link,
    /// By the host page, which gets the time in `findatime-selected`.
    Event,
}

/// Everything the attributes say.
#[derive(Clone, PartialEq)]
pub struct Config {
    /// Where requests go.
    pub tier: Tier,
    /// The address of DexCare's scheduling pages.
    pub scheduling: Option<String>,
    /// The tenant whose list of insurers is read.
    pub tenant: Option<String>,
    /// Whether to offer an interpreter where the API accepts one.
    pub interpreter: bool,
    /// Whether the page points to the test tier.
    pub is_test_system: bool,
    /// What to look for; its `route` is decided anew at each press.
    pub settings: Settings,
    /// How the page wants a chosen time booked.
    pub booking: Booking,
    /// Level of the first heading.
    pub heading_level: u16,
    /// Whether the page has set `event-details="full"`.
    pub full_details: bool,
}

/// Whether two configurations send their requests to the same environment, whatever their `product`.
pub fn is_same_system(a: Option<&Config>, b: Option<&Config>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.tier == Tier { product: a.tier.product.clone(), ..b.tier.clone() },
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

impl Config {
    /// The route of a chosen time. `Inline` needs a Visit host, and either `booking="inline"` or a page that signs
    /// patients in (`signs_in`: it has a `getToken` or has responded to `findatime-signin`; or its `resume` is valid).
    /// `Link` needs the scheduling pages and a brand. Otherwise, and with `booking="event"`, the route is `Event`.
    pub fn route(&self, signs_in: bool) -> Route {
        let can_link = self.settings.can_hand_off;
        let signs_in = signs_in || self.has_signed_in();
        match self.booking {
            Booking::Auto | Booking::Inline
                if self.tier.visits.is_some() && (signs_in || self.booking == Booking::Inline) =>
            {
                Route::Inline
            }
            Booking::Auto | Booking::Inline | Booking::Link if can_link => Route::Link,
            _ => Route::Event,
        }
    }

    /// Whether only the page's response to `findatime-signin` can decide if a chosen time is booked in the widget.
    pub fn is_undecided(&self, signs_in: bool) -> bool {
        self.booking == Booking::Auto && self.tier.visits.is_some() && !signs_in && !self.has_signed_in()
    }

    /// Whether the page handled a `findatime-signin` before it was loaded again: `resume` then holds a valid value of that
    /// event. An expired or unreadable value does not count.
    fn has_signed_in(&self) -> bool {
        match self.settings.resume {
            Some(Resume::Time(_) | Resume::OnDemand(..)) => true,
            Some(Resume::Lost) | None => false,
        }
    }
}

/// Numbers of which only the default is implemented.
const ONLY_DEFAULT: [Number; 2] = [BACKUP_TIMES, PEOPLE];

/// Reads the attributes, at `now` in seconds since 1970. Returns no configuration if nothing can be shown; the diagnoses say
/// why.
pub fn read(attribute: &dyn Fn(&str) -> Option<String>, now: i64) -> (Option<Config>, Vec<Diagnosis>) {
    let mut reader = Reader { attribute, found: Vec::new() };
    let config = reader.config(now);
    (config, reader.found)
}

impl Reader<'_> {
    fn config(&mut self, now: i64) -> Option<Config> {
        if self.text("time-zone").is_some() {
            self.not_yet("time-zone");
        }
        if self.flag("support-reference") {
            self.not_yet("support-reference");
        }
        for number in ONLY_DEFAULT {
            if self.number(number) != number.default {
                self.not_yet(number.name);
            }
        }
        let product = self.text("product").unwrap_or_else(|| {
            self.found.push(Diagnosis::new(
                "product-missing",
                Level::Warning,
                &["product is missing; requests are tagged find-a-time"],
                &["Name the page's use case, such as product=\"findadoctor\", so that DexCare can tell it from others."],
            ));
            "find-a-time".into()
        });
        let is_test_system = self.choice(TIER) == Some("uat");
        if is_test_system {
            self.found.push(Diagnosis::new(
                "test-tier",
                Level::Info,
                &["tier is uat: bookings made here are not real"],
                &["On a live page, point api and visits to PRD and remove tier."],
            ));
        }
        let heading_level = self.number(HEADING_LEVEL);
        let days = self.number(DAYS).into();
        let max_days = self.number(MAX_DAYS).into();
        if self.choice(VIEW).is_some_and(|view| view != "list") {
            self.not_yet(VIEW.name);
        }
        // Only the script uses `loading`; a wrong value is reported here, with the other attributes.
        self.choice(LOADING);
        let full_details = self.choice(EVENT_DETAILS).is_some();
        let booking = match self.choice(BOOKING) {
            Some("inline") => Booking::Inline,
            Some("link") => Booking::Link,
            Some(_) => Booking::Event,
            None => Booking::Auto,
        };
        let brand = self.text("brand");
        let visits = self.visits();
        let scheduling = self.address("scheduling");
        match booking {
            Booking::Inline if visits.is_none() => self.lacks("booking=\"inline\"", "visits"),
            Booking::Link if scheduling.is_none() => self.lacks("booking=\"link\"", "scheduling"),
            Booking::Link if brand.is_none() => self.lacks("booking=\"link\"", "brand"),
            _ => {}
        }
        let (domain, api_key) = (self.header("domain"), self.header("api-key"));
        let visit_types = self.list("visit-type", ',').iter().map(|name| VisitType::new(name)).collect();
        let wanted = self.target();
        if visits.is_none() && wanted.as_ref().is_some_and(|wanted| wanted.practice.is_some()) {
            self.lacks("practice", "visits");
        }
        let patient_type = match self.choice(PATIENT_TYPE) {
            Some("new") => Some(PatientType::New),
            Some(_) => Some(PatientType::Established),
            None => None,
        };
        let region = self.text("region").map(|code| RegionCode::new(&code.to_ascii_uppercase()));
        let clinic_line = self.flag("clinic-line");
        let clinician_line = self.line_key();
        let resume = self.text("resume").map(|value| super::resume::read(&value, now));
        let api = self.address("api");
        if api.is_none() && self.text("api").is_none() {
            self.found.push(Diagnosis::new(
                "api-missing",
                Level::Error,
                &["api is missing: there is nowhere to ask for times"],
                &["Set api to the API host of your DexCare tier, such as https://api.care.example.org"],
            ));
        }
        let tier = Tier { api: api?, visits, product, domain, api_key };
        let wanted = wanted?;
        let can_hand_off = scheduling.is_some() && brand.is_some();
        let tenant = self.text("tenant").or_else(|| brand.clone());
        let settings = Settings {
            target: wanted.target,
            visit_types,
            days,
            max_days,
            route: Route::Event,
            patient_type,
            brand,
            nearby: wanted.nearby,
            practice: wanted.practice,
            only_on_demand: wanted.only_on_demand,
            region,
            clinic_line,
            clinician_line,
            takes_cards: false,
            can_hand_off,
            resume,
        };
        Some(Config {
            tier,
            scheduling,
            tenant,
            interpreter: self.flag("interpreter"),
            is_test_system,
            settings,
            booking,
            heading_level,
            full_details,
        })
    }
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;
