//! Free times, whichever list they are written into: the world's blocks less the past, the claimed, and what lies
//! beyond a visit type's look-ahead. Every list reads them here, so a time that is gone is gone from all of them.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::refusal::Refusal;
use crate::state::Acme;
use crate::store::bookings;
use crate::world::HORIZON_DAYS;
use crate::world::visit_types::VisitType;

/// One free time of one clinician at one post, for one visit type.
pub struct Opening {
    /// Clinician.
    pub who: usize,
    /// That clinician's post.
    pub post: usize,
    /// Start.
    pub start: DateTime<Utc>,
    /// What it may be booked for.
    pub visit_type: &'static VisitType,
}

/// What one post has to offer.
#[derive(Default)]
pub struct Found {
    /// Free times, in order.
    pub openings: Vec<Opening>,
    /// Local days of the clinic that are worked, whether or not anything is free.
    pub days: Vec<NaiveDate>,
}

/// A clinician's free times at one post on these local days of its clinic, both included. Nothing at all where the
/// post offers none of the wanted visit types.
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

/// So many days on.
pub fn later(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

/// The day before.
pub fn day_before(date: NaiveDate) -> NaiveDate {
    date.pred_opt().unwrap_or(NaiveDate::MIN)
}
