//! A simulated server that keeps visits, for walks in which several journeys of one patient book. A request may
//! get lost, the server may carry it out without answering or long after the journey has stopped waiting, and the
//! browser may send it twice.
//!
//! The server itself checks two guarantees: it never has two open visits from one submit, and it never gets a card
//! token twice.

use std::collections::BTreeSet;

use super::random::Rng;
use crate::api::{Answer, Visit, Write};
use crate::fixtures::*;
use crate::ids::{BookedSlot, DepartmentIdentifier, PatientGuid, SlotId, VisitId};
use crate::outcome::{ApiError, Confirmation, Outcome, Refusal};
use crate::request::RequestId;
use crate::slot::{Slot, Source};
use crate::time::Moment;
use crate::visits::{ClinicVisit, ClinicVisitList, ClinicVisitStatus, VisitFilter};

/// The number of one submit, counted over all journeys of a walk.
pub type Press = u32;

/// What happens to a request on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    /// The server carries it out and answers.
    Answered,
    /// The request never arrives.
    Lost,
    /// The server carries it out; the answer never arrives.
    AnswerLost,
    /// The journey learns that there was no answer; the server carries out the request after that.
    Late,
    /// The browser sends the request a second time after the server has carried it out; the journey gets the second
    /// answer.
    SentTwice,
}

/// A booking or a cancel that was sent and whose answer the journey does not have yet.
struct Sent {
    /// The journey that sent the request, and the request's id.
    from: (u32, RequestId),
    press: Option<Press>,
    write: Write,
    fate: Fate,
    answer: Option<Answer>,
}

/// A visit that was booked on the server.
pub struct Kept {
    pub id: VisitId,
    pub press: Press,
    /// `None` = a place in a line.
    pub slot: Option<Slot>,
    pub patient: PatientGuid,
    /// The account whose token booked the visit.
    pub account: PatientGuid,
    pub status: ClinicVisitStatus,
    /// Whether the patient may be told that nothing is booked: the browser sent the booking twice and the patient's
    /// list may not show the visit, so that the journey may know only the refusal of the second request.
    pub may_be_denied: bool,
}

/// What identifies a slot: the part of its id that is the same in every list, its instant, and its clinic.
type Place = (String, i64, DepartmentIdentifier);

impl Kept {
    /// Whether the visit is not cancelled. The clinic may have begun to handle it.
    pub fn is_booked(&self) -> bool {
        self.status != ClinicVisitStatus::Cancelled
    }
}

pub struct Server {
    pub visits: Vec<Kept>,
    /// Slots that other patients have booked.
    gone: Vec<Place>,
    sent: Vec<Sent>,
    late: Vec<(Option<Press>, Write)>,
    cards: BTreeSet<u32>,
    /// Whether the server refuses a second visit of a patient at the same instant. The browser sends requests twice
    /// only to a server that refuses: a server that accepts second visits cannot be protected from a repeated request.
    refuses_second: bool,
    /// Whether the patient's list may show a visit only some events after it was booked.
    lags: bool,
}

fn place_of(slot: &Slot) -> Place {
    let id = slot.id.as_ref().map_or("", SlotId::as_str).trim_end_matches('+');
    (id.to_owned(), slot.at.at, slot.place.clone())
}

/// Whether two ids belong to the same person. The id ends in `-made` if the person's record was made again.
fn same_person(a: &PatientGuid, b: &PatientGuid) -> bool {
    let [a, b] = [a, b].map(|guid| guid.as_str().trim_end_matches("-made"));
    a == b
}

impl Server {
    pub fn new(rng: &mut Rng) -> Self {
        let (refuses_second, lags) = (rng.percent(50), rng.percent(20));
        let (visits, gone, sent, late) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { visits, gone, sent, late, cards: BTreeSet::new(), refuses_second, lags }
    }

    /// Sends a booking or a cancel; `card` is the card token in it.
    pub fn send(
        &mut self,
        rng: &mut Rng,
        from: (u32, RequestId),
        press: Option<Press>,
        write: &Write,
        card: Option<u32>,
    ) {
        if let Some(card) = card {
            assert!(self.cards.insert(card), "a card token is in one request at the most");
        }
        let fate = match rng.below(20) {
            0 => Fate::Lost,
            1 | 2 => Fate::AnswerLost,
            3 | 4 => Fate::Late,
            5 | 6 if self.refuses_second => Fate::SentTwice,
            _ => Fate::Answered,
        };
        self.sent.push(Sent { from, press, write: write.clone(), fate, answer: None });
        if rng.percent(50) {
            self.arrive(rng, self.sent.len() - 1);
        }
    }

