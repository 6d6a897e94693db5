//! What the page asks for: the part of the configuration that the machines need, and the context of a step. The
//! widget reads the configuration from the element's attributes; the machines never change it.

use chrono::NaiveDate;

use crate::attributes::{DAYS, MAX_DAYS};
use crate::ids::{Npi, PracticeId, RegionCode, UrlName, VisitType};
use crate::on_demand::Modality;
use crate::search::{PatientType, Search};
use crate::slot::Slot;
use crate::time::Zones;
use crate::{errand, finder};

/// An attribute that takes a whole number.
#[derive(Clone, Copy)]
pub struct Number {
    /// The name in HTML.
    pub name: &'static str,
    /// The least number that the attribute accepts.
    pub least: u16,
    /// The greatest number that the attribute accepts.
    pub most: u16,
    /// The number that is used without the attribute.
    pub default: u16,
}

/// An attribute that takes a word of a list.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The name in HTML.
    pub name: &'static str,
    /// The words, in lower case.
    pub values: &'static [&'static str],
    /// The words as a diagnostic lists them: "inline, link or event".
    pub listed: &'static str,
}

/// What the page looks for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Target {
    /// Named clinicians, at all their clinics or at the named ones.
    Clinicians {
        /// The clinicians; at least one.
        npis: Vec<Npi>,
        /// The clinics; empty = all clinics where these clinicians see patients.
        departments: Vec<UrlName>,
        /// Whether the times come from the v5 timeslots (§2.8), which have no slot ids.
        from_v5: bool,
    },
    /// Any clinician at these clinics; at least one.
    Departments(Vec<UrlName>),
    /// Any clinician around a place.
    Near(Box<Search>),
    /// A clinic that the patient picks from a brand's.
    Brand(String),
    /// On-demand visits only, no appointments.
    OnDemand,
}

impl Default for Target {
    fn default() -> Self {
        Self::Departments(Vec::new())
    }
}

impl Target {
    /// Whether the page names nothing to look for.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Clinicians { npis, .. } => npis.is_empty(),
            Self::Departments(names) => names.is_empty(),
            Self::Brand(brand) => brand.is_empty(),
            Self::Near(_) | Self::OnDemand => false,
        }
    }

    /// Whether the page names clinicians.
    pub fn names_clinicians(&self) -> bool {
        matches!(self, Self::Clinicians { .. })
    }
}

/// One of the ways to be seen that a page can offer side by side (with `mode="both"`).
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Way {
    /// The times of [`Settings::target`].
    #[default]
    Named,
    /// Any clinician near the patient.
    Nearby,
    /// A visit as soon as a clinician is free.
    OnDemand,
}

/// What the attribute `resume` brings back after a full-page sign-in: the time or line that the patient chose
/// before it. It is looked up again before it is used.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Resume {
    /// A time, as a slot without an id.
    Time(Box<Slot>),
    /// An on-demand visit in this region, by this modality.
    OnDemand(RegionCode, Modality),
    /// The value is older than half an hour, or was not issued by the widget.
    Lost,
}

/// Where a chosen time is booked (the attribute `booking`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// In the widget.
    Inline,
    /// On DexCare's scheduling pages. Possible only for a clinic's time, or for a time from a search; any other time
    /// is booked as with `Event`.
    Link,
    /// By the host page, which gets the time in an event.
    Event,
}

