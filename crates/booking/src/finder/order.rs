//! The orders that the finder passes to a later part of the wasm, which does everything but find the times of
//! clinics and clinicians that a page names: searches around a place, a brand's clinics, the other ways to be
//! seen, and lines.

use super::Machine;
use super::event::Event;
use super::purpose::Purpose;
use super::queue::LineKind;
use crate::api::Answer;
use crate::on_demand::Modality;
use crate::outcome::Refusal;

/// One thing for the later part of the wasm to do.
pub enum Order {
    /// Handle an event that the first part does not handle.
    Take(Event),
    /// Handle an answer that the first part does not handle.
    Answered(Purpose, Answer),
    /// Read the first page of the search around a place, or of each clinician's v5 timeslots.
    FirstPages {
        /// Do not use a remembered answer.
        fresh: bool,
    },
    /// Read the next page of each search that has one.
    NextPages,
    /// Read the brand's clinics.
    Brand,
    /// Read the first time of any clinician nearby.
    Glimpse,
    /// Read the practice and its waits.
    Queue {
        /// Do not use a remembered answer.
        fresh: bool,
    },
    /// Show the lines, if the practice and its waits are read.
    ShowQueue,
    /// Show the lines again after an errand.
    UncoverQueue,
    /// Join the line that was chosen before a full-page sign-in.
    Rejoin,
    /// Join a line.
    Join(Modality, LineKind),
    /// Show the lines again, with the reason why the system refused the patient a place in line.
    TurnedAway(Refusal),
    /// Show the lines again, after an on-demand visit that is over.
    BackToLine,
}

/// The type of the function that carries out an order: [`run`].
pub type Run = fn(&mut Machine<'_>, Order);

/// Carries out an order.
pub fn run(machine: &mut Machine<'_>, order: Order) {
    match order {
        Order::Take(event) => machine.take_beyond(event),
        Order::Answered(purpose, answer) => machine.answered_beyond(purpose, answer),
        Order::FirstPages { fresh } => machine.read_first_pages(fresh),
        Order::NextPages => machine.read_next_pages(),
        Order::Brand => machine.read_brand(),
        Order::Glimpse => machine.glimpse(),
        Order::Queue { fresh } => machine.read_queue(fresh),
        Order::ShowQueue => machine.show_queue(),
        Order::UncoverQueue => machine.uncover_queue(),
        Order::Rejoin => machine.rejoin(),
        Order::Join(modality, line_kind) => machine.join(modality, line_kind),
        Order::TurnedAway(refusal) => machine.turned_away(refusal),
        Order::BackToLine => machine.back_to_line(),
    }
}

impl Machine<'_> {
    /// Passes an order to the later part of the wasm, or drops it if that part is not loaded. A configuration that
    /// needs the part waits for it (see [`Self::lacks_ways`]), so a dropped order would have had no effect.
    pub(crate) fn order(&mut self, order: Order) {
        if let Some(run) = self.ctx.ways {
            run(self, order);
        }
    }

    /// Whether the configuration needs the later part and that part is not loaded yet.
    pub(super) fn lacks_ways(&self) -> bool {
        self.ctx.ways.is_none() && self.ctx.settings.needs_ways()
    }

    fn take_beyond(&mut self, event: Event) {
        match event {
            Event::Take(way) => self.take_way(way),
            Event::Seek(text) => self.seek(&text),
            Event::SeekPoint(latitude, longitude) => {
                if let Some(around) = crate::search::SearchCentre::point(latitude, longitude) {
                    self.look_around(around);
                }
            }
            Event::Refine(search) => self.refine(search),
            Event::PickClinic(clinic) => self.state.board.clinic = clinic,
            Event::PickRegion(code) => self.pick_region(code),
            Event::ForWhom(qualifier) => self.state.queue.qualifier = qualifier,
            Event::Answered(..)
            | Event::Ticked(_)
            | Event::PickType(_)
            | Event::Narrow(_)
            | Event::More
            | Event::Wake
            | Event::Retry
            | Event::Refresh
            | Event::Loaded { .. } => {}
        }
    }

    fn answered_beyond(&mut self, purpose: Purpose, answer: Answer) {
        match (purpose, answer) {
            (Purpose::Brand, Answer::Departments(answer)) => self.brand(answer),
            (Purpose::Options { npi, from }, Answer::SearchResult(answer)) => self.found(npi, from, answer),
            (Purpose::Glimpse, Answer::SearchResult(answer)) => self.glimpsed(answer),
            (Purpose::Practice, Answer::Practice(answer)) => self.practice(answer),
            (Purpose::Waits, Answer::Waits(answer)) => self.waits(answer),
            // Ignore an answer that is not of the kind that the request asks for.
            _ => {}
        }
    }
}
