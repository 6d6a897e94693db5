//! The published schedule of clinicians, before any booking.
//!
//! The length of a block is drawn for its clinic, so that the clinicians of one clinic have the same times; only flu
//! nurses (10 minutes) and video visits (20 minutes) have a fixed length. Whether a block is busy is drawn for each
//! clinician. A block is one instant; all its visit types share it, and one booking takes the block.

use chrono::{DateTime, Datelike, Duration, LocalResult, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::World;
use super::chance::{draw, word};
use super::clinics::Hours;
use super::roster::Role;
use super::visit_types::VisitType;

/// One bookable instant of a clinician at a clinic.
#[derive(Debug, Clone)]
pub struct Block {
    /// When it starts.
    pub start: DateTime<Utc>,
    /// The visit types that can be booked into it, one for each short name.
    pub visit_types: Vec<&'static VisitType>,
}

// What a draw is for, so that draws for different purposes are independent.
const LEAVE: u64 = 1;
const CLOSED_WEEK: u64 = 2;
const FULL_DAY: u64 = 3;
const BUSY: u64 = 4;
const LENGTH: u64 = 5;
const SHIFT: u64 = 6;
const FLU: u64 = 7;

impl World {
    /// Whether the clinician works at that post on that local day; the day can still be full.
    pub fn works(&self, who: usize, post: usize, date: NaiveDate) -> bool {
        let clinician = &self.clinicians[who];
        let post = &clinician.posts[post];
        let clinic = &self.clinics[post.clinic];
        if !clinic.is_active || !clinic.has_schedule || !post.weekdays.contains(&date.weekday()) {
            return false;
        }
        if clinic.hours.on(date.weekday()).is_none() {
            return false;
        }
        let week = week(date);
        let on_leave = clinician.role != Role::FluNurse
            && draw(self.seed, &[LEAVE, word(&clinician.npi), week]).is_multiple_of(9);
        // These two clinics never close for a week, so that the example pages and the tests always find times.
        let may_close = !matches!(clinic.url_name, "NorthlakeBallard" | "NorthlakeTacoma");
        let closed =
            may_close && draw(self.seed, &[CLOSED_WEEK, word(clinic.url_name), week]).is_multiple_of(11);
        !on_leave && !closed
    }

    /// The free blocks of a clinician's published schedule at a post, on a local day of the post's clinic, in order.
    pub fn day(&self, who: usize, post: usize, date: NaiveDate) -> Vec<Block> {
        if !self.works(who, post, date) {
            return Vec::new();
        }
        let clinician = &self.clinicians[who];
        let held = &clinician.posts[post];
        let clinic = &self.clinics[held.clinic];
        let me = word(&clinician.npi);
        let day = day_number(date);
        let is_full =
            clinician.role != Role::FluNurse && draw(self.seed, &[FULL_DAY, me, day]).is_multiple_of(8);
        if is_full {
            return Vec::new();
        }
        let mut blocks = Vec::new();
        for (opens, closes) in self.sessions(who, clinic.hours, date) {
            let Some((mut start, end)) = session_bounds(clinic.zone, date, opens, closes) else { continue };
            while start < end {
                let at = start.timestamp().unsigned_abs();
                let length = match clinician.role {
                    Role::FluNurse => 10,
                    Role::Video => 20,
                    _ if draw(self.seed, &[LENGTH, word(clinic.url_name), at]).is_multiple_of(5) => 20,
                    _ => 30,
                };
                let local = start.with_timezone(&clinic.zone);
                let busy =
                    draw(self.seed, &[BUSY, me, at]) % 100 < busy_percent(local.time(), date.weekday());
                if !busy {
                    let flu = draw(self.seed, &[FLU, me, at]).is_multiple_of(3);
                    let visit_types =
                        offered(&held.visit_types, length, flu || clinician.role == Role::FluNurse);
                    if !visit_types.is_empty() {
                        blocks.push(Block { start, visit_types });
                    }
                }
                start += Duration::minutes(i64::from(length));
            }
        }
        blocks
    }

    /// The block that starts at this instant, if the published schedule has it.
    pub fn block_at(&self, who: usize, post: usize, start: DateTime<Utc>) -> Option<Block> {
        let zone = self.clinics[self.clinicians.get(who)?.posts.get(post)?.clinic].zone;
        let date = start.with_timezone(&zone).date_naive();
        self.day(who, post, date).into_iter().find(|block| block.start == start)
    }

    fn sessions(&self, who: usize, hours: Hours, date: NaiveDate) -> Vec<(u32, u32)> {
        let clinician = &self.clinicians[who];
        let Some((opens, closes)) = hours.on(date.weekday()) else { return Vec::new() };
        if clinician.role == Role::Night {
            return vec![(0, 6 * 60)];
        }
        let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let (opens, closes) = (opens.max(8 * 60), closes.min(20 * 60));
        if is_weekend {
            return vec![(opens, closes)];
        }
        let shift = draw(self.seed, &[SHIFT, word(&clinician.npi), day_number(date)]) % 3;
        let sessions = match (clinician.role, shift) {
            (Role::Urgent, 0) => vec![(opens, 14 * 60)],
            (Role::Urgent, _) => vec![(12 * 60, closes)],
            (Role::FluNurse, _) => vec![(9 * 60, 12 * 60), (13 * 60, 18 * 60)],
            (_, 0) => vec![(opens, 12 * 60)],
            (_, _) => vec![(opens, 12 * 60), (13 * 60, 17 * 60)],
        };
        sessions.into_iter().map(|(from, until)| (from, until.min(closes))).filter(|(a, b)| a < b).collect()
    }
}

/// Local midnight of a day as an instant: the `date` of a day in a schedule.
pub fn midnight(zone: Tz, date: NaiveDate) -> DateTime<Tz> {
    local(zone, date, 0).unwrap_or_else(|| zone.from_utc_datetime(&date.and_time(NaiveTime::MIN)))
}

fn session_bounds(
    zone: Tz,
    date: NaiveDate,
    opens: u32,
    closes: u32,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let until = if closes >= 24 * 60 { local(zone, date.succ_opt()?, 0) } else { local(zone, date, closes) };
    Some((local(zone, date, opens)?.to_utc(), until?.to_utc()))
}

/// A wall-clock time as an instant: the first if it occurs twice, an hour later if the clock skips it.
fn local(zone: Tz, date: NaiveDate, minutes: u32) -> Option<DateTime<Tz>> {
    let wall = date.and_hms_opt(minutes / 60, minutes % 60, 0)?;
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at),
        LocalResult::None => zone.from_local_datetime(&(wall + Duration::hours(1))).earliest(),
    }
}

/// Percentage of blocks that are busy: highest on weekday mornings, lowest on weekday evenings.
fn busy_percent(time: NaiveTime, day: Weekday) -> u64 {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let evening = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
    match day {
        Weekday::Sat | Weekday::Sun => 70,
        _ if time < noon => 80,
        _ if time < evening => 50,
        _ => 35,
    }
}

/// The visit types that fit into a block of this length: the longest one for each short name, flu shots only with
/// `flu`, and none that only staff can schedule.
fn offered(rows: &[&'static VisitType], length: u32, flu: bool) -> Vec<&'static VisitType> {
    let mut offered: Vec<&'static VisitType> = Vec::new();
    for &row in rows {
        if row.minutes > length || row.short_name.is_none() || (row.short_name == Some("FluShot") && !flu) {
            continue;
        }
        match offered.iter_mut().find(|other| other.short_name == row.short_name) {
            Some(other) if other.minutes < row.minutes => *other = row,
            Some(_) => {}
            None => offered.push(row),
        }
    }
    offered
}

fn week(date: NaiveDate) -> u64 {
    day_number(date).wrapping_add(6) / 7
}

fn day_number(date: NaiveDate) -> u64 {
    u64::from(date.num_days_from_ce().unsigned_abs())
}
