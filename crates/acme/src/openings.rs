//! Free times: the blocks of the world's schedule, without those that are past, taken, or beyond a visit type's
//! look-ahead. Every call that lists times reads them here, so a taken time disappears from all lists.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::refusal::Refusal;
use crate::search::{Place, Search};
use crate::state::Acme;
use crate::store::bookings;
use crate::world::HORIZON_DAYS;
use crate::world::visit_types::VisitType;

/// One free time of one clinician at one post, for one visit type.
pub struct Opening {
    /// Index of the clinician.
    pub who: usize,
    /// Index of that clinician's post.
    pub post: usize,
    /// When it starts.
    pub start: DateTime<Utc>,
    /// The visit type it can be booked for.
    pub visit_type: &'static VisitType,
}

/// The free times of one post.
#[derive(Default)]
pub struct Found {
    /// Free times, in order.
    pub openings: Vec<Opening>,
    /// The requested days on which the clinician works at the clinic, even those without a free time.
    pub days: Vec<NaiveDate>,
}

/// A clinician's free times at one post, from a first to a last day, both included and local to the clinic. Empty if
/// the post offers none of the wanted visit types.
pub fn of_post(
    acme: &Acme,
    (who, post): (usize, usize),
    (first, last): (NaiveDate, NaiveDate),
    is_wanted: impl Fn(&VisitType) -> bool,
) -> Result<Found, Refusal> {
    let clinician = &acme.world.clinicians[who];
    let held = &clinician.posts[post];
    let mut found = Found::default();
    if !held.visit_types.iter().any(|row| row.short_name.is_some() && is_wanted(row)) {
        return Ok(found);
    }
    let clinic = &acme.world.clinics[held.clinic];
    let now = acme.now();
    let claimed =
        acme.store.read(|db| Ok(bookings::claimed(db, &clinician.npi, &clinic.identifier(), now)?))?;
    let today = acme.today(clinic.zone);
    let last = last.min(later(today, HORIZON_DAYS));
    for day in first.max(today).iter_days().take_while(|day| *day <= last) {
        if !acme.world.works(who, post, day) {
            continue;
        }
        found.days.push(day);
        for block in acme.world.day(who, post, day) {
            if block.start <= now || claimed.contains(&block.start.timestamp()) {
                continue;
            }
            let in_reach = |row: &VisitType| day < later(today, row.look_ahead.min(HORIZON_DAYS));
            let offered = block.visit_types.into_iter().filter(|row| in_reach(row) && is_wanted(row));
            found.openings.extend(offered.map(|visit_type| Opening {
                who,
                post,
                start: block.start,
                visit_type,
            }));
        }
    }
    Ok(found)
}

/// The free times that fit a search at one of its places, from a first to a last day, both included and local to the
/// clinic.
pub fn of_place(
    acme: &Acme,
    search: &Search,
    place: &Place,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<Opening>, Refusal> {
    Ok(of_post(acme, (place.who, place.post), days, |row| search.fits_visit_type(row))?.openings)
}

/// The date this many days later.
pub fn later(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

/// The day before.
pub fn day_before(date: NaiveDate) -> NaiveDate {
    date.pred_opt().unwrap_or(NaiveDate::MIN)
}