/// The part of the configuration that the machines need.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Settings {
    /// What to look for.
    pub target: Target,
    /// The visit types that the page names, the preferred one first; empty = ask the patient if there are several.
    pub visit_types: Vec<VisitType>,
    /// How many open days are shown before "more days".
    pub days: usize,
    /// How far ahead to look, in days.
    pub max_days: u32,
    /// Where a chosen time is booked.
    pub route: Route,
    /// Limits the v5 timeslots to those for new or for established patients. A search around a place has
    /// [`Search::patient_type`].
    pub patient_type: Option<PatientType>,
    /// The health system's brand, by which its clinics (for their towns) and its cancel reasons are read.
    pub brand: Option<String>,
    /// A search for any clinician nearby, offered beside named clinicians.
    pub nearby: Option<Box<Search>>,
    /// The practice whose on-demand visits are offered, alone or beside times.
    pub practice: Option<PracticeId>,
    /// Whether only on-demand visits are offered. The target then only says which clinic's or clinician's own line is
    /// offered.
    pub only_on_demand: bool,
    /// The region that the page names for on-demand visits.
    pub region: Option<RegionCode>,
    /// Whether the clinic's own line is offered (a convention agreed with DexCare, §3.4).
    pub clinic_line: bool,
    /// The key under which a booking names the clinician, if the clinician's own line is offered (also agreed with
    /// DexCare, §3.4).
    pub clinician_line: Option<String>,
    /// Whether the host page has a card field.
    pub takes_cards: bool,
    /// Whether the page configures the scheduling pages (`scheduling` and `brand`), so that the patient can be sent
    /// there.
    pub can_hand_off: bool,
    /// The value of the attribute `resume`, if the page sets it.
    pub resume: Option<Resume>,
}

/// The defaults: the page books in the widget, and names nothing to look for yet.
impl Default for Settings {
    fn default() -> Self {
        Self {
            target: Target::default(),
            visit_types: Vec::new(),
            days: DAYS.default.into(),
            max_days: MAX_DAYS.default.into(),
            route: Route::Inline,
            patient_type: None,
            brand: None,
            nearby: None,
            practice: None,
            only_on_demand: false,
            region: None,
            clinic_line: false,
            clinician_line: None,
            takes_cards: false,
            can_hand_off: false,
            resume: None,
        }
    }
}

impl Settings {
    /// Whether both configurations look for the same times and lines. How many days they show, how far ahead they look,
    /// and how a time is booked may differ.
    pub fn looks_for_the_same(&self, other: &Self) -> bool {
        self.looks_the_same(&Self { days: self.days, max_days: self.max_days, ..other.clone() })
    }

    /// Whether both configurations look for the same times and lines, equally far ahead, and show equally many days.
    /// How a time is booked may differ.
    pub fn looks_the_same(&self, other: &Self) -> bool {
        let Self { route, takes_cards, can_hand_off, ref resume, .. } = *other;
        *other == Self { route, takes_cards, can_hand_off, resume: resume.clone(), ..self.clone() }
    }

    /// Whether the page looks for more than the times of clinics and clinicians that it names. Everything else is
    /// found by [`finder::order::Order`]s, in a later part of the wasm.
    pub fn needs_ways(&self) -> bool {
        let is_named =
            matches!(self.target, Target::Departments(_) | Target::Clinicians { from_v5: false, .. });
        !is_named || self.nearby.is_some() || self.practice.is_some()
    }

    /// The ways to be seen, in the order offered.
    pub fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        if !self.only_on_demand {
            ways.push(Way::Named);
        }
        if self.nearby.is_some() && !self.only_on_demand {
            ways.push(Way::Nearby);
        }
        if self.practice.is_some() {
            ways.push(Way::OnDemand);
        }
        ways
    }
}

/// The context of a step: what it may read besides the state.
pub struct Ctx<'a> {
    /// The current time, in seconds since 1970.
    pub now: i64,
    /// Today's date in the browser's time zone.
    pub today: NaiveDate,
    /// The time zone rules, which the browser knows.
    pub zones: &'a dyn Zones,
    /// The page's configuration.
    pub settings: &'a Settings,
    /// The errand's machine: [`errand::run`], or [`errand::not_here`] until the machine is loaded.
    pub errand: errand::Run,
    /// Carries out the finder's [`finder::order::Order`]s: [`finder::order::run`], or `None` until it is loaded.
    pub ways: Option<finder::order::Run>,
}
