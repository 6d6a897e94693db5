//! What the finder knows of times and places. [`super::times`], [`super::search`] and [`super::directory`] fill
//! the board.

use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::directory::Directory;
use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, EhrSystem, Npi, UrlName, VisitType, Zone};
use crate::outcome::ApiError;
use crate::place::{AgeRange, VisitTypeOffer};
use crate::schedule::{self, Day, Reading, Time};
use crate::search::SearchCentre;
use crate::settings::Target;
use crate::slot::Slot;
use crate::time::Zones;

/// Why the place that the patient typed cannot be searched around.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlaceError {
    /// The text is neither a ZIP code nor a town.
    NotUnderstood,
    /// No clinic is in a town with this name.
    UnknownTown,
}

/// Times and places known so far.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Board {
    /// What the finder looks for.
    pub target: Target,
    /// Names and places. An errand shares them, and keeps them unchanged when the finder begins to look elsewhere.
    pub directory: Arc<Directory>,
    /// The visit type whose times are read.
    pub visit_type: Option<VisitType>,
    /// The slots of the chosen visit type. `held` shares this list. Every change makes a new list, so that comparing
    /// the two pointers shows whether the slots have changed.
    pub slots: Arc<Vec<Slot>>,
    /// The times as they were last made from the slots; see [`Board::keep_times`].
    pub(super) held: Held,
    /// The search context with which the scheduling pages can repeat the last search.
    pub context: Option<String>,
    /// Why the place that the patient typed cannot be searched around.
    pub place_error: Option<PlaceError>,
    /// The place that the patient named, for sorting a brand's clinics.
    pub around: Option<SearchCentre>,
    /// The clinic that the patient picked from the brand's.
    pub clinic: Option<DepartmentIdentifier>,
    /// The zone of the last response that named one.
    pub zone: Option<Zone>,
    /// The filter of the times.
    pub filter: Filter,
    /// How many open days are shown at most.
    pub days_shown: usize,
    /// The page's limit: the last day whose times are shown, on the clinic's calendar. `None` until times are read.
    pub(super) last_day: Option<NaiveDate>,
    /// The last day whose times were read (named clinicians only; a clinic's timeslots have no dates).
    pub searched_to: Option<NaiveDate>,
    /// The look-ahead in days of each EHR system that was asked for it; `None` = there is no answer.
    pub(super) lookaheads: Vec<(EhrSystem, Option<u32>)>,
    /// Why times are missing, if a read of times failed. A 404 for one clinic or clinician counts only while no other
    /// read has been answered.
    pub error: Option<ApiError>,
    /// When the times were last read, seconds since 1970.
    pub read_at: i64,
    /// Times are being read.
    pub reading: bool,
    /// Whether any read of times has been answered since [`super::Machine::read_slots`] last began the reads.
    pub(super) answered: bool,
    /// Why names and places are missing. Shown only if there are no times to show.
    pub(super) unlisted: Option<ApiError>,
    pub(super) windows: u32,
    /// Whether the reads for the first view ask for fresh answers: the patient or the host page wants what failed, or
    /// what was not there, to be read again.
    pub(super) is_fresh: bool,
    /// The visit type that was chosen before the patient changed the search. It is chosen again if the new search
    /// finds it, too.
    pub(super) preferred: Option<VisitType>,
    /// The first day of the next page, for each search that has one, until that page is read. `None` instead of a
    /// clinician = the search is around a place.
    pub(super) next_pages: Vec<(Option<Npi>, NaiveDate)>,
    /// The brand's clinics whose times are read.
    pub(super) clinics: Vec<UrlName>,
    pub(super) unknown_places: Vec<DepartmentIdentifier>,
}

/// Times, and the values from which they were made.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub(super) struct Held {
    slots: Arc<Vec<Slot>>,
    places: Vec<PlaceHeld>,
    unread_from: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    times: Arc<Vec<Arc<Time>>>,
}

/// The values that decide whether and how a clinic's times are shown. If they change, the times are made again.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
struct PlaceHeld {
    place: DepartmentIdentifier,
    zone: Option<Zone>,
    /// Whether the clinic's times are shown at all.
    counts: bool,
}

impl Deref for Board {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        &self.directory
    }
}

impl Board {
    /// The directory, to add names and places. An errand that shares the directory keeps it without the additions.
    pub(crate) fn directory_mut(&mut self) -> &mut Directory {
        Arc::make_mut(&mut self.directory)
    }

    /// The slots, to change them. Not inlined, to keep the wasm small: the code that copies shared slots is long, and
    /// many places call it.
    #[inline(never)]
    pub(crate) fn slots_mut(&mut self) -> &mut Vec<Slot> {
        Arc::make_mut(&mut self.slots)
    }

    /// All times, as `keep_times` last made them. [`Board::times`] makes them anew.
    pub fn all_times(&self) -> &Arc<Vec<Arc<Time>>> {
        &self.held.times
    }

    /// Makes the times again, but only if the slots, a clinic's zone, or whether a clinic's or a day's times are shown
    /// has changed. Otherwise an event costs nothing here, however many slots there are.
    #[inline(never)]
    pub(crate) fn keep_times(&mut self, zones: &dyn Zones) {
        let unread_from = self.unread_from();
        let is_same = Arc::ptr_eq(&self.slots, &self.held.slots)
            && unread_from == self.held.unread_from
            && self.last_day == self.held.last_day
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
        let (slots, last_day) = (Arc::clone(&self.slots), self.last_day);
        self.held = Held { slots, places, unread_from, last_day, times };
    }

    fn place_held(&self, place: &DepartmentIdentifier) -> PlaceHeld {
        PlaceHeld { place: place.clone(), zone: self.zone_of(place), counts: self.counts(place) }
    }

    /// Whether the times of this clinic are shown: the page looks for times at the clinic, and the patient has not
    /// picked another.
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

    /// The first day of the earliest page that is not read yet; `None` if all pages are read. A page can contain times
    /// of later days, since some clinics are read further than others, but not all times of these days.
    fn unread_from(&self) -> Option<NaiveDate> {
        self.next_pages.iter().map(|(_, from)| *from).min()
    }

    /// All times at the clinics that the page looks at, or at the one that the patient picked, on the days whose times
    /// are all read, up to the page's limit: a clinic's list and a page of a search may go further. Equal slots are
    /// merged into one time.
    pub fn times(&self, zones: &dyn Zones) -> Vec<Time> {
        let zone_of = |place: &DepartmentIdentifier| self.zone_of(place);
        let reading = Reading { zone_of: &zone_of, zones };
        let mut times = schedule::times(&self.slots, &reading);
        let unread_from = self.unread_from();
        times.retain(|time| {
            let day = time.local.date();
            self.counts(time.place())
                && unread_from.is_none_or(|from| day < from)
                && self.last_day.is_none_or(|last| day <= last)
        });
        times
    }

    /// The ages that a visit type is meant for: at the clinic that the patient picked, or at every clinic.
    pub fn ages_of(&self, offer: &VisitTypeOffer) -> Option<AgeRange> {
        self.clinic.as_ref().map_or(offer.ages, |clinic| self.ages_at(clinic, &offer.short_name))
    }

    /// The days with times that pass the filter, from [`Self::all_times`].
    pub fn days(&self) -> Vec<Day> {
        schedule::days(&self.held.times, &self.filter)
    }
}
