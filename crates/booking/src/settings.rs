//! What the page asks for: the part of the configuration that the machines need, and what a step may look at besides the
//! state. Read by the host element from its attributes; nothing here changes on the way.

use chrono::NaiveDate;

use crate::ids::{Npi, PracticeId, RegionCode, UrlName, VisitType};
use crate::on_demand::Modality;
use crate::search::{PatientType, Search};
use crate::slot::Slot;
use crate::time::Zones;
use crate::{errand, finder};

/// What the page looks for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Target {
    /// Named clinicians, at all their clinics or at those named.
    Clinicians {
        /// Who; at least one.
        npis: Vec<Npi>,
        /// Empty = everywhere they see patients.
        departments: Vec<UrlName>,
        /// Their times come from v5 (§2.8), which gives no slot ids.
        from_v5: bool,
    },
    /// Any clinician at these clinics; at least one.
    Departments(Vec<UrlName>),
    /// Whoever is around a place.
    Near(Box<Search>),
    /// The patient picks among a brand's clinics.
    Brand(String),
    /// No appointments at all: on-demand visits only.
    OnDemand,
}

impl Default for Target {
    fn default() -> Self {
        Self::Departments(Vec::new())
    }
}

impl Target {
    /// Nobody and nowhere.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Clinicians { npis, .. } => npis.is_empty(),
            Self::Departments(names) => names.is_empty(),
            Self::Brand(brand) => brand.is_empty(),
            Self::Near(_) | Self::OnDemand => false,
        }
    }

    /// For named clinicians.
    pub fn names_clinicians(&self) -> bool {
        matches!(self, Self::Clinicians { .. })
    }
}

/// One of the ways to be seen that an element can offer beside each other (`mode="both"`, or with alternatives).
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Way {
    /// What the page names first.
    #[default]
    Named,
    /// Anyone near.
    Nearby,
    /// As soon as somebody is free.
    OnDemand,
}

/// What a full-page sign-in brought back: what was chosen before it. Checked again before it is used.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Resume {
    /// A time; its slot is without an id.
    Time(Box<Slot>),
    /// An on-demand visit.
    Now(RegionCode, Modality),
    /// It is older than half an hour, or not what was given out.
    Lost,
}

/// How a chosen time becomes a booking (`booking`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// Here.
    Inline,
    /// On DexCare's scheduling pages; only for a clinic's time, else as `Event`.
    Link,
    /// By the host page.
    Event,
}

/// The part of the configuration that the machines need.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Settings {
    /// What to look for.
    pub target: Target,
    /// Preset visit types, the first one first; empty = asked where there is a choice.
    pub visit_types: Vec<VisitType>,
    /// Open days before paging.
    pub days: usize,
    /// How far ahead to look, in days.
    pub max_days: u32,
    /// What happens to a chosen time.
    pub route: Route,
    /// New or established, where the search takes it.
    pub patient_type: Option<PatientType>,
    /// The health system's brand: its clinics' towns, and its reasons for cancelling.
    pub brand: Option<String>,
    /// Anyone near, offered beside named clinicians.
    pub nearby: Option<Box<Search>>,
    /// On-demand visits of this practice: alone, or beside the rest.
    pub practice: Option<PracticeId>,
    /// Nothing but on-demand visits is offered; the target then only says whose lines there are.
    pub only_on_demand: bool,
    /// The region preset.
    pub region: Option<RegionCode>,
    /// The clinic's own line is offered (a convention agreed with DexCare, §3.4).
    pub clinic_line: bool,
    /// The clinician's own line is offered, under this key (ditto).
    pub clinician_line: Option<String>,
    /// The host page has a card field.
    pub takes_cards: bool,
    /// There are scheduling pages to hand off to (`scheduling` and `brand`).
    pub can_hand_off: bool,
    /// What was chosen before a full-page sign-in.
    pub resume: Option<Resume>,
}

/// An inline page that names nothing yet, with what applies where a page says nothing.
impl Default for Settings {
    fn default() -> Self {
        Self {
            target: Target::default(),
            visit_types: Vec::new(),
            days: 10,
            max_days: 90,
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
    /// Whether both look for the same, however far and however it is booked.
    pub fn looks_for_the_same(&self, other: &Self) -> bool {
        self.looks_the_same(&Self { days: self.days, max_days: self.max_days, ..other.clone() })
    }

    /// Whether both look for the same and as far; how it is then booked may differ.
    pub fn looks_the_same(&self, other: &Self) -> bool {
        let Self { route, takes_cards, can_hand_off, ref resume, .. } = *other;
        *other == Self { route, takes_cards, can_hand_off, resume: resume.clone(), ..self.clone() }
    }

    /// Whether more is looked for than the times of clinics and clinicians that the page names: what
    /// [`finder::order::Order`]s are for.
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

/// What a step may look at besides the state.
pub struct Ctx<'a> {
    /// Seconds since 1970.
    pub now: i64,
    /// The browser's date.
    pub today: NaiveDate,
    /// Zone rules.
    pub zones: &'a dyn Zones,
    /// Configuration.
    pub settings: &'a Settings,
    /// The errand's machine: [`errand::run`], or [`errand::not_here`] as long as it has not been loaded.
    pub errand: errand::Run,
    /// Carries out what the finder leaves to a part of its own: [`finder::order::run`], or `None` as long as it has not been
    /// loaded.
    pub ways: Option<finder::order::Run>,
}
