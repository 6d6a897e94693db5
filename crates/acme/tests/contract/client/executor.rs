//! The flow with hands: carries out its commands with real requests and feeds the answers back, in the order asked, as
//! the widget does in a browser.

use std::collections::VecDeque;

use booking::flow::command::{Command, DepartmentKey, Notice, Read, Visit, Write};
use booking::flow::event::{Answer, Event, TokenAnswer};
use booking::flow::outcome::Outcome;
use booking::flow::state::{Ctx, Route, Settings, Stage, State, Target};
use booking::flow::step;
use booking::ids::{Npi, UrlName, VisitType, Zone};
use booking::patient::{Demographics, Details};
use booking::schedule::Time;
use booking::time::Zones;
use chrono::{DateTime, Offset, TimeZone};
use serde_json::json;

use super::driver::{Client, NoAnswer, With};
use super::people::day;
use crate::support::{MONDAY_MORNING, Town, at};

/// The zone rules a browser has.
struct Rules;

impl Zones for Rules {
    fn offset(&self, zone: &Zone, at: i64) -> Option<i32> {
        let zone: chrono_tz::Tz = zone.as_str().parse().ok()?;
        let at = DateTime::from_timestamp(at, 0)?.naive_utc();
        Some(zone.offset_from_utc_datetime(&at).fix().local_minus_utc())
    }
}

/// One patient at one widget.
pub struct Patient<'a> {
    town: &'a Town,
    username: &'static str,
    /// The host's; taken away, the host gets another when it is next asked.
    pub token: Option<String>,
    session: u32,
    settings: Settings,
    pub state: State,
    pub told: Vec<Notice>,
    /// A rival takes the time while this booking is on its way.
    pub rival: Option<serde_json::Value>,
}

fn settings(target: Target, visit_type: &str) -> Settings {
    let visit_types = vec![VisitType::new(visit_type)];
    Settings { target, visit_types, days: 5, max_days: 90, route: Route::Inline }
}

impl<'a> Patient<'a> {
    /// Looks at a clinician's profile.
    pub async fn at_profile(town: &'a Town, username: &'static str, npi: &str, visit_type: &str) -> Self {
        let npis = vec![Npi::parse(npi).expect("a real NPI")];
        let target = Target::Clinicians { npis, departments: Vec::new() };
        Self::at_widget(town, username, settings(target, visit_type)).await
    }

    /// Looks at a clinic's page.
    pub async fn at_clinic(town: &'a Town, username: &'static str, url_name: &str, visit_type: &str) -> Self {
        let target = Target::Departments(vec![UrlName::new(url_name)]);
        Self::at_widget(town, username, settings(target, visit_type)).await
    }

    async fn at_widget(town: &'a Town, username: &'static str, settings: Settings) -> Self {
        let state = State::default();
        let mut patient =
            Self { town, username, token: None, session: 0, settings, state, told: Vec::new(), rival: None };
        patient.on(Event::Start).await;
        patient
    }

    /// The times on offer, equal ones merged.
    pub fn times(&self) -> Vec<Time> {
        self.state.board.times(&self.settings, &Rules)
    }