    /// The answer to a request that was sent.
    pub fn answer(&mut self, rng: &mut Rng, from: (u32, RequestId)) -> Answer {
        let place = self.sent.iter().position(|sent| sent.from == from).expect("it was sent");
        self.arrive(rng, place);
        self.sent.remove(place).answer.expect("it has arrived")
    }

    /// Whether a booking with this id was sent and is not answered.
    pub fn is_booking(&self, from: (u32, RequestId)) -> bool {
        self.sent.iter().any(|sent| sent.from == from && sent.press.is_some())
    }

    /// Lets time pass: a request that was sent may arrive at the server, and the server may carry out one that is
    /// late.
    pub fn pass(&mut self, rng: &mut Rng) {
        if rng.percent(20) && !self.sent.is_empty() {
            let place = rng.below(self.sent.len());
            self.arrive(rng, place);
        }
        if rng.percent(20) && !self.late.is_empty() {
            let (press, write) = self.late.remove(0);
            self.carry_out(rng, press, &write);
        }
        if rng.percent(3) && !self.visits.is_empty() {
            self.handle(rng);
        }
    }

    /// Lets the clinic handle one of its visits that are still to come: begin or verify it. Such a
    /// visit can no longer be cancelled.
    fn handle(&mut self, rng: &mut Rng) {
        let place = rng.below(self.visits.len());
        let kept = &mut self.visits[place];
        let is_clinics = kept.slot.as_ref().is_some_and(|slot| slot.source == Source::Department);
        if is_clinics && kept.status == ClinicVisitStatus::Requested {
            kept.status = ClinicVisitStatus::Other;
        }
    }

    /// Lets every request that is still under way arrive.
    pub fn finish(&mut self, rng: &mut Rng) {
        for place in 0..self.sent.len() {
            self.arrive(rng, place);
        }
        for (press, write) in std::mem::take(&mut self.late) {
            self.carry_out(rng, press, &write);
        }
    }

    fn arrive(&mut self, rng: &mut Rng, place: usize) {
        let Sent { press, write, fate, answer: None, .. } = &self.sent[place] else { return };
        let (press, write, fate) = (*press, write.clone(), *fate);
        let no_answer = match write {
            Write::CancelClinicVisit(..) | Write::CancelOnDemand(_) => {
                Answer::Cancelled(Err(ApiError::Network))
            }
            _ => Answer::Booking(Outcome::Unknown),
        };
        let answer = match fate {
            Fate::Answered => self.carry_out(rng, press, &write),
            Fate::Lost => no_answer,
            Fate::AnswerLost => {
                self.carry_out(rng, press, &write);
                no_answer
            }
            Fate::Late => {
                self.late.push((press, write));
                no_answer
            }
            Fate::SentTwice => {
                let first = self.carry_out(rng, press, &write);
                match first {
                    Answer::Booking(Outcome::Booked(_)) => self.refuse_again(rng, &write),
                    Answer::Cancelled(Ok(())) => self.carry_out(rng, press, &write),
                    other => other,
                }
            }
        };
        self.sent[place].answer = Some(answer);
    }

    /// Refuses the second request for a visit that was just booked. For a time, a real system may report either of two
    /// conflicts first, so the refusal is random.
    fn refuse_again(&mut self, rng: &mut Rng, write: &Write) -> Answer {
        let kept = self.visits.last_mut().expect("it was carried out");
        kept.may_be_denied = self.lags || !matches!(write, Write::BookDepartment(_));
        let refusal = match write {
            Write::Join(_) => Refusal::Rejected,
            _ => rng.pick(&[Refusal::SlotTaken, Refusal::DoubleBooked]),
        };
        Answer::Booking(Outcome::Refused(refusal))
    }

    fn carry_out(&mut self, rng: &mut Rng, press: Option<Press>, write: &Write) -> Answer {
        match write {
            Write::BookDepartment(visit) | Write::BookClinician(visit) => {
                Answer::Booking(self.book(rng, press.expect("a booking has a press"), visit))
            }
            Write::Join(visit) => {
                let refused = rng.percent(30).then(|| {
                    rng.pick(&[
                        Refusal::SignedOut,
                        Refusal::NoLinks,
                        Refusal::RegionBusy,
                        Refusal::NobodyFree,
                        Refusal::Busy,
                    ])
                });
                if let Some(refusal) = refused {
                    return Answer::Booking(Outcome::Refused(refusal));
                }
                let account = visit.actor.as_ref().map_or(&visit.patient, |actor| &actor.guid);
                let press = press.expect("a booking has a press");
                Answer::Booking(self.keep(press, None, &visit.patient, account))
            }
            Write::CancelClinicVisit(id, _) => Answer::Cancelled(self.cancel(rng, id)),
            Write::CancelOnDemand(leave) => Answer::Cancelled(self.cancel(rng, &leave.visit)),
            Write::SaveSelf(..) | Write::SaveOther(..) => unreachable!("records are answered elsewhere"),
        }
    }

