//! What the page asks for: the part of the configuration that the machines need, and the context of a step. The host
//! element reads it from its attributes; the machines never change it.

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
    /// The least number that it takes.
    pub least: u16,
    /// The greatest number that it takes.
    pub most: u16,
    /// What applies without the attribute.
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
        /// The clinics; empty = all where the clinicians see patients.
        departments: Vec<UrlName>,
        /// Their times come from v5 (§2.8), which gives no slot ids.
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

/// One of the ways to be seen that a page can offer beside each other (`mode="both"`, or with alternatives).
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Way {
    /// What the page names first.
    #[default]
    Named,
    /// Any clinician near the patient.
    Nearby,
    /// A visit as soon as a clinician is free.
    OnDemand,
}

/// What a full-page sign-in brought back: what was chosen before it. Checked again before use.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Resume {
    /// A time; its slot is without an id.
    Time(Box<Slot>),
    /// An on-demand visit.
    OnDemand(RegionCode, Modality),
    /// The value is older than half an hour, or was not issued by the widget.
    Lost,
}

/// How a chosen time becomes a booking (the attribute `booking`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// Booked in the widget.
    Inline,
    /// Booked on DexCare's scheduling pages; only for a clinic's time or one from a search, else as `Event`.
    Link,
    /// Booked by the host page.
    Event,
}

/// The part of the configuration that the machines need.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Settings {
    /// What to look for.
    pub target: Target,
    /// Preset visit types, the preferred one first; empty = ask the patient if there is a choice.
    pub visit_types: Vec<VisitType>,
    /// How many open days are shown before "more days".
    pub days: usize,
    /// How far ahead to look, in days.
    pub max_days: u32,
    /// What happens to a chosen time.
    pub route: Route,
    /// New or established patient, if the search takes it.
    pub patient_type: Option<PatientType>,
    /// The health system's brand, which names its clinics (for their towns) and its cancel reasons.
    pub brand: Option<String>,
    /// A search for any clinician near, offered beside named clinicians.
    pub nearby: Option<Box<Search>>,
    /// The practice whose on-demand visits are offered, alone or beside times.
    pub practice: Option<PracticeId>,
    /// Only on-demand visits are offered; the target then only says which clinic's or clinician's own line is offered.
    pub only_on_demand: bool,
    /// The preset region.
    pub region: Option<RegionCode>,
    /// The clinic's own line is offered (a convention agreed with DexCare, §3.4).
    pub clinic_line: bool,
    /// The clinician's own line is offered, under this key (as above).
    pub clinician_line: Option<String>,
    /// Whether the host page has a card field.
    pub takes_cards: bool,
    /// Whether there are scheduling pages to leave for (`scheduling` and `brand`).
    pub can_hand_off: bool,
    /// What was chosen before a full-page sign-in.
    pub resume: Option<Resume>,
}

/// A configuration for an inline page that names nothing yet, with the defaults.
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
    /// Whether both look for the same. How far ahead they look and how a time is booked may differ.
    pub fn looks_for_the_same(&self, other: &Self) -> bool {
        self.looks_the_same(&Self { days: self.days, max_days: self.max_days, ..other.clone() })
    }

    /// Whether both look for the same, as far ahead. How a time is booked may differ.
    pub fn looks_the_same(&self, other: &Self) -> bool {
        let Self { route, takes_cards, can_hand_off, ref resume, .. } = *other;
        *other == Self { route, takes_cards, can_hand_off, resume: resume.clone(), ..self.clone() }
    }

    /// Whether the page looks for more than the times of clinics and clinicians that it names.
    /// [`finder::order::Order`]s find the rest.
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
    /// Seconds since 1970.
    pub now: i64,
    /// The browser's date.
    pub today: NaiveDate,
    /// The browser's zone rules.
    pub zones: &'a dyn Zones,
    /// Configuration.
    pub settings: &'a Settings,
    /// The errand's machine: [`errand::run`], or [`errand::not_here`] until the machine is loaded.
    pub errand: errand::Run,
    /// Carries out the finder's [`finder::order::Order`]s: [`finder::order::run`], or `None` until it is loaded.
    pub ways: Option<finder::order::Run>,
}
