//! What is known of times and places. Filled by [`super::times`] and
//! [`super::directory`].

use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::directory::Directory;
use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, Npi, UrlName, VisitType, Zone};
use crate::outcome::Trouble;
use crate::schedule::{self, Day, Reading, Time};
use crate::search::Around;
use crate::settings::Target;
use crate::slot::Slot;
use crate::time::Zones;

/// Why a typed place is none that can be searched around.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeekTrouble {
    /// Neither a ZIP nor a town.
    NotUnderstood,
    /// No clinic is in a town of that name.
    UnknownTown,
}

/// Times and places known so far.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Board {
    /// What is looked for.
    pub target: Target,
    /// Names and places; shared with an errand, which keeps what was known when the finder began to look elsewhere.
    pub directory: Arc<Directory>,
    /// The one whose times are read.
    pub visit_type: Option<VisitType>,
    /// Slots of the chosen visit type; shared with `held`, so that a change of them is another pointer.
    pub slots: Arc<Vec<Slot>>,
    /// The times made of the slots last; see [`Board::keep_times`].
    pub(super) held: Held,
    /// What the last search can be repeated by, on the scheduling pages.
    pub context: Option<String>,
    /// Why what was typed as a place is none.
    pub seek_trouble: Option<SeekTrouble>,
    /// Where the patient is, for the order of a brand's clinics.
    pub around: Option<Around>,
    /// The brand's clinic that was picked.
    pub clinic: Option<DepartmentIdentifier>,
    /// The zone of the last response that named one.
    pub zone: Option<Zone>,
    /// What narrows the times.
    pub filter: Filter,
    /// Open days on screen.
    pub days_shown: usize,
    /// The last day asked for (named clinicians only; a clinic's timeslots have no dates).
    pub searched_to: Option<NaiveDate>,
    /// The system's own look-ahead in days, once known.
    pub lookahead: Option<u32>,
    /// Why times are missing, if any are: a read of them failed. A name that nobody knows does not count where
    /// others answered.
    pub trouble: Option<Trouble>,
    /// When the times were last read, seconds since 1970.
    pub read_at: i64,
    /// Times are being read.
    pub reading: bool,
    /// Some read of times was answered since they were last read from the beginning.
    pub(super) answered: bool,
    /// Why names and places are missing; matters only where there is nothing to show.
    pub(super) unlisted: Option<Trouble>,
    pub(super) windows: u32,
    /// The visit type before the search was refined; taken again where it is still to be had.
    pub(super) preferred: Option<VisitType>,
    /// Where the next page of each search begins.
    pub(super) next_pages: Vec<(Option<Npi>, NaiveDate)>,
    /// The brand's clinics whose times are read.
    pub(super) clinics: Vec<UrlName>,
    pub(super) lookahead_asked: bool,
    pub(super) unknown_places: Vec<DepartmentIdentifier>,
}

/// Times, and what they were made of.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub(super) struct Held {
    slots: Arc<Vec<Slot>>,
    places: Vec<PlaceHeld>,
    times: Arc<Vec<Arc<Time>>>,
}

/// What a clinic does to the times there.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
struct PlaceHeld {
    place: DepartmentIdentifier,
    zone: Option<Zone>,
    /// Whether its times are shown at all.
    counts: bool,
}

impl Deref for Board {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        &self.directory
    }
}

impl Board {
    /// Names and places, to be added to; an errand that keeps them keeps them as they were.
    pub(crate) fn directory_mut(&mut self) -> &mut Directory {
        Arc::make_mut(&mut self.directory)
    }

    /// The slots, to be changed. Not inlined: copying shared slots is long, and many places change them.
    #[inline(never)]
    pub(crate) fn slots_mut(&mut self) -> &mut Vec<Slot> {
        Arc::make_mut(&mut self.slots)
    }

    /// Every time as it was made at the end of the last step; see [`Board::times`].
    pub fn all_times(&self) -> &Arc<Vec<Arc<Time>>> {
        &self.held.times
    }

    /// Makes the times anew where the slots, the zones of their clinics or the clinics that count are others than before.
    /// Everything else that happens costs nothing here, however many slots there are.
    #[inline(never)]
    pub(crate) fn keep_times(&mut self, zones: &dyn Zones) {
        let is_same = Arc::ptr_eq(&self.slots, &self.held.slots)
            && self.held.places.iter().all(|known| *known == self.place_held(&known.place));
        if is_same {
            return;
        }
        let mut places: Vec<PlaceHeld> = Vec::new();
        for slot in &*self.slots {
            if !places.iter().any(|known| known.place == slot.place) {
                places.push(self.place_held(&slot.place));
            }
        }
        let times = Arc::new(self.times(zones).into_iter().map(Arc::new).collect());
        self.held = Held { slots: Arc::clone(&self.slots), places, times };
    }

    fn place_held(&self, place: &DepartmentIdentifier) -> PlaceHeld {
        PlaceHeld { place: place.clone(), zone: self.zone_of(place), counts: self.counts(place) }
    }

    /// Whether the page asked for times at a clinic, and the patient picked no other.
    #[inline(never)]
    fn counts(&self, place: &DepartmentIdentifier) -> bool {
        let is_asked = match &self.target {
            Target::Clinicians { departments, .. } if !departments.is_empty() => {
                self.department(place).is_some_and(|known| departments.contains(&known.url_name))
            }
            _ => true,
        };
        is_asked && self.clinic.as_ref().is_none_or(|clinic| clinic == place)
    }

    /// Every time held, equal ones merged, at the places the page asked for or the patient picked.
    pub fn times(&self, zones: &dyn Zones) -> Vec<Time> {
        let zone_of = |place: &DepartmentIdentifier| self.zone_of(place);
        let reading = Reading { zone_of: &zone_of, zones };
        let mut times = schedule::times(&self.slots, &reading);
        times.retain(|time| self.counts(time.place()));
        times
    }

    /// Open days that the filter lets through, of the times made last.
    pub fn days(&self) -> Vec<Day> {
        schedule::days(&self.held.times, &self.filter)
    }
}