    pub fn stage(&self) -> &'static str {
        self.state.stage.name()
    }

    /// Chooses a time, signs in, and gives what the record knows, else what is typed here.
    pub async fn fill_in(&mut self, time: &Time, typed: Demographics) -> Details {
        self.on(Event::Choose(Box::new(time.clone()))).await;
        assert_eq!(self.stage(), "patient", "{:?}", self.state.stage);
        let record = self.state.person.patient.as_ref().and_then(|patient| patient.known(&time.place().ehr));
        let demographics = record.cloned().unwrap_or(typed);
        let details = Details { demographics, reason: "Sore throat since Sunday".into() };
        self.on(Event::Give(Box::new(details.clone()))).await;
        assert_eq!(self.stage(), "review");
        details
    }

    /// One event, and all that comes of it.
    pub async fn on(&mut self, event: Event) {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            let (now, today) = (at(MONDAY_MORNING).timestamp(), day("2026-12-07"));
            let ctx = Ctx { now, today, zones: &Rules, settings: &self.settings };
            let (state, commands) = step(std::mem::take(&mut self.state), event, &ctx);
            self.state = state;
            for command in commands {
                waiting.extend(self.carry_out(command).await);
            }
        }
    }

    async fn carry_out(&mut self, command: Command) -> Option<Event> {
        match command {
            Command::Read { id, read, .. } => Some(Event::Answered(id, self.read(read).await)),
            Command::Write { id, write } => Some(Event::Answered(id, self.write(write).await)),
            // A host page with a session of its own: a new token only when there is none or the last was refused.
            Command::AskToken { id, refused } => {
                if refused || self.token.is_none() {
                    self.session += 1;
                    self.token = Some(self.town.token(self.username).await);
                }
                Some(Event::Token(id, TokenAnswer::Held(self.session)))
            }
            Command::Tell(notice) => {
                self.told.push(notice);
                None
            }
            // An answer nobody waits for is dropped by the flow itself.
            Command::Cancel(_) => None,
            Command::HandOff(..) | Command::HandOver(_) => panic!("the patient books here"),
        }
    }

    fn client(&self) -> Client<'a> {
        Client { town: self.town, token: self.token.clone() }
    }

    async fn read(&self, read: Read) -> Answer {
        let client = self.client();
        match read {
            Read::Department(DepartmentKey::UrlName(name)) => {
                let key = dexcare::DepartmentKey::ByUrlName(name);
                let call = dexcare::DepartmentInfo { key, with_providers: true };
                Answer::Department(client.ask(&call).await.map(Box::new))
            }
            Read::Department(DepartmentKey::Identifier(place)) => {
                let key = dexcare::DepartmentKey::ById(place);
                let call = dexcare::DepartmentInfo { key, with_providers: false };
                Answer::Department(client.ask(&call).await.map(Box::new))
            }
            Read::DepartmentSlots(url_name, visit_type) => {
                Answer::Slots(client.ask(&dexcare::DepartmentTimeslots { url_name, visit_type }).await)
            }
            Read::Clinician(npi) => {
                Answer::Clinician(client.ask(&dexcare::Provider { npi }).await.map(Box::new))
            }
            Read::ClinicianSlots(npi, visit_type, start, end) => {
                let call = dexcare::ProviderTimeslots { npi, visit_type, start, end };
                Answer::Slots(client.ask(&call).await)
            }
            Read::Lookahead(visit_type, ehr) => {
                Answer::Lookahead(client.ask(&dexcare::MaxLookahead { visit_type, ehr }).await)
            }
            Read::Patient => Answer::Patient(client.ask(&dexcare::CurrentPatient).await.map(Box::new)),
            Read::MailRule => Answer::MailRule(client.ask(&dexcare::ValidationConfigs).await.ok().flatten()),
        }
    }

    async fn write(&mut self, write: Write) -> Answer {
        let client = self.client();
        let (with, visit) = match write {
            Write::SaveSelf(demographics, ehr) => {
                let whose = dexcare::Whose::Self_;
                let call = dexcare::SavePatient { whose, demographics: *demographics, ehr };
                return Answer::Saved(client.ask(&call).await);
            }
            Write::BookDepartment(visit) => (With::Clinic, visit),
            Write::BookClinician(visit) => (With::Clinician, visit),
        };
        if let Some(what) = self.rival.take() {
            assert_ne!(self.town.tell("/slots/take", what).await, json!({"taken": 0}));
        }
        let Visit { slot, patient, address, phone, email, reason } = *visit;
        let visit = dexcare::Visit { slot, patient, address, phone, email, reason };
        match client.book(with, &visit).await {
            Ok(outcome) => Answer::Booking(outcome),
            Err(NoAnswer) => Answer::Booking(Outcome::Unknown),
        }
    }

    /// The id of the visit on the confirmation.
    pub fn visit_id(&self) -> &str {
        let Stage::Booked(_, confirmation) = &self.state.stage else { panic!("{:?}", self.state.stage) };
        confirmation.visit.as_str()
    }
}