    fn cancel(&mut self, rng: &mut Rng, id: &VisitId) -> Result<(), ApiError> {
        if rng.percent(20) {
            return Err(rng.pick(&[ApiError::SignedOut, ApiError::Rejected]));
        }
        let kept = self.visits.iter_mut().find(|kept| kept.id == *id);
        let Some(kept) = kept.filter(|kept| kept.status == ClinicVisitStatus::Requested) else {
            return Err(ApiError::Rejected);
        };
        kept.status = ClinicVisitStatus::Cancelled;
        Ok(())
    }

    fn book(&mut self, rng: &mut Rng, press: Press, visit: &Visit) -> Outcome {
        // Do not say "no record" for a patient who has a visit: the server knows everybody for whom it has booked.
        let is_known = self.visits.iter().any(|kept| kept.patient == visit.patient);
        let no_record = rng.pick(&[Refusal::NoLinks, Refusal::PatientNotFound]);
        if rng.percent(25) {
            return Outcome::Refused(rng.pick(&[
                Refusal::SignedOut,
                Refusal::SignedOut,
                if is_known { Refusal::SignedOut } else { no_record },
                Refusal::NotOnPanel,
                Refusal::AccountLocked,
                Refusal::UnknownConflict,
                Refusal::Busy,
            ]));
        }
        let place = place_of(&visit.slot);
        let is_held = self
            .visits
            .iter()
            .filter(|kept| kept.is_booked())
            .any(|kept| kept.slot.as_ref().is_some_and(|slot| place_of(slot) == place));
        if is_held || self.gone.contains(&place) {
            return Outcome::Refused(Refusal::SlotTaken);
        }
        if rng.percent(20) {
            self.gone.push(place);
            return Outcome::Refused(Refusal::SlotTaken);
        }
        let is_then = |kept: &Kept| {
            kept.is_booked()
                && same_person(&kept.patient, &visit.patient)
                && kept.slot.as_ref().is_some_and(|slot| slot.at.at == visit.slot.at.at)
        };
        if self.refuses_second && self.visits.iter().any(is_then) {
            return Outcome::Refused(Refusal::DoubleBooked);
        }
        let account = visit.actor.as_ref().map_or(&visit.patient, |actor| &actor.guid);
        self.keep(press, Some(visit.slot.clone()), &visit.patient, account)
    }

    fn keep(
        &mut self,
        press: Press,
        slot: Option<Slot>,
        patient: &PatientGuid,
        account: &PatientGuid,
    ) -> Outcome {
        assert!(
            !self.visits.iter().any(|kept| kept.press == press && kept.is_booked()),
            "never two open visits for one press"
        );
        let id = visit(&format!("kept-{}", self.visits.len()));
        let (patient, account) = (patient.clone(), account.clone());
        let (status, may_be_denied) = (ClinicVisitStatus::Requested, false);
        self.visits.push(Kept { id: id.clone(), press, slot, patient, account, status, may_be_denied });
        let room = Some("https://rooms.northlake.example/1".into());
        Outcome::Booked(Confirmation { visit: id, meeting: None, room })
    }

    /// The clinic visits of an account. Sometimes a row cannot be read.
    pub fn list(&self, rng: &mut Rng, owner: &str, filter: VisitFilter) -> ClinicVisitList {
        let made = format!("{owner}-made");
        let is_own = |kept: &&Kept| [owner, &made].contains(&kept.account.as_str());
        let mut list = ClinicVisitList::from(Vec::new());
        for kept in self.visits.iter().filter(is_own) {
            let Some(slot) = kept.slot.as_ref().filter(|slot| slot.source == Source::Department) else {
                continue;
            };
            let is_wanted = filter == VisitFilter::All || kept.status == ClinicVisitStatus::Requested;
            if !is_wanted || (self.lags && rng.percent(50)) {
                continue;
            }
            if rng.percent(5) {
                list.dropped += 1;
                continue;
            }
            list.visits.push(ClinicVisit {
                id: kept.id.clone(),
                patient: Some(kept.patient.clone()),
                slot: slot.id.as_ref().map(BookedSlot::of),
                place: slot.place.clone(),
                start: slot.at,
                end: Moment { at: slot.at.at + 1200, ..slot.at },
                zone: zone(PACIFIC),
                status: kept.status,
            });
        }
        list
    }
}
